"""From one lab source to everything built from it: notebooks, reference data, the zip that students get."""
