"""Study sessions: planning them, coming or not, and the roll."""
