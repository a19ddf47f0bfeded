"""Parts of reports: comparisons, outcomes, quotes, thanks."""
