"""The built-in messenger: a chat page in the browser."""
