"""Why two fitting quantities still cannot be one measure."""
