"""Tests of what the engines are made of."""
