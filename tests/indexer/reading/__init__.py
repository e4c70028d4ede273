"""Tests of reading official files."""
