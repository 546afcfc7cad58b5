"""The LTI tool: will launch built modules from Canvas and Moodle, keep progress and return grades.

Nothing is here yet. The tool will hold a Flask application factory, the launch, the player and the report,
and will play what the compiler built; it never builds (see the import contracts in pyproject.toml).
"""
