"""Contested's engine: articles in, recurring claims out, each with who asserts and who disputes it."""

__version__ = "0.1.0"
