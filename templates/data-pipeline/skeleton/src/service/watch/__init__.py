"""Tells what became of each run: logs, traces, metrics, lineage."""
