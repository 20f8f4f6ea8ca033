"""Pictures of lab 7: each function draws one idea and returns a figure with alt text."""
