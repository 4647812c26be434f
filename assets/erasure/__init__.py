"""Erasure: what a purge or a letter asks for, taken out of every place where it is kept."""
