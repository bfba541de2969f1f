"""Of several processes one leads: it alone asks a messenger for updates and keeps to the messenger's rate."""

from datetime import timedelta

LASTS = timedelta(seconds=15)
"""Whoever is not heard of for so long does not lead any more."""

RENEWED_EVERY = timedelta(seconds=5)

MARGIN = timedelta(seconds=1)
"""So much earlier the one who leads stops by itself, if it could not renew: two must not lead at once."""
