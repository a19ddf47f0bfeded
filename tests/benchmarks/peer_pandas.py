"""Counts people and a month-by-activity table with pandas, run by the peers' own Python."""

import sys

import pandas as pd

rows = pd.read_csv(sys.argv[1])
rows = rows[(rows["date"] >= sys.argv[2]) & (rows["date"] <= sys.argv[3])]
people = rows["person"].nunique()
table = rows.pivot_table(index="month", columns="activity", values="person", aggfunc="count")
sys.stdout.write(f"{people}\n{table.to_string()}\n")
