"""nbgrader's formgrader, in whose lists each total is what it is everywhere else."""
