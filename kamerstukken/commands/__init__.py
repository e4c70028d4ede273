"""The commands, one a module: ``command`` in each is what the command line calls."""
