"""Other machines' cores: the same work on a Dask cluster, whose workers keep the very rules that are kept here."""
