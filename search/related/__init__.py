"""What else the words of a query stand for in a collection: compounds, other names for the same."""
