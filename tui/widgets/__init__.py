"""Widgets that paint lines of pieces; none of them knows the database."""
