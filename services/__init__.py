"""Use cases: a class per area, a public method per use case, each one transaction."""
