"""Who may see and do what: the whole truth table, written out."""

import pytest

from circulation import access, errors
from circulation.access import Act, Page, Role

#                     clinician manager data_steward
TABLE = {
    Act.SEE_RECORDS: (True, False, False),
    Act.REVIEW_RECORDS: (True, False, False),
    Act.EXPORT_RECORDS: (True, False, False),
    Act.SEE_EXACT_COUNTS: (True, False, False),
    Act.SEE_DISTRIBUTION: (True, True, True),
    Act.SEE_TRENDS: (True, True, True),
    Act.SEE_POOLED_FIGURES: (False, True, False),
    Act.EXPORT_COUNTS: (True, True, True),
    Act.SEE_DATA_QUALITY: (True, True, True),
    Act.LOAD_DATA: (False, False, True),
    Act.REMOVE_DATA: (False, False, True),
    Act.SEE_REFERENCE: (True, True, True),
}
SHARED = (Page.DISTRIBUTION, Page.TRENDS, Page.DATA, Page.REFERENCE)
PAGES = {
    Role.CLINICIAN: (
        Page.DISTRIBUTION,
        Page.SYMPTOMS,
        Page.REVIEW,
        Page.SECOND_LOOK,
        Page.TRENDS,
        Page.DATA,
        Page.REFERENCE,
    ),
    Role.MANAGER: (
        Page.DISTRIBUTION,
        Page.TRENDS,
        Page.OUTCOMES,
        Page.DATA,
        Page.REFERENCE,
    ),
    Role.DATA_STEWARD: SHARED,
}


def test_the_table_names_every_act_and_every_role() -> None:
    assert set(TABLE) == set(Act)
    assert tuple(Role) == (Role.CLINICIAN, Role.MANAGER, Role.DATA_STEWARD)
    assert set(access.ALLOWED) == set(Role)
    assert set(access.PAGE_NEEDS) == set(Page)


@pytest.mark.parametrize("act", list(Act))
def test_each_role_may_do_what_the_table_says_and_nothing_else(act: Act) -> None:
    assert tuple(access.allowed(role, act) for role in Role) == TABLE[act]


@pytest.mark.parametrize(("role", "act"), [(role, act) for act in Act for role in Role])
def test_the_check_refuses_exactly_what_is_not_allowed(role: Role, act: Act) -> None:
    if access.allowed(role, act):
        access.check(role, act)
    else:
        with pytest.raises(errors.DashboardError, match="may not"):
            access.check(role, act)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_has_its_pages_in_the_order_of_the_navigation(role: Role) -> None:
    assert access.pages(role) == PAGES[role]


@pytest.mark.parametrize(("role", "page"), [(role, page) for page in Page for role in Role])
def test_a_page_that_a_role_does_not_have_refuses_it(role: Role, page: Page) -> None:
    if page in PAGES[role]:
        access.check_page(role, page)
    else:
        with pytest.raises(errors.DashboardError):
            access.check_page(role, page)


def test_a_refusal_says_who_may_not_what_and_the_way_out() -> None:
    with pytest.raises(errors.DashboardError) as refused:
        access.check(Role.MANAGER, Act.SEE_RECORDS)
    assert str(refused.value) == (
        "access: the role manager may not see records. "
        "Choose a role that may, or ask a colleague who has it."
    )


def test_the_table_cannot_be_changed_while_running() -> None:
    with pytest.raises(TypeError):
        access.ALLOWED[Role.MANAGER] = frozenset(Act)  # type: ignore[index]  # what is tested
