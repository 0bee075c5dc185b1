"""Alembic's folder: one file a step under `versions/`. `repository` brings a ledger up to date when it is opened."""
