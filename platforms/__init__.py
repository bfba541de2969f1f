"""Messengers: how updates come in and how Bot API calls go out."""
