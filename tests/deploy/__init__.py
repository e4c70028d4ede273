"""Tests of what is needed to run a cluster."""
