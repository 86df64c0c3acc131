"""The words of the trade, as frozen dataclasses that pass between the steps.

Nothing here reads, computes or stores. Offsets are code points into the text of the
document they belong to, half-open, so that ``text[start:end]`` is the passage. Languages
are ISO 639-1 codes (``und`` when unknown), times are ISO 8601 strings of whatever
precision the source gave (``2026-03``, ``2026-03-02``, ``2026-03-02T14:05:00+00:00``).
Probabilities lie in [0, 1]; weights are log-odds in nats, positive when they speak for
the claim they stand under.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

QuoteType = Literal["direct", "indirect", "mixed"]
SpeakerKind = Literal["person", "group", "outlet", "document", "anonymous"]
RelayKind = Literal["outlet", "person", "document", "anonymous"]
OriginKind = Literal["original", "relay", "translation", "translated relay", "unknown"]
NodeKind = Literal["stored", "named", "inferred"]
Severity = Literal["minor", "notable", "serious"]
VerdictKind = Literal[
    "verbatim",
    "translated",
    "paraphrased",
    "truncated",
    "altered",
    "misattributed",
    "unsupported",
    "circular",
    "single anonymous source",
]
DriftKind = Literal[
    "number",
    "negation",
    "hedge",
    "quantifier",
    "condition",
    "name",
    "tense",
    "truncation",
    "quotation",
    "lost",
    "added",
    "replaced",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text, in code points, half-open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a claim: what was seen, where, how much it weighs, in plain words.

    `weight` is in log-odds (nats) for the claim the evidence stands under. `start` and
    `end` locate `text` in the document when it has a place there.
    """

    kind: str
    says: str
    weight: float = 0.0
    text: str = ""
    start: int | None = None
    end: int | None = None


# ---------------------------------------------------------------- read


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The bytes a document was read from: what a third party can check.

    `sha256` is over `content` as received. `source` is a path or URL as the user gave it.
    """

    sha256: str
    content: bytes
    media_type: str
    source: str
    retrieved: str


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink kept from the page: its anchor text's place in the document's text."""

    url: str
    start: int
    end: int


_HEADING = 60  # characters of a text that stand for the title it lacks


