"""Routes between stops."""


def shortest(stops):
    """The stops in the order in which a van should visit them: nearest first."""
    return sorted(stops)
