"""Kernels of the dashboards: each dashboard is run once, then copied (forked) for each visitor."""
