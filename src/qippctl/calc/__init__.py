"""What follows from figures: identities, variances, RAG. Pure functions on models: no files, no clock, no database."""
