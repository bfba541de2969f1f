"""Chat entry points: a handler parses, calls one use case, shows one view."""
