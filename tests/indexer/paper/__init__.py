"""Tests of the values of a paper."""
