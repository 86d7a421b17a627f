"""A page with nothing but the comparison with all others; for tests only."""

from circulation.counting import comparison
from circulation.records import selection
from ui import comparison_panels, session

found = comparison.against_others(session.counts(selection.Selection()), session.role())
comparison_panels.show(found, session.knowledge())
