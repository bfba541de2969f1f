"""The composition root: command line, settings, wiring and lifecycle. The only package that may import every other."""
