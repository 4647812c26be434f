"""Expectations: what a collection in the warehouse, taken as a whole, is expected to look like. Pure; no Dagster."""
