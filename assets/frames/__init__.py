"""What the stages that write frames to the lake have in common in Dagster."""
