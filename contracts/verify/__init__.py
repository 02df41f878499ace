"""A journal's evidence, checked from files alone: no database, no network, no service.

``python -m contracts.verify FILE…`` reads what ``kiemtra journal export`` wrote, and
files of seals that somebody kept. What is checked, and what cannot be, is said in
docs/decisions/0018.
"""
