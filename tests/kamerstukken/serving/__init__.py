"""Tests of the server: what waits, what is refused, what is dropped; counted, with a clock of their own."""
