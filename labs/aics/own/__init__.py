"""Questions about one's own code: made by rule from a cell and a public case, and answered by running it."""
