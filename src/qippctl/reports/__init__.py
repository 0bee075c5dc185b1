"""Answers laid out for people and for scripts. One table model, rendered as terminal table, Markdown, CSV or JSON.

Imports `models`, `money` and what is below them; prints nothing.
"""
