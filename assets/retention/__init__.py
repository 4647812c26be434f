"""Retention: landing and lake are kept for a period, and then removed; what was learnt from them stays."""
