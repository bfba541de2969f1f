"""Every word, button and picture a person sees."""
