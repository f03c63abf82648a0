"""Predictions for a whole file, which can be interrupted and taken up again."""
