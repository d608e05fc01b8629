"""Pages of the web whose text is known: contents of every sort in frames of every make."""

from collections.abc import Callable, Iterator
from html import escape
from typing import Final, NamedTuple

ROUND: Final = "Umzu"
"""What all words begin with that stand round a text and are none of it."""
_PROSE: Final = {
    "en": "The bridge at the mill was closed on 3 May 2024 after 1,250 cars had crossed it, the mayor's office said.",
    "de": "Die Brücke an der Mühle wurde am 3. Mai 2024 geschlossen; 1.250 Fußgänger waren über sie gegangen.",
    "fr": "Le pont du moulin a été fermé le 3 mai 2024 après le passage de 1 250 voitures, selon la mairie.",
    "ru": "Мост у мельницы был закрыт 3 мая 2024 года после того, как по нему проехали 1250 машин.",
    "el": "Η γέφυρα στον μύλο έκλεισε στις 3 Μαΐου 2024, αφού πέρασαν από πάνω της 1.250 αυτοκίνητα.",
    "ar": "أُغلق الجسر عند الطاحونة في 3 مايو 2024 بعد أن عبرته 1250 سيارة، بحسب مكتب العمدة.",
    "he": "הגשר ליד הטחנה נסגר ב-3 במאי 2024 לאחר ש-1250 מכוניות חצו אותו, נמסר מלשכת ראש העיר.",
    "hi": "मिल के पास का पुल 3 मई 2024 को बंद कर दिया गया, जब 1250 गाड़ियाँ उसे पार कर चुकी थीं।",
    "ja": "水車小屋の橋は2024年5月3日に閉鎖された。それまでに1250台の車が渡ったという。",
    "th": "สะพานที่โรงสีถูกปิดเมื่อวันที่ 3 พฤษภาคม 2024 หลังจากรถ 1250 คันข้ามไปแล้ว",
}


class Content(NamedTuple):
    """What a page says, in HTML and as it is read."""

    name: str
    html: str
    text: str
    lang: str = "en"


class Page(NamedTuple):
    """A page as a file."""

    name: str
    data: bytes
    text: str


def _paragraphs(lang: str, number: int) -> list[str]:
    return [f"{_PROSE[lang]} ({chr(96 + at)}{at * 7})" for at in range(1, number + 1)]


def _prose(lang: str) -> Content:
    parts = _paragraphs(lang, 4)
    twice = [*parts, parts[1], parts[3]]  # what stands twice is said twice
    return Content(f"prose-{lang}", "".join(f"<p>{escape(part)}</p>\n" for part in twice), "\n\n".join(twice), lang)


def _numbers() -> Content:
    html = """
<p>The keeper counted 11<sup>3</sup> swans, 10<sup>2</sup> geese and 2.5 × 10<sup>−3</sup> frogs on the first day of
the year,<sup class="reference" id="r1"><a href="#n1">1</a></sup> and in 2025<sup><a href="#n2">2</a></sup> he counted
148<sup>[4]</sup> more of them, as the paper said.<a href="#fn5" role="doc-noteref">5</a></p>
<p>On the 21<sup>st</sup> CO<sub>2</sub> was measured, log<sub>2</sub>8 was 3, and Acme<sup>TM</sup> sold H<sub>2</sub>O
for 3<span style="vertical-align: super">7</span> crowns a bottle to all who came by on foot or by boat.</p>
<p><math><msup><mi>x</mi><mn>2</mn></msup></math> is what a square has for its area, the teacher wrote on the board.</p>
"""
    text = """The keeper counted 11³ swans, 10² geese and 2.5 × 10⁻³ frogs on the first day of the year,[1] and in 2025[2] he
counted 148[4] more of them, as the paper said.[5]

On the 21st CO2 was measured, log₂8 was 3, and Acme™ sold H2O for 3⁷ crowns a bottle to all who came by on foot or by boat.

x² is what a square has for its area, the teacher wrote on the board."""
    return Content("numbers", html, text)


