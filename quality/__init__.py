"""Judgement, and nothing else: schemas, rules and expectations. No Dagster, no database, no clock."""
