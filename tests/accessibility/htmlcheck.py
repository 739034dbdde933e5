"""Whether a page is valid HTML: what the parser of the standard complains about, and what it does not look at."""

from collections import Counter
from collections.abc import Iterator

import html5lib
from html5lib.constants import E
from lxml import html

_CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "tr": {"th", "td"},
    "select": {"option", "optgroup"},
}
_REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
_INTERACTIVE = "a[@href] or self::button or self::input or self::select or self::textarea or self::summary"
_ONLY_TEXT = {"p", "h1", "h2", "h3", "h4", "span", "label", "button", "legend", "summary", "strong", "code"}
_BLOCKS = {
    "p",
    "div",
    "ul",
    "ol",
    "dl",
    "table",
    "section",
    "article",
    "form",
    "h1",
    "h2",
    "h3",
    "fieldset",
    "pre",
    "nav",
}


def list_faults(source: str) -> list[str]:
    """Everything wrong with a page, as sentences; nothing when it is valid."""
    parser = html5lib.HTMLParser()
    parser.parse(source)
    faults = [f"line {line}: {E[code] % details}" for (line, _), code, details in parser.errors]
    page = html.document_fromstring(source)
    return [*faults, *_duplicates(page), *_dangling(page), *_misplaced(page), *_unnamed(page)]


def _duplicates(page: html.HtmlElement) -> Iterator[str]:
    for name, times in Counter(page.xpath("//@id")).items():
        if times > 1:
            yield f"id {name} is given {times} times"


def _dangling(page: html.HtmlElement) -> Iterator[str]:
    known = set(page.xpath("//@id"))
    for attribute in _REFERENCES:
        for value in page.xpath(f"//@{attribute}"):
            yield from (f"{attribute} names {each}, which is not there" for each in value.split() if each not in known)
    for href in page.xpath("//a/@href[starts-with(., '#')]"):
        if href[1:] not in known:
            yield f"the link {href} leads nowhere"


def _misplaced(page: html.HtmlElement) -> Iterator[str]:
    for element in page.iter("*"):
        children = {child.tag for child in element.iterchildren("*")}
        allowed = _CHILDREN.get(element.tag)
        if allowed and not children <= allowed:
            yield f"<{element.tag}> holds {', '.join(sorted(children - allowed))}"
        if element.tag in _ONLY_TEXT and children & _BLOCKS:
            yield f"<{element.tag}> holds {', '.join(sorted(children & _BLOCKS))}"
    for inner in page.xpath(f"//*[self::a or self::button]//*[self::{_INTERACTIVE}]"):
        yield f"<{inner.tag}> stands inside another thing to click"


def _unnamed(page: html.HtmlElement) -> Iterator[str]:
    if len(page.xpath("//h1")) != 1:
        yield "a page has one h1"
    if len(page.xpath("//main")) != 1:
        yield "a page has one main"
    for image in page.xpath("//img[not(@alt)]"):
        yield f"<img src={image.get('src')}> has no alt"
