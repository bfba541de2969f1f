"""Study sessions as people see them: planned, attended, told, and the roll."""