@dataclass(frozen=True, slots=True)
class Document:
    """An article as read: immutable, its text the ground of every offset.

    `id` is the caller's (JSON lines, front matter) or the first 16 hex digits of the
    snapshot's SHA-256. `language` is empty until detected or given.
    """

    id: str
    text: str
    language: str = ""
    title: str = ""
    outlet: str = ""
    url: str = ""
    published: str = ""
    author: str = ""
    links: tuple[Link, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    snapshot: Snapshot | None = None

    @property
    def heading(self) -> str:
        """Its title, else how its text begins, by which a reader knows it."""
        begins = self.text[: 2 * _HEADING].strip().partition("\n")[0]
        shown = begins if len(begins) <= _HEADING else f"{begins[:_HEADING].rstrip()} …"
        return self.title or shown or self.id


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A source, or one line of it, that could not be read: why, in one line.

    `line` is the 1-based line of a JSON lines input, when it has one.
    """

    source: str
    reason: str
    line: int | None = None


# ---------------------------------------------------------------- detect


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """The language of a passage: best code, its probability, the runners-up, the script.

    `script` is an ISO 15924 code (``Latn``, ``Cyrl``, ``Hans``), ``Zyyy`` when there are no
    letters. `language` is ``und`` when nothing is sure enough.
    """

    language: str
    confidence: float
    ranking: tuple[tuple[str, float], ...]
    script: str


# ---------------------------------------------------------------- quote, attribute


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is said to have said it: the mention at its offsets and the name it stands for.

    `text` is verbatim at ``start:end``; `name` is the fullest form the article gives
    (pronouns and short forms resolved), in the article's own script. `canonical` is the
    usual English name of a public figure the gazetteer is sure of, else empty: «Кир Стармер»
    and "Kir Starmer" are both Keir Starmer.
    """

    start: int
    end: int
    text: str
    name: str
    kind: SpeakerKind
    canonical: str = ""

    @property
    def known_as(self) -> str:
        """The canonical name where there is one, else the article's."""
        return self.canonical or self.name


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that signal a quote (``said``, ``по словам``), verbatim at their offsets."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Relay:
    """One step of attribution outward from the speaker: the outlet or person in between.

    `name` is canonical where the gazetteer knows it; `as_written` is verbatim at
    ``start:end`` (both None for a relay known from the document's own metadata).
    `relation` says how the text put it: ``told``, ``interview``, ``reported``, ``citing``,
    ``quoted by``, ``dateline``, ``sign-off``, ``forwarded``, ``link``.
    """

    name: str
    kind: RelayKind
    as_written: str
    relation: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words in a document, verbatim: ``document.text[start:end] == text``.

    For direct quotes the span lies inside the quotation marks. A quote in several parts
    ("…," he said, "…") has them in `spans`, and ``start, end`` are the hull. `chain` runs
    from the speaker outward to the last relay before this document.
    """

    start: int
    end: int
    text: str
    type: QuoteType
    speaker: Speaker | None = None
    cue: Cue | None = None
    chain: tuple[Relay, ...] = ()
    confidence: float = 0.0
    spans: tuple[Span, ...] = ()
    language: str = ""
    evidence: tuple[Evidence, ...] = ()


def spoken(text: str, start: int, spans: Sequence[Span]) -> str:
    """The words of a quote whose hull is `text` at `start`, an ellipsis between its parts.

    What a quote in several parts has between them ("…," he said, "…") nobody said.
    """
    if len(spans) < 2:
        return text
    return " … ".join(text[span.start - start : span.end - start] for span in spans)


_AROUND = 250  # characters; of a few sentences, one says who speaks


def around(text: str, start: int, end: int) -> str:
    """What stands before and after a quote in the `text` of its document, some sentences."""
    return f"{text[max(0, start - _AROUND) : start]} … {text[end : end + _AROUND]}"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document's text comes from, and why we think so.

    `probability` belongs to `kind`. `source_language` is the language it was probably
    first written in, ``und`` when unknown; `via` the relay outlets, nearest first.
    """

    kind: OriginKind
    source_language: str
    via: tuple[str, ...]
    probability: float
    evidence: tuple[Evidence, ...]


# ---------------------------------------------------------------- translate


@dataclass(frozen=True, slots=True)
class Translation:
    """A machine's rendering of a passage, and how far to trust it.

    `translator` names the engine (``argos``, ``libretranslate``, ``gloss``), `package` its
    version, `parameters` how it decoded. `flags` are the distrust signals that fired.
    A gloss is word by word, for finding, never for quoting.
    """

    source_text: str
    text: str
    source: str
    target: str
    translator: str
    package: str
    confidence: float
    flags: tuple[str, ...] = ()
    parameters: str = ""


# ---------------------------------------------------------------- match


@dataclass(frozen=True, slots=True)
class Rendering:
    """One appearance of a statement: all that matching and tracing look at.

    `text` holds the words alone (`spoken`), `start` and `end` the place in the document.
    `quote` and `document` are database keys (0 for a query that is not stored). `english`
    is a stored translation (empty when the text is English or none is installed).
    `country` and `outlet_language` describe the outlet when the gazetteer knows it. `around`
    holds what stands about it in its document, where somebody asked for that. `denied_by` is the
    verb that introduces it where that denies it: *denied*, *ruled out*.
    """

    quote: int
    document: int
    text: str
    language: str
    start: int = 0
    end: int = 0
    type: QuoteType = "direct"
    english: str = ""
    speaker: str = ""
    speaker_kind: SpeakerKind | None = None
    outlet: str = ""
    country: str = ""
    outlet_language: str = ""
    published: str = ""
    url: str = ""
    title: str = ""
    chain: tuple[Relay, ...] = ()
    links: tuple[str, ...] = ()
    origin: OriginKind = "unknown"
    source_language: str = "und"
    fingerprints: tuple[Evidence, ...] = ()
    around: str = ""
    denied_by: str = ""


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two stretches judged to say the same: `from_span` in the later text, `to_span` in
    the earlier, with the similarity of the pair in [0, 1]."""

    from_span: Span
    to_span: Span
    similarity: float


@dataclass(frozen=True, slots=True)
class Drift:
    """What changed between two renderings, in one plain sentence.

    `from_text` is the later rendering's wording, `to_text` that of the one it came from;
    empty on the side that has nothing. `certain` is False where the change may be the
    translation's fault.
    """

    kind: DriftKind
    severity: Severity
    from_text: str
    to_text: str
    says: str
    from_span: Span | None = None
    to_span: Span | None = None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """How sure we are that two renderings render one statement, and on what grounds.

    `score` in [0, 1] is raw similarity; `probability` the calibrated chance that both
    render the same statement. `from_span` and `to_span` are the parts that correspond.
    """

    from_quote: int
    to_quote: int
    score: float
    probability: float
    features: Mapping[str, float]
    alignment: tuple[Aligned, ...] = ()
    drift: tuple[Drift, ...] = ()
    from_span: Span | None = None
    to_span: Span | None = None


# ---------------------------------------------------------------- chain


@dataclass(frozen=True, slots=True)
class Node:
    """A station of a chain: a stored rendering, an outlet only named, or one inferred.

    `id` is stable within a statement: ``q12`` for a stored quote, ``named:tass``,
    ``inferred:ru``.
    """

    id: str
    kind: NodeKind
    quote: int | None = None
    document: int | None = None
    outlet: str = ""
    speaker: str = ""
    language: str = ""
    published: str = ""
    url: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Hop:
    """One directed step from a later rendering to where it came from.

    `basis` is what the hop rests on: ``attribution``, ``match``, ``link``, ``review`` or
    ``inference``. `margin` is the log-odds by which it beats the next best parent. `drift` is
    what changed since the text it came from or, where that is not stored, since the nearest
    stored one before it.
    """

    from_node: str
    to_node: str
    relation: str
    basis: str
    probability: float
    margin: float = 0.0
    drift: tuple[Drift, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a trail ends, why, and one honest sentence about it."""

    node: str
    reason: str
    says: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The most probable way one statement travelled, over all its known renderings.

    `hops` form a forest whose roots are `ends`; `alternatives` are hops that lost,
    each with its probability; `circles` are cycles of attribution, as node ids.
    """

    statement: int
    nodes: tuple[Node, ...]
    hops: tuple[Hop, ...]
    ends: tuple[Ending, ...]
    alternatives: tuple[Hop, ...] = ()
    circles: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an editor is told about one quote before publication.

    `settles` names what would decide the matter (``a transcript of 2 March; none is stored``).
    """

    kind: VerdictKind
    probability: float
    reasons: tuple[str, ...]
    drift: tuple[Drift, ...] = ()
    settles: str = ""

    @property
    def unlisted(self) -> tuple[str, ...]:
        """The reasons that no change of `drift` says already."""
        told = {item.says for item in self.drift}
        return tuple(reason for reason in self.reasons if reason not in told)


def plain(value: Any) -> Any:
    """`value` as JSON would have it: dataclasses to dicts, tuples to lists, recursively."""
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value
