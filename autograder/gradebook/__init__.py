"""All that knows nbgrader: its gradebook, its preprocessors, its pages."""
