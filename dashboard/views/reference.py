"""Everything the suggestions rest on, with its sources, doubts and review."""

from circulation import access
from ui import reference_contents, reference_panels, session, shared_data

access.check_page(session.role(), access.Page.REFERENCE)
known = shared_data.knowledge()

wanted = reference_panels.head(known)
opened = reference_panels.opened()
if opened:
    reference_panels.entry(known, opened)
elif wanted:
    reference_panels.results(known, wanted)
else:
    reference_contents.section(known)
