"""Telegram, and every server that speaks its Bot API."""
