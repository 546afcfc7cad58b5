"""A refusal: which requirement was broken, and how."""


class RefusedError(Exception):
    """What was sent breaks a requirement, or xAPI itself (requirement "xAPI"). status: of the HTTP answer."""

    def __init__(self, requirement: str, why: str, *, status: int = 400) -> None:
        super().__init__(f"{requirement}: {why}")
        self.requirement = requirement
        self.why = why
        self.status = status
