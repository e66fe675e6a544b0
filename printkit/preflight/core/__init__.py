"""The frame of the checks: the file under test, the registry of rules, limits, findings."""