def _lists() -> Content:
    items = [f"item of the list, {part}" for part in _paragraphs("en", 3)]
    html = f"""<p>{escape(items[0])}</p><ol start="3"><li>{items[0]}</li><li value="7"><p>{items[1]}</p>
<ul><li>inner <b>one</b></li><li>inner two</li></ul></li><li>{items[2]}</li></ol>
<ol type="a"><li>first by letter</li><li>second by letter</li></ol><ol type="I" reversed><li>two</li><li>one</li></ol>
<dl><dt>Swan</dt><dd>A large white bird.</dd><dt>Goose</dt><dd>A grey one.</dd></dl>
<p>{escape(items[2])}</p>"""
    text = "\n\n".join(
        (
            *(items[0], f"3. {items[0]}", f"7. {items[1]}", "- inner one", "- inner two", f"8. {items[2]}"),
            *("a. first by letter", "b. second by letter", "II. two", "I. one"),
            *("Swan", "A large white bird.", "Goose", "A grey one.", items[2]),
        )
    )
    return Content("lists", html, text)


def _tables() -> Content:
    before, behind = _paragraphs("en", 2)
    html = f"""<p>{escape(before)}</p><table class="wikitable"><caption>Bridges of the town</caption>
<thead><tr><th>Bridge</th><th>Closed on</th><th>Cars</th></tr></thead>
<tbody><tr><td>Stone</td><td>3 May 2024</td><td>1,250<sup><a href="#a">a</a></sup></td></tr>
<tr><th>Wood</th><td><p>14 June</p></td><td>−7.5</td></tr></tbody></table>
<table role="presentation"><tr><td><p>This stands on the left side.</p></td><td><p>This stands on the right side.</p></td></tr>
</table><p>{escape(behind)}</p>"""
    rows = "Bridge | Closed on | Cars\nStone | 3 May 2024 | 1,250[a]\nWood | 14 June | −7.5"
    sides = ["This stands on the left side.", "This stands on the right side."]
    return Content("tables", html, "\n\n".join([before, "Bridges of the town", rows, *sides, behind]))


def _quotes() -> Content:
    before, behind = _paragraphs("en", 2)
    html = f"""<p>{escape(before)}</p><blockquote><p>“It will be closed,” said the mayor, “<q>soon</q>, as he put it.”</p>
<blockquote><p>Within it stands a quote of 1987.</p></blockquote><p>And the end of it.</p></blockquote>
<p><q>He said <q>no</q> to it</q>, she wrote.<br>Line two of the verse<br>Line three, 33</p>
<pre>verbatim  line 1
verbatim line 2</pre><figure><img src="x.png" alt=""><figcaption>The bridge in 1901.</figcaption></figure>
<details><summary>More of it</summary><p>What is folded counts too.</p></details><p>{escape(behind)}</p>"""
    text = [before, "“It will be closed,” said the mayor, ““soon”, as he put it.”", "Within it stands a quote of 1987."]
    text += ["And the end of it.", "“He said ‘no’ to it”, she wrote.\nLine two of the verse\nLine three, 33"]
    text += [
        "verbatim line 1\nverbatim line 2",
        "The bridge in 1901.",
        "More of it",
        "What is folded counts too.",
        behind,
    ]
    return Content("quotes", html, "\n\n".join(text))


def _notes() -> Content:
    before, behind = _paragraphs("en", 2)
    html = f"""<p>{escape(before)}<sup id="ref1"><a href="#fn1">1</a></sup></p><p>{escape(behind)}<a href="#fn2">*</a></p>
<section class="footnotes" role="doc-endnotes"><hr><ol><li id="fn1">Town hall, 2024, p. 12.</li>
<li id="fn2">The Daily Mill, 4 May 2024.</li></ol></section>"""
    text = [f"{before}[1]", f"{behind}[*]", "1. Town hall, 2024, p. 12.", "2. The Daily Mill, 4 May 2024."]
    return Content("notes", html, "\n\n".join(text))


CONTENTS: Final = (
    *map(_prose, _PROSE),
    *(make() for make in (_numbers, _lists, _tables, _quotes, _notes)),
)


def _round(*names: str) -> str:
    return " ".join(f'<a href="/{name}">{ROUND}{name}</a>' for name in names)


def _news(title: str, html: str) -> str:
    return f"""<body class="news"><header class="site-header"><nav>{_round("home", "sport")}</nav></header>
<div class="ad">{ROUND}ad</div><main><article itemtype="NewsArticle"><header><h1>{title}</h1></header>
<div class="share-buttons">{_round("share", "mail")}</div><div itemprop="articleBody">{html}</div>
<aside class="related"><h2>{ROUND}related</h2><ul><li>{_round("a", "b")}</li></ul></aside></article></main>
<script>document.write("{ROUND}script")</script><footer>{ROUND}copyright</footer></body>"""


