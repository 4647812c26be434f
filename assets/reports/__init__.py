"""Disclosure control and the evaluator's report."""
