"""What Dagster loads. Reads settings from the environment, and nothing else happens here."""

from orchestration.build import build_definitions
from orchestration.settings import load_settings

defs = build_definitions(load_settings())
