"""Measurements of what the platform costs, each beside the least that the same work could cost."""
