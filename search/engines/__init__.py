"""The engines behind the port.

``memory`` (on ``plain``) says in plain Python what every engine must find. The others look terms up as arrays (``postings``) and
share what is done with them: ``matching``, ``proximity`` and ``kinds`` (a plan → papers, scores, by what they were found),
``answering`` (a request → counts, order, page) and ``suggesting``. ``occurrences`` says what the terms of a paper are.
"""
