"""A run into one folder: plan, execute, journal, manifest, lists, proofs, report.

Modules are imported one by one: workers begin to load before anything else does, and a run with nothing to do
needs none.
"""
