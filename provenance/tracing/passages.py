"""Words that stand in no quotation marks and are somebody's all the same.

A transcript, a ministry's statement, a post: nobody is quoted in it, because it *is* what
was said. Its sentences are renderings like any quote, so that who quotes them is found to
have them from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from provenance.languages.words import words
from provenance.model import Document, Evidence, Origin, Quote, Relay, Span, Speaker
from provenance.tracing._publishing import Publishing, publishing

# Sentences of a text that is short enough to be a post or a brief: of 300 news articles one
# in thirty quotes nobody, and one in seventy-five is as short as this as well.
_SHORT = 12
_WORDS = 5  # a shorter sentence is a heading, a greeting, or said by too many
_MOST = 2_000  # passages of one document: a speech of four hours has as many sentences
_BRIEF = "a short text that quotes nobody"
_SURE = 0.3  # of being a quote: below what an audit judges


def passages(
    document: Document, quotes: Sequence[Quote], origin: Origin, sentences: Sequence[Span]
) -> tuple[Quote, ...]:
    """The sentences of `document` that are its publisher's own words, outside its quotes.

    Only of what an office, a person or a firm publishes, as far as that shows, and of short
    texts that quote nobody; empty for all others. Where the document as a whole has something
    from elsewhere, its passages do.
    """
    found = list(_spoken(document, sentences, [Span(one.start, one.end) for one in quotes]))
    own = publishing(document, quotes, [document.text[start:end] for start, end in found])
    if own is None and (quotes or len(sentences) > _SHORT):
        return ()
    chain = tuple(Relay(name, "outlet", "", "reported") for name in reversed(origin.via))
    return tuple(
        Quote(
            start,
            end,
            document.text[start:end],
            "direct" if own else "indirect",
            _author(own, start),
            chain=chain,
            confidence=_SURE,
            language=document.language,
            evidence=(Evidence("passage", own.says if own else _BRIEF),),
        )
        for start, end in found[:_MOST]
    )


def _author(own: Publishing | None, start: int) -> Speaker | None:
    """Who publishes a text, and is named nowhere in it."""
    if own is None or not own.name:
        return None
    return Speaker(start, start, "", own.name, own.kind, own.canonical)


def is_passage(quote: Quote) -> bool:
    """Whether a quote is a passage: words in no quotation marks, and no reported speech."""
    return any(item.kind == "passage" for item in quote.evidence)


def _spoken(
    document: Document, sentences: Sequence[Span], taken: Sequence[Span]
) -> Iterator[tuple[int, int]]:
    """Sentences that overlap no quote and have words enough, without the space around them."""
    for span in sentences:
        text = document.text[span.start : span.end]
        start = span.start + len(text) - len(text.lstrip())
        end = span.end - (len(text) - len(text.rstrip()))
        quoted = any(start < other.end and other.start < end for other in taken)
        if not quoted and len(words(document.text[start:end], document.language)) >= _WORDS:
            yield start, end
