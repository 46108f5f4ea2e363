"""A kind's ties as an Arrow table: python3 arrow.py STORE, with pyarrow and the package jiceng to be found."""

import sys
import time

import jiceng
import pyarrow

snapshot = jiceng.open(sys.argv[1], read_only=True).snapshot()
least = float("inf")
for _ in range(5):
    begun = time.process_time()
    table = pyarrow.table(snapshot.ties("affiliation"))
    least = min(least, time.process_time() - begun)
print(f"python, ties to Arrow: {table.num_rows} rows, {least * 1e3:.1f} ms, {least / table.num_rows * 1e9:.1f} ns a tie")
