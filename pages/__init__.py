"""HTTP entry points for pages outside the conversation."""
