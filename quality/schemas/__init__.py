"""The canonical tables, and the guards that every frame passes between stages."""
