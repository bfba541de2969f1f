"""Assessment deadlines as people see them."""
