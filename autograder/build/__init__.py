"""From one lab source to everything built from it: notebooks and reference data."""
