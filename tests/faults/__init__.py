"""Faults on purpose: calls of the system that fail, a power cut, processes that are killed, bytes that flip."""
