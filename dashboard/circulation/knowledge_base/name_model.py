"""The words by which a note is looked through for names of persons."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NameWords:
    """Of data/knowledge/names.toml, whose comments say what each list is for."""

    titles: tuple[str, ...]
    roles: tuple[str, ...]
    cues: tuple[str, ...]
    particles: tuple[str, ...]
    endings: tuple[str, ...]
    eponyms: tuple[str, ...]
    eponym_words: tuple[str, ...]
    verbs: tuple[str, ...]
    not_names: tuple[str, ...]
    sources: tuple[str, ...]
    doubt: str = ""

    @property
    def label(self) -> str:
        """The words it is known by."""
        return "Names in notes"
