"""The work of the platform, one folder a stage. Only a file named assets.py in a stage imports Dagster."""
