"""Workers on other machines, by Dask: they give the same bytes or none."""
