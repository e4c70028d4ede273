"""Papers found by meaning, with an encoder that knows a few words."""
