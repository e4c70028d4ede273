"""OpenSearch, tested over a real cluster of three nodes that the tests start and stop."""
