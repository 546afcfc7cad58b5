"""All SQL of the tool: tables, the engine, and one function a question. Rows become dataclasses here."""
