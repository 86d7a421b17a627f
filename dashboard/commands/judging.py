"""Commands about what the rules make of a record, of answers, and of another knowledge."""

import argparse

from circulation import errors
from circulation.judgement import explanation, rehearsal, scores, standing
from circulation.records import batches
from circulation.reviewing import reviews, store_place
from circulation.scoring import score_words
from commands import base, plain


def assess(chosen: argparse.Namespace) -> int:
    """Prints what the rules make of one record as it stands."""
    known = base.knowledge()
    store_place.check_there(chosen.store, chosen.database)
    table = batches.load(chosen.store, known)
    row = table.row_of(chosen.record)
    if row is None:
        raise errors.DashboardError("record", "is not in the store", "Check its id")
    review = reviews.RecordReview(chosen.record)
    if store_place.has_reviews(chosen.store, chosen.database):
        with store_place.opened(chosen.store, chosen.database) as store:
            review = store.current(chosen.record)
    found = explanation.explain_record(standing.of(table, row, known, review), known)
    if chosen.json:
        print(plain.to_json(found))
        return base.DONE
    print(f"Record {found.record_id}: {known.urgency(found.urgency).label}")
    for flag in found.raised:
        print(f"  {flag.flag.label}: {flag.flag.action}")
    for view in found.causes:
        now, before = (known.level(one).label for one in (view.level, view.by_intake))
        print(f"  {view.cause.label}: {now}" + (f" (at intake: {before})" if now != before else ""))
    for test in found.tests:
        if test.called_for:
            print(f"  Test called for: {test.test.label}")
    return base.DONE


def score(chosen: argparse.Namespace) -> int:
    """Prints one score of entered answers with its basis."""
    known = base.knowledge()
    if chosen.name not in known.score:
        listed = ", ".join(known.score)
        raise errors.DashboardError("score", "is not in the knowledge", f"There are {listed}")
    pairs = [text.partition("=") for text in chosen.values]
    if not all(sign for _, sign, _ in pairs):
        raise errors.DashboardError("score", "takes answers as input=answer", "As cancer=no")
    values = {name: answer for name, _, answer in pairs}
    if len(values) < len(pairs):
        raise errors.DashboardError("score", "was given an input twice", "Give one answer for each")
    result = scores.from_values(known.score[chosen.name], values, leg=chosen.leg)
    if chosen.json:
        print(plain.to_json(score_words.told(result, known)))
        return base.DONE
    print(score_words.headline(result, known))
    print(f"  {score_words.basis(result, known)}")
    more = (score_words.unchecked(result), *(note.says for note in result.notes), *result.doubts)
    for text in filter(None, more):
        print(f"  {text}")
    print(f"  Source: {'; '.join(score_words.sources(result, known))}")
    return base.DONE


def rehearse(chosen: argparse.Namespace) -> int:
    """Prints what another knowledge would change in the stored records."""
    store_place.check_there(chosen.store, chosen.database)
    found = rehearsal.of_store(chosen.store, base.knowledge(), chosen.folder)
    print(plain.to_json(found) if chosen.json else "\n".join(rehearsal.lines(found)))
    return base.DONE
