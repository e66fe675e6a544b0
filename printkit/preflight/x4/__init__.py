"""Rules of PDF/X-4, each with the clause of ISO 15930-7 that it restates."""
