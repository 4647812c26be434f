"""Wiring: which work runs when, with which stores. No business meaning lives here."""
