"""The API to which local authorities and suppliers send. Uses assets.submissions; imports no Dagster."""
