"""A Telegram channel as its site shows it: each post with words an article."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import ReadError
from provenance.model import Document
from provenance.reading import read
from provenance.reading._channel import read_channel

POST = """
<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="sea/{number}">
 <div class="tgme_widget_message_author"><a class="tgme_widget_message_owner_name"
  href="https://t.me/sea"><span>Морской канал</span></a></div>{more}
 <div class="tgme_widget_message_text" dir="auto">{text}</div>
 <div class="tgme_widget_message_footer"><span class="tgme_widget_message_views">1.2M</span>
  <a class="tgme_widget_message_date" href="https://t.me/sea/{number}"><time
  datetime="2026-03-02T10:0{number}:00+00:00">10:00</time></a></div>
</div></div>
"""
FORWARDED = (
    '<div class="tgme_widget_message_forwarded_from">Forwarded from&nbsp;'
    '<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/x">РИА Новости</a></div>'
)
ANSWERS = '<a class="tgme_widget_message_reply"><div class="tgme_widget_message_text">Да</div></a>'
SAID = 'Министр заявила:<br/>«Мы <b>не</b> отправим солдат». <a href="https://post.example">Тут</a>'


def page(*posts: str) -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{"".join(posts)}</body>'


def found(folder: Path, *posts: str) -> list[Document]:
    path = folder / "sea.html"
    path.write_text(page(*posts))
    return [one for one in read(path) if isinstance(one, Document)]


def test_posts_with_words_are_articles_of_the_channel(tmp_path: Path) -> None:
    picture = POST.format(number=2, text="", more="")
    first, last = found(
        tmp_path,
        POST.format(number=1, text=SAID, more=FORWARDED),
        picture,
        POST.format(number=3, text="Нет, не отправим.", more=ANSWERS),
    )
    assert first.text == "Министр заявила:\n«Мы не отправим солдат». Тут"
    assert (first.id, first.url) == ("telegram-sea-1", "https://t.me/sea/1")
    assert (first.outlet, first.published) == ("Морской канал", "2026-03-02T10:01:00+00:00")
    assert first.meta == {"forwarded source": "РИА Новости"}
    assert [link.url for link in first.links] == ["https://post.example"]
    assert first.snapshot is not None
    assert SAID.partition(":")[0].encode() in first.snapshot.content
    assert last.text == "Нет, не отправим."


@given(st.text(alphabet='<>/div"= abтg&;', max_size=80))
def test_any_markup_in_a_post_is_read_or_told(junk: str) -> None:
    whole = page(POST.format(number=1, text=junk, more=junk)).encode()
    try:
        for one in read_channel(whole, "a.html", {}, lambda: ""):
            assert isinstance(one, Document)
    except ReadError as error:
        assert "\n" not in str(error)
