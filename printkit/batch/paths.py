"""Where a run puts its files below the folder that it fills."""

STATE = ".printkit"
LOCK = "lock"
JOURNAL = f"{STATE}/journal.jsonl"
# Names the campaign whose pieces lie here
CAMPAIGN = f"{STATE}/campaign"
MANIFEST = "manifest.json"
# What tells of a whole run, by names that others use too
WORKBOOKS = ("order.xlsx", "distribution.xlsx")
LISTS = (MANIFEST, "order.csv", "distribution.csv", *WORKBOOKS, "report.html", "report.json")
# Folders of files, beside lists and reports
PLACES = ("press", "held", "proofs", "merged")