def _mediawiki(title: str, html: str) -> str:
    return f"""<body class="mediawiki"><div id="mw-head"><nav>{_round("login")}</nav></div><main id="content" class="mw-body">
<h1 id="firstHeading">{title}</h1><a class="mw-jump-link" href="#x">{ROUND}jump</a><div id="mw-content-text">
<div class="mw-parser-output"><div id="toc" class="toc">{ROUND}contents</div>{html}
<div class="navbox">{_round("see", "also")}</div></div></div><div id="catlinks">{_round("category")}</div></main>
<div id="mw-navigation" class="navigation">{_round("random")}</div></body>"""


def _government(title: str, html: str) -> str:
    return f"""<body><a class="skip-link" href="#main">{ROUND}skip</a><div role="banner">{_round("ministry")}</div>
<div class="breadcrumbs">{_round("start", "news")}</div><div id="main" role="main"><h1>{title}</h1>{html}</div>
<div role="contentinfo">{_round("imprint")}</div></body>"""


def _weblog(title: str, html: str) -> str:
    return f"""<body class="home single"><div id="page"><header id="masthead">{ROUND}blog</header><div id="primary">
<article class="post hentry"><h1 class="entry-title">{title}</h1><div class="entry-content">{html}
<div class="sharedaddy">{_round("tweet")}</div></div><footer class="entry-footer">{ROUND}filed</footer></article>
<div id="comments"><p>{ROUND}comment by a reader who liked it.</p></div></div>
<aside id="secondary" class="widget-area">{_round("archive")}</aside></div></body>"""


def _manual(title: str, html: str) -> str:
    return f"""<body><div class="related" role="navigation">{_round("next")}</div><div class="document"><div class="body"
 role="main"><section id="s"><h1>{title}<a class="headerlink" href="#s">¶</a></h1>{html}</section></div></div>
<div class="sphinxsidebar" role="navigation">{_round("index")}</div><div class="footer" role="contentinfo">{ROUND}c</div></body>"""


def _form(title: str, html: str) -> str:
    """Set a page as whole in a form, as ASP.NET does."""
    return f"""<body><form action="/x"><input type="hidden" value="{ROUND}state"><nav>{_round("top")}</nav>
<div class="main-content"><main><h1>{title}</h1>{html}<button>{ROUND}send</button></main></div></form></body>"""


def _teasers(title: str, html: str) -> str:
    cards = "".join(
        f"<aside><article><h2>{ROUND}card</h2><p>{ROUND}tease {ROUND}more</p></article></aside>" for _ in "abc"
    )
    return f"""<body><div class="page"><article class="story"><h1>{title}</h1>{html}</article>{cards}
<div class="newsletter">{ROUND}subscribe</div></div></body>"""


def _bare(title: str, html: str) -> str:
    return f"<body><h1>{title}</h1>{html}<p style='display:none'>{ROUND}hidden</p><p hidden>{ROUND}too</p></body>"


FRAMES: Final[dict[str, Callable[[str, str], str]]] = {
    "news": _news,
    "mediawiki": _mediawiki,
    "government": _government,
    "weblog": _weblog,
    "manual": _manual,
    "form": _form,
    "teasers": _teasers,
    "bare": _bare,
}
_ENCODINGS: Final = ("utf-8", "utf-16", "utf-8")


def pages() -> Iterator[Page]:
    """Make each content in four frames, and each frame in every content but some."""
    frames = list(FRAMES.items())
    for at, content in enumerate(CONTENTS):
        for step in (0, 3, 5):
            name, frame = frames[(at + step) % len(frames)]
            encoding = _ENCODINGS[(at + step) % len(_ENCODINGS)]
            title = f"Notices {at} of the town"
            head = f'<head><meta charset="{encoding}"><title>{ROUND}title</title><style>p{{}}</style></head>'
            page = f'<!DOCTYPE html><html lang="{content.lang}">{head}{frame(title, content.html)}</html>'
            text = f"{title}\n\n{content.text}"
            yield Page(f"{content.name}-in-{name}", page.encode(encoding), text)
