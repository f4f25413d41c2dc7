"""Facts that sentences state: lists of values, nullability, statuses, truncation.

All functions take raw Markdown and give offsets into it. A list of values that is recognised by
mistake makes errors that are not there, so anything doubtful is no list.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from docextract.markdown.code_span import CodeSpans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and where it stands in it."""

    text: str
    start: int
    end: int


#: Half of all descriptions stand in several tables, word for word.
_KEPT = 4096
# In a masked text these characters stand for what Markdown and HTML put between words.
_CODE, _ITEM, _BREAK = "\x03", "\x01", "\x02"


def phrase(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which a space is any white space, without regard to case."""
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)


_MARKUP = re.compile(
    r"(?P<ticks>`+)"
    r"|(?P<link>\[(?P<label>[^\[\]]*)\](?:\([^()\s]*(?:\s[^()]*)?\)|\[[^\[\]]*\]))"
    r"|(?P<item><li[^>]*>)|(?P<break><br[^>]*>)|(?P<tag></?[a-zA-Z][^<>]*>)|(?P<strong>\*\*|__)",
    re.DOTALL,
)
_CODES = re.compile(f"{_CODE}+")
_SENTENCE_END = re.compile(r"[.!?](?=[\s\"'\x02)]|$)|[。！？]|\n\s*\n")
_ABBREVIATION = re.compile(r"(?i)\b(e\.g|i\.e|etc|vs|resp|incl|approx|z\.\s?B|usw|bzw)$")
_LONGEST_ABBREVIATION = len("approx")
#: "Intune, EAS, etc. Possible values are": an abbreviation that a sentence ends with.
_AND_SO_ON = re.compile(r"(?:etc|usw|ecc)\.\s+(?=[A-ZÀ-Þ])")
_NOTE = re.compile(r"\([^()]*\)|（[^（）]*）")
_UNBROKEN = re.compile(rf"\([^()]*\)|{_ITEM}.*{_ITEM}", re.DOTALL)


def _mask(text: str) -> str:
    """Blank markup out, keeping every offset."""
    text = re.sub(f"[{_ITEM}{_BREAK}{_CODE}]", " ", text)
    spans = CodeSpans(text)
    parts: list[str] = []
    at = 0
    match = _MARKUP.search(text)
    while match:
        end = spans.end(*match.span()) if match["ticks"] else match.end()
        if end:
            size = end - match.start()
            parts += (text[at : match.start()], _CODE * size if match["ticks"] else _masked(match).ljust(size))
            at = end
        match = _MARKUP.search(text, end or match.end())
    return "".join((*parts, text[at:]))


def _masked(match: re.Match[str]) -> str:
    if match["link"]:
        return f" {_mask(match['label'])}"
    return {"item": _ITEM, "break": _BREAK}.get(match.lastgroup or "", "")


def _sentences(masked: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of sentences; a full stop in parentheses or in an HTML list ends none."""
    # Only the copy for finding ends loses its parentheses.
    plain = _UNBROKEN.sub(lambda part: re.sub(r"[.!?]", "_", part[0]), masked)
    start = 0
    for match in _SENTENCE_END.finditer(plain):
        # The longest one and the character before it.
        near = max(start, match.start() - _LONGEST_ABBREVIATION)
        if not _ABBREVIATION.search(plain, near, match.start()) or _AND_SO_ON.match(plain, match.start() - 3):
            yield start, match.end()
            start = match.end()
    if plain[start:].strip():
        yield start, len(plain)


#: "Possible values", "supported values" in de, fr, es, pt, it, ru, zh (both scripts), ja, ko.
_ABROAD = phrase(
    r"(?P<strong>\b(?:mögliche|zulässige|gültige|unterstützte|verfügbare|akzeptierte)[nr]? werte\b"
    r"|\bvaleurs (?:possibles|prises en charge|autorisées|valides|acceptées)"
    r"|\b(?:posibles valores|valores (?:posibles|permitidos|admitidos|compatibles|válidos))\b"
    r"|\bvalores (?:possíveis|permitidos|suportados|com suporte|válidos)\b"
    r"|\bvalori (?:possibili|consentiti|supportati|validi|accettati)\b|\bpossibili valori\b"
    r"|(?:возможные|допустимые|поддерживаемые) значения"
    r"|(?:可能的?|支持的?|允许的?|有效的?|受支持的?|允許的?|支援的?)(?:取?值|取值)|可取值"
    r"|(?:可能な|使用可能な|有効な|許可される|許容される|使用できる|指定できる|サポートされている|サポートされる)値"
    r"|(?:가능한|사용 가능한|지원되는|허용되는|유효한) 값)|(?P<more>(?!))"
)
#: Each match of that holds one of these.
_VALUES_ABROAD = ("werte", "valeurs", "valores", "valori", "значения", "值", "値", "값")
_TRIGGER = phrase(
    r"(?P<strong>\bpossible (?:\w+ )?values?\b"
    r"|\b(?:supported|allowed|valid|permitted|acceptable|accepted|available|legal) (?:\w+ ){0,2}values?\b)"
    r"|(?P<more>\bevolvable enum\w*)|(?P<weak>\bone of\b|\bcan (?:only )?be\b"
    r"|(?<!default\s)\bvalues? (?:are|can be|may be)\b|\bfollowing (?:\w+ )?values?\b)"
)
#: What may stand between the words that announce a list and its first member.
_FILLER = phrase(r"(?:.*:|(?:.*\s)?(?:are|is|be|being|following|values?|either|one of|any of|set to)|)$")
_FILLER_ABROAD = phrase(
    r"(?:.*[:：]|(?:.*\s)?(?:sind|sont|son|são|sono|是|为|為|有)"
    r"|\W*(?:은|는|は|が)(?:、| )*(?:次の(?:とおり|通り)です)?)?\s*$"
)
_CAN_BE_FILLER = phrase(r"(?:set to\b\s*)?(?:(?:one|any) of\b|either\b)?\s*(?:the following(?: \w+){0,2})?\s*:?$")
_NEGATED = re.compile(r"(?i)\b(?:cannot|can't|mustn't|isn't|not|never|except|other than)\b")
_CONDITION = re.compile(
    r"(?i)^\W*(?:if|when|for|in|on|with|unless|wenn|falls|für|bei|si|pour|para|se|per|если|для)\b[^,]*,"
    r"|(?:如果|当|對於|对于|當)[^，]*，|(?:場合|경우)"
)
_OPEN_LEAD = re.compile(
    r"(?i)\b(?:include[sd]?|including|typical|usual|common|sample|example|umfass\w*|beinhalt\w*|einschließlich"
    r"|inclu\w+|comprennent|notamment|incluem|comprendono|включа\w+)\b|包括|包含|含む|含まれ|포함"
)
_OPEN = phrase(
    r"\b(?:such as|for (?:example|instance)|etc\b|(?:and|among) (?:more|others)|and so (?:on|forth))"
    r"|\bnot limited to\b|\be\.g\.|\.\.\.|…"
    r"|\b(?:z\. ?B\.|beispielsweise|usw\b|par exemple|por ejemplo|por exemplo|ad esempio|ecc\b|например|и т\. ?д)"
    r"|例如|比如|等等|等值|など|例えば|たとえば|예를 들어"
)
_WORDS_ABROAD = r"und|oder|sowie|et|ou|y|o|e|и|или"
_SIGNS_ABROAD = r"、|，|；|和|或|或者|以及|及|および|または|と|및|또는|혹은"
_BEFORE_ITEM = re.compile(rf"(?i)(?:[,;:/|：{_ITEM}{_BREAK}]|\b(?:and|or|and/or|{_WORDS_ABROAD})|{_SIGNS_ABROAD})\s*$")
_RANGE = re.compile(r"(?i)^\s*(?:through|thru|(?:up )?to|bis|до|至|到|から|~|～|[-\u2013\u2014]|\.\.+|…)\s*$")
_AND = rf"(?:,|;|\||/|\bor\b|\band\b|\b(?:und|oder|et|ou|или)\b|{_SIGNS_ABROAD})"
_BARE = r"[\w\"'*-]+"
_BARE_ITEM = phrase(rf"^\s*{_AND}\s*(?:(?:and|or) )?{_BARE}(?:\s{_BARE})?\s*{_AND}\s*(?:(?:and|or)\s*)?$")
_BARE_END = phrase(
    r"^\s*+(?:(?:[,;]\s*+)?\b(?:or|and) (?!(?:is|are|can|can't|cannot|must|may|will|has|have|empty|null|blank)\b)"
    rf"|[,;]\s*+{_BARE}\s*+(?:[.,;]\s*+)?$|(?:if|when|unless)\b|(?:[,;]\s*+)?(?:through|to)\b)"
)
_MEMBER = re.compile(r"[A-Za-z0-9_][\w.:+-]*(?:(?: & | )[\w.:+-]+){0,4}$")
_CONTINUED = re.compile(rf"(?i)^[\s{_BREAK}]*(?:(?:for|in)\s[^,.{_CODE}]{{1,40}}:\s*)?{_CODE}")
#: "Other licenses return the value `hidden`": legal too, though no list names it.
_NAMED_VALUE = phrase(rf"(?<!default\s)\bvalue (?:of )?(?P<value>{_CODE}+)")


class _DoubtfulError(Exception):
    """The text lists values in a way that cannot be trusted to be complete."""


@dataclass(slots=True)
class _Lists:
    """The lists of one text while they are being read."""

    text: str
    masked: str
    members: dict[int, Word] = field(default_factory=dict)
    more: dict[int, Word] = field(default_factory=dict)

    def spans(self, start: int, end: int) -> list[tuple[int, int]]:
        """Give the code spans between two offsets."""
        return [match.span() for match in _CODES.finditer(self.masked, start, end)]

    def between(self, start: int, end: int) -> str:
        """Give the text between two offsets without its notes in parentheses."""
        return _NOTE.sub(" ", self.masked[start:end]).strip(" \t\n")

    def read(self, start: int, end: int, trigger: re.Match[str]) -> None:
        """Read the list that a sentence announces, if it is one."""
        spans = self.spans(trigger.end(), end)
        if not spans or not self._announces(trigger, spans[0][0]):
            return
        lead = self.masked[start : trigger.start()]
        if _NEGATED.search(lead):
            return
        if _CONDITION.match(lead):
            raise _DoubtfulError
        items = self._items(trigger.end(), end)
        words = {word.start: word for span in items for word in self._words(*span)}
        if trigger["more"]:
            self.more.update(words)
        elif self._serves(words, trigger):
            if _OPEN_LEAD.search(self.between(start, spans[0][0])) or _OPEN.search(self.between(start, end)):
                raise _DoubtfulError
            self.members.update(words)
        elif trigger["weak"]:
            self._name(spans)

    def _name(self, spans: list[tuple[int, int]]) -> None:
        """Take values that a sentence names without listing them: "can be `a` for groups, `b` if ..."."""
        for span in spans:
            with suppress(_DoubtfulError):
                self.more.update((word.start, word) for word in self._words(*span))

    def _announces(self, trigger: re.Match[str], first: int) -> bool:
        filler = re.sub(rf"[{_ITEM}{_BREAK}*\s]+", " ", self.between(trigger.end(), first)).strip()
        pattern = _CAN_BE_FILLER if trigger[0][:3].casefold() == "can" else _FILLER
        pattern = _FILLER_ABROAD if trigger.re is _ABROAD else pattern
        return len(filler) <= 80 and "." not in filler and bool(pattern.match(filler))

    def _items(self, start: int, end: int) -> list[tuple[int, int]]:
        """Give the spans that stand where a member would; words in such a place make the list doubtful."""
        spans = self.spans(start, end)
        bulleted = _ITEM in self.masked[start:end]
        if "`" in self.masked[start:end] or (bulleted and _bare_bullet(self.masked[start:end])):
            raise _DoubtfulError
        items = [spans[0]]
        for before, span in pairwise(spans):
            gap = self.between(before[1], span[0])
            if _RANGE.match(gap) or (not bulleted and _BARE_ITEM.match(gap)):
                raise _DoubtfulError
            if gap.endswith(_ITEM) if bulleted else not gap or _BEFORE_ITEM.search(gap):
                items.append(span)
        if not bulleted and _BARE_END.match(self.between(spans[-1][1], end)):
            raise _DoubtfulError
        return items

    def _words(self, start: int, end: int) -> Iterator[Word]:
        for match in re.finditer(r"[^,|]+", self.text[start:end]):
            raw = match[0]
            text = raw.strip("` \"'“”\t\n")
            if text.casefold() in ("", "null", "empty"):
                continue
            if not _MEMBER.match(text) or len(text) > 80:
                raise _DoubtfulError
            at = start + match.start() + raw.index(text)
            yield Word(text, at, at + len(text))

    def _serves(self, words: Mapping[int, Word], trigger: re.Match[str]) -> bool:
        texts = {word.text.casefold() for word in words.values()}
        if texts <= {"true", "false"} or all(re.fullmatch(r"[\d.:+-]+", text) for text in texts):
            return False
        return len(texts) >= 2 or bool(trigger["strong"])

    def continue_in(self, start: int, end: int) -> None:
        """Add members of a sentence that begins with one: "For B2C: `c`.", "`d` can also be given."."""
        if not self.members:
            return
        self._name([match.span("value") for match in _NAMED_VALUE.finditer(self.masked, start, end)])
        if not _CONTINUED.match(self.masked[start:end]):
            return
        last = None
        for span in self.spans(start, end):
            gap = self.between(last or span[0], span[0])
            if last and not re.fullmatch(rf"{_AND}\s*((and|or)\s*)?", gap):
                return
            with suppress(_DoubtfulError):
                self.members.update((word.start, word) for word in self._words(*span))
            last = span[1]


def _bare_bullet(masked: str) -> bool:
    return any(not part.lstrip().startswith(_CODE) for part in masked.split(_ITEM)[1:])


@lru_cache(maxsize=_KEPT)
def enum_members(text: str) -> tuple[Word, ...]:
    """Give the values that a description lists as the possible ones, of all its lists.

    In: a description. Out: the members in their order, without duplicates; nothing if the list is
    open ("include", "such as"), holds for a condition only, or mixes code spans with bare words.
    """
    if "`" not in text:
        return ()
    folded = text.casefold()
    announces = _ABROAD if any(word in folded for word in _VALUES_ABROAD) else _TRIGGER
    if not announces.search(text):
        return ()
    lists = _Lists(text, _mask(text))
    try:
        for start, end in _sentences(lists.masked):
            triggers = list(islice(announces.finditer(lists.masked, start, end), 20))
            # What only newer clients get is added to a list; alone it is no complete list.
            for trigger in [trigger for trigger in triggers if trigger["more"]] or triggers:
                lists.read(start, end, trigger)
            if not triggers:
                lists.continue_in(start, end)
    except _DoubtfulError:
        return ()
    words: dict[str, Word] = {}
    for _, word in sorted({**lists.members, **lists.more}.items()):
        words.setdefault(word.text, word)
    return tuple(words.values()) if lists.members else ()


_UNMARKED = re.compile("[`*]")
_NOT_NULLABLE = phrase(
    r"\bnot[-\s]nullable\b|\bnon-?nullable\b|\bis never null\b"
    r"|\b(?:must|may|should|can)\s?(?:not|n?'t) be (?:set to )?null(?:able)?\b"
)
_NULLABLE = phrase(
    r"\bnullable\b|\b(?:can|may|might|could|will) be (?:set to )?(?:a )?null\b|\bor null\b"
    r"|\bnull (?:if|when|unless|by default)\b"
)
_SUPPORTS = phrase(r"\bsupports? (?:only )?`?\$[^.]*\.?")
#: "True if", "if set to true", "the date when": clauses that say nothing of presence.
_HARMLESS = phrase(
    r"read[-\s]only|\b(?:true|false|indicat\w+|determin\w+|specif\w+|shows?|know)`?,? (?:if|when|whether)\b"
    r"|\bif (?:it'?s |set to )?[`*]*(?:true|false)\b"
)
_OPTIONAL = phrase(
    r"\boptional(?:ly)?\b|\bnot required\b|\bdeprecated\b|\bobsolete\b|\bno longer\b|\b(?:only|if|unless)\b"
    r"|\bwhen(?:ever)? (?:\w+ )?(?:present|set|specified|applicable|available|null|used|requested)\b"
    r"|\bnot (?:always )?(?:be )?(?:returned|use|used|supported|set|available|included|populated|present)\b"
    r"|\b(?:isn't|aren't|doesn't|won't|don't|for internal|reserved|future use|preview|nullable|or null)\b"
    r"|\b(?:may|might|can) be (?:\w+ )?(?:empty|omitted|absent|missing|null|blank)\b|\bwhere applicable\b"
    r"|\$expand|\$select\b[^.]*\bto (?:get|return|retrieve|include)"
)


def not_nullable(text: str) -> bool:
    """Say whether a description forbids null ("Not nullable.")."""
    return "null" in text.casefold() and bool(_NOT_NULLABLE.search(_UNMARKED.sub("", text)))


def nullable(text: str) -> bool:
    """Say whether a description allows null ("Nullable.")."""
    if "null" not in text.casefold():
        return False
    return not not_nullable(text) and bool(_NULLABLE.search(_UNMARKED.sub("", text)))


def optional(text: str) -> bool:
    """Say whether an example need not show a property: generous, for a silent row is no promise."""
    return bool(_OPTIONAL.search(_HARMLESS.sub(" ", _SUPPORTS.sub(" ", text))))


_TRUNCATED = phrase(
    r"\b(?:truncated|shortened|abbreviated|abridged|trimmed|simplified|shorted|condensed)\b(?!\")"
    r"|\bfor (?:brevity|readability|clarity)\b|\bnot all\b[^.]{0,200}\b(?:shown|included|returned)\b"
    r"|\bonly (?:some|the relevant) (?:of the )?(?:propert|field|value)"
    r"|\bpartial (?:response|list|representation)\b|\bsubset of (?:the |all )?(?:available )?properties\b"
)
_NOT_TRUNCATED = re.compile(r"(?i)\bif\b[^.]{0,200}\btruncated\b")
_CODE_STATUS = re.compile(r"(?<!`)`++\s*+(?:HTTP(?:/\d(?:\.\d)?)?\s++)?([1-5]\d\d)(?![\w.])[^`]*+`")
_STATUS = r"[*_]{0,2}([1-5]\d\d)\b[*_]{0,2}"
_BARE_STATUS = phrase(
    rf"(?:\bHTTP(?:/\d(?:\.\d)?)? (?:status )?(?:code )?|\bstatus(?: code)? (?:of )?){_STATUS}(?![.,]?\d)"
    rf"|\breturns? (?:an? )?{_STATUS}(?=[.;)]|$| (?:OK|Created|Accepted|No Content|if|when|with)\b)"
    rf"|(?<![\w./#$-]){_STATUS}(?=,? (?:[A-Z][\w-]+ ){{0,3}}(?:HTTP )?(?:responses?|status|errors?)\b)"
)
#: The place of each number that may be a status.
_NUMBER = re.compile(r"(?=([1-5]\d\d))")
_OTHER_THAN = re.compile(r"(?i)\bother\s+than\b[^.,;]*+")
_ANSWERS = re.compile(
    r"(?i)\bsuccess\w*|\breturn|\brespon[sd]|\bstatus\b|\bindicated\b"
    r"|zurück|antwort|erfolgreich|\brenvoi|\bretourn|\bréponse|\bréussi|\bdevuel|\brespuesta|\bcorrect[ao]"
    r"|\bretorn|\brespost|\bêxito|\brestitui|\brispost|\briuscit|возвраща|ответ|успешн"
    r"|返回|响应|回應|傳回|成功|返し|返さ|応答|반환|응답"
)


def says_truncated(text: str) -> bool:
    """Say whether a note admits that an example does not show everything."""
    return bool(_TRUNCATED.search(_NOT_TRUNCATED.sub(" ", text)))


def numbers(text: str) -> set[int]:
    """Return the numbers of a text that may be status codes, those that `statuses` finds among them."""
    return set(map(int, _NUMBER.findall(text)))


@lru_cache(maxsize=_KEPT)
def statuses(text: str) -> tuple[Word, ...]:
    """Give the status codes that sentences promise, error codes among them, in their order."""
    codes: dict[int, Word] = {}
    # Only the ends of sentences are sought in the masked text: the codes stand in code spans.
    for start, end in _sentences(_mask(text)):
        if not _ANSWERS.search(text, start, end):
            continue
        others = [match.span() for match in _OTHER_THAN.finditer(text, start, end)]
        for pattern in (_CODE_STATUS, _BARE_STATUS):
            # Without a number that the first did not tell, the second, dear one is not asked.
            if all(number.start() in codes for number in _NUMBER.finditer(text, start, end)):
                break
            for match in pattern.finditer(text, start, end):
                if not _lies_in(match.start(), others):
                    group = match.lastindex or 1
                    codes[match.start(group)] = Word(match[group], match.start(group), match.end(group))
    return tuple(word for _, word in sorted(codes.items()))


def _lies_in(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether one of some spans, which are in order and apart, goes on to a place or beyond."""
    index = bisect_left(spans, (at,))
    return index > 0 and at <= spans[index - 1][1]
