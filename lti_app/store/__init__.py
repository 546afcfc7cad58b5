"""All SQL of the tool: the tables, the engine, and one function per query, which returns dataclasses.

Statements on the path of every launch and every batch of events are module constants with bind parameters (or cached
per dialect), since building and compiling a SQLAlchemy statement takes longer than running it.
"""
