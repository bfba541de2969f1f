"""Joining: a code leads to a unit or a person, whoever may vouch for them confirms, and a mistake can be undone."""
