"""Tests of the harvest, against a stand-in for the official source."""
