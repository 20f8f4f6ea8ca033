"""What notebooks are written with: methods by cell, unfinished cells, exports, runs that can be stopped."""
