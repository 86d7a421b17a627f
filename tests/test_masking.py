"""What makes a negative untrustworthy: a masked "no" never counts against a cause."""

import pytest

import facts
import makers

KNOWN = makers.knowledge()
MASKED = [
    ("MASK-PAD-1", "insensate_foot"),
    ("MASK-PAD-1", "monofilament_sites_insensate_left=5"),
    ("MASK-PAD-2", "known_diabetes"),
    ("MASK-PAD-2", "known_kidney_disease"),
    ("MASK-PAD-3", "ankle_over_255"),
    ("MASK-PAD-3", "ankle_brachial_index_left=1.41"),
    ("MASK-PAD-4", "spine_or_joint_disease"),
    ("MASK-PAD-5", "confirmed_diabetes"),
    ("MASK-CLOT-1", "anticoagulant"),
    ("MASK-CLOT-2", "active_cancer"),
    ("MASK-CLOT-3", "tender_vein_cord"),
    ("MASK-CLOT-4", "pregnant_or_post_partum"),
    ("MASK-CLOT-5", "test_compression_ultrasound_result=normal"),
    ("MASK-CLOT-6", "paralysis_or_plaster"),
    ("MASK-VEIN-1", "compression_use=full"),
    ("MASK-VEIN-2", "bmi=31"),
    ("MASK-VEIN-3", "past_vein_treatment"),
    ("MASK-DM-1", "red_cell_disorder"),
    ("MASK-DM-1", "pregnant_or_post_partum"),
    ("MASK-DM-2", "known_diabetes"),
    ("MASK-DM-3", "vibration_lost"),
    ("MASK-OB-1", "foot_amputation"),
    ("MASK-RAY-1", "colour_change_cold"),
    ("MASK-RAY-2", "calcium_channel_blocker"),
    ("MASK-HRT-1", "foot_amputation"),
    ("MASK-HRT-2", "known_diabetes"),
    ("MASK-OTH-1", "reduced_sensation"),
]


def test_every_masking_fact_is_in_the_table() -> None:
    shipped = {mask.id for cause in KNOWN.causes for mask in cause.masking}
    assert shipped == {name for name, _ in MASKED}


@pytest.mark.parametrize(("mask", "fact"), MASKED)
def test_a_masked_no_does_not_speak_against_the_cause(mask: str, fact: str) -> None:
    one = facts.explained(f"all no, {fact}")
    view = next(v for v in one.causes if mask in {m.id for m in v.cause.masking})
    assert mask in {grounds.id for grounds in view.masking}
    masked = {name for m in view.cause.masking if m.id == mask for name in m.masks}
    for grounds in view.against:
        names = {item.name.removesuffix("_left").removesuffix("_right") for item in grounds.inputs}
        assert not names & masked, grounds.says
