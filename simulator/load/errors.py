"""What a person at the command line asked that cannot be."""


class Unusable(ValueError):  # noqa: N818 - the message is for that person
    """A choice, a budget or a file that cannot be used; the message says which and why."""
