"""Tests of reading official papers."""
