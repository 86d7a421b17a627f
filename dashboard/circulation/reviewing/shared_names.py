"""The names that many people share because nobody has signed in: they tell no two apart."""

from circulation import access

_MARK = "(no sign-in)"


def of(role: access.Role) -> str:
    """The name that all who have picked a role act by."""
    return f"{role.value} {_MARK}"


def shared(name: str) -> bool:
    """Whether a name of the ledger stands for whoever picked a role; blank names nobody either."""
    return not name or name.endswith(_MARK)
