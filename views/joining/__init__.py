"""Joining: what a newcomer reads, what whoever confirms reads, and the invitations that are handed out."""
