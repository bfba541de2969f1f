"""Time as an entry point: ticks find what is due and record it, the sender drains what was recorded."""
