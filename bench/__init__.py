"""Ratios against raw drivers, each pair measured in turn in the same run."""
