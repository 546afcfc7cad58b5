"""How many examples Hypothesis tries: all of them with --heavy, fewer every day."""

from hypothesis import HealthCheck, settings


def examples(heavy: int) -> settings:
    """Return settings for a property. heavy: the number of examples with --heavy; every day it is a quarter of them.

    The speed of the machine fails no test: there is no deadline for an example.
    """
    number = max(heavy * settings.default.max_examples // 100, 3)  # the profile is loaded by tests/conftest.py
    return settings(max_examples=number, deadline=None, suppress_health_check=list(HealthCheck))
