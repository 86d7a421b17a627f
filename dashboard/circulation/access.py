"""Who may see and do what: one truth table, asked by every page and by every act itself."""

import enum
import types
from collections.abc import Mapping

from circulation import errors


class Role(enum.StrEnum):
    """Who reads: each sees what the table below allows."""

    CLINICIAN = "clinician"
    MANAGER = "manager"
    DATA_STEWARD = "data_steward"


class Act(enum.StrEnum):
    """What can be seen or done."""

    SEE_RECORDS = "see_records"
    REVIEW_RECORDS = "review_records"
    EXPORT_RECORDS = "export_records"
    SEE_EXACT_COUNTS = "see_exact_counts"
    SEE_DISTRIBUTION = "see_distribution"
    SEE_TRENDS = "see_trends"
    SEE_POOLED_FIGURES = "see_pooled_figures"
    EXPORT_COUNTS = "export_counts"
    SEE_DATA_QUALITY = "see_data_quality"
    LOAD_DATA = "load_data"
    REMOVE_DATA = "remove_data"
    SEE_REFERENCE = "see_reference"


class Page(enum.StrEnum):
    """The pages, in the order of the navigation."""

    DISTRIBUTION = "distribution"
    SYMPTOMS = "symptoms"
    REVIEW = "review"
    SECOND_LOOK = "second_look"
    TRENDS = "trends"
    OUTCOMES = "outcomes"
    DATA = "data"
    REFERENCE = "reference"


_EVERYONE = frozenset(
    {
        Act.SEE_DISTRIBUTION,
        Act.SEE_TRENDS,
        Act.EXPORT_COUNTS,
        Act.SEE_DATA_QUALITY,
        Act.SEE_REFERENCE,
    }
)

# The truth table. What is not named here is refused.
ALLOWED: Mapping[Role, frozenset[Act]] = types.MappingProxyType(
    {
        Role.CLINICIAN: _EVERYONE
        | {Act.SEE_RECORDS, Act.REVIEW_RECORDS, Act.EXPORT_RECORDS, Act.SEE_EXACT_COUNTS},
        Role.MANAGER: _EVERYONE | {Act.SEE_POOLED_FIGURES},
        Role.DATA_STEWARD: _EVERYONE | {Act.LOAD_DATA, Act.REMOVE_DATA},
    }
)

# A page is open to those who may do what it is for.
PAGE_NEEDS: Mapping[Page, Act] = types.MappingProxyType(
    {
        Page.DISTRIBUTION: Act.SEE_DISTRIBUTION,
        Page.SYMPTOMS: Act.SEE_EXACT_COUNTS,
        Page.REVIEW: Act.SEE_RECORDS,
        Page.SECOND_LOOK: Act.REVIEW_RECORDS,
        Page.TRENDS: Act.SEE_TRENDS,
        Page.OUTCOMES: Act.SEE_POOLED_FIGURES,
        Page.DATA: Act.SEE_DATA_QUALITY,
        Page.REFERENCE: Act.SEE_REFERENCE,
    }
)


def allowed(role: Role, act: Act) -> bool:
    """Whether a role may see or do it."""
    return act in ALLOWED[role]


def check(role: Role, act: Act) -> None:
    """Raises DashboardError when the role may not do this."""
    if not allowed(role, act):
        raise errors.DashboardError(
            "access",
            f"the role {_words(role)} may not {_words(act)}",
            "Choose a role that may, or ask a colleague who has it.",
        )


def pages(role: Role) -> tuple[Page, ...]:
    """The pages this role has, in the order of the navigation."""
    return tuple(page for page in Page if allowed(role, PAGE_NEEDS[page]))


def check_page(role: Role, page: Page) -> None:
    """Raises DashboardError when the role does not have this page."""
    check(role, PAGE_NEEDS[page])


def _words(code: str) -> str:
    return code.replace("_", " ")
