"""Locating pieces of a text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from oped_dataset import Span
from oped_dataset.extraction.pieces import Pieces, in_order, is_border
from oped_dataset.text.sentences import sentences_of

TRICKY = "aab  .'é\u0301\u200d\u200b中国ไทย\u0e33가\u1100\u1161👩\u200d✈️🇩🇪🇫ﬁ¨\u00a0\n\r\t-_1¼ⅷ\u0345ß"


def found(text: str, piece: str) -> list[int]:
    return [place.start for place in Pieces(text).places(piece)]


@pytest.mark.parametrize(
    ("text", "piece", "starts"),
    [
        ("the toll and the other", "the", [0, 13]),
        ("theatre", "the", []),
        ("It weighs 400", "40", []),
        ("It costs 40,000", "40", []),
        ("It costs 3.5", "5", []),
        ("In 1999, 40 came", "1999", [3]),
        ("$5bn", "5", [1]),
        ("было сказано", "каза", []),
        ("الصين والصين", "الصين", [0]),
        ("قال والصين", "الصين", [5]),
        ("הוא בישראל", "ישראל", [5]),
        ("کتاب\u200cها", "کتاب", [0]),
        ("\u1112\u1161\u11ab", "하", []),
        ("क्षमा", "क", []),
        ("क्́षमा", "ष", []),
        ("✈\ufe0f", "✈", [0]),
        ("\u06001", "1", []),
        ("\u0600🜂", "🜂", []),
        ("It weighs 40km", "40", [10]),
        ("It weighs 40km", "km", [12]),
        ("He has 400 and 40", "40", [15]),
        ("中国的港口关闭了", "港口", [3]),
        ("港口和港口", "港口", [0, 3]),
        ("東京タワーに行く", "タワー", [2]),
        ("ท่าเรือปิดแล้ว", "ปิด", [7]),
        ("마로가 말했다", "마로", [0]),
        ("iPhone手机", "iPhone", [0]),
        ("👩\u200d✈️ and 👩", "👩", [9]),
        ("🇩🇪🇫🇷", "🇪🇫", []),
        ("🇩🇪🇫🇷", "🇫🇷", [2]),
        ("👍🏽", "👍", []),
        ("Zoe\u0308", "Zoe", []),
        ("“No”", '"No"', [0]),
        ("a-a-a", "a", [0, 2, 4]),
        ("nothing", "", []),
    ],
)
def test_a_piece_consists_of_whole_characters_and_words(text: str, piece: str, starts: list[int]) -> None:
    assert found(text, piece) == starts


@pytest.mark.parametrize(
    ("text", "piece", "words"),
    [
        ("海鸥\n报说，税可能翻倍。", "海鸥报", "海鸥\n报"),
        ("หนังสือพิมพ์นกนาง\r\nนวลบอกว่า", "นกนางนวล", "นกนาง\r\nนวล"),
        ("the author-\nity said", "authority", "author-\nity"),
        ("the author\u00ad\nity said", "authority", "author\u00ad\nity"),
        ("well-\nknown plans", "well-known", "well-\nknown"),
        ("> the toll\n> rose", "toll rose", "toll\n> rose"),
    ],
)
def test_a_piece_may_be_divided_by_a_line_end(text: str, piece: str, words: str) -> None:
    (place,) = Pieces(text).places(piece)

    assert text[place.start : place.end] == words


def test_a_divided_piece_is_not_found_inside_a_longer_word() -> None:
    assert found("the author-\nity", "authori") == []
    assert found("the cate-\ngories", "category") == []


@given(st.text(alphabet=TRICKY + "\u0600\u11a8\u094d\u0915\u0937\u0e01\ufe0f\U000e0067", max_size=8), st.integers(0, 8))
def test_borders_are_those_of_the_standard(text: str, offset: int) -> None:
    regex = pytest.importorskip("regex")
    standard = {0, *(match.end() for match in regex.finditer(r"\X", text))}

    assert not is_border(text, offset) or offset in standard or offset > len(text)


def test_a_two_character_line_end_is_not_divided() -> None:
    assert [offset for offset in range(5) if is_border("a\r\nb", offset)] == [0, 1, 3, 4]


def test_a_joiner_joins_emoji_and_ends_a_word() -> None:
    assert not is_border("👩\u200d🚀", 2)
    assert found("ه\u200d، ه\u200d ق", "ه") == [0, 4]


def test_the_letters_of_a_syllable_are_not_separated() -> None:
    assert not is_border("\u1112\u1161\u11ab", 1)


def test_a_search_can_be_limited_to_spans() -> None:
    pieces = Pieces("the toll, the gate, theatre")

    assert pieces.places("the", [Span(5, 20)]) == [Span(10, 13)]
    assert pieces.places("the", [Span(20, 27)]) == []
    assert pieces.places("the", [Span(20, 27)], parts=True) == [Span(20, 23)]


# The order of pieces.


def places(*starts: int) -> list[Span]:
    return [Span(start, start + 1) for start in starts]


@pytest.mark.parametrize(
    ("wanted", "stand", "chosen"),
    [
        (["a", "a"], [[0, 5], [0, 5]], [0, 5]),
        (["a"], [[0, 5]], [None]),
        (["a", "b", "a"], [[0, 5], [3], [0, 5]], [0, 3, 5]),
        (["b", "a"], [[3], [0, 5]], [3, 5]),
        (["b", "a"], [[3], [0, 5, 7]], [3, None]),
        (["x", "a", "b"], [[], [0, 5], [3]], [None, 0, 3]),
        (["c", "b", "a", "a", "d", "d"], [[9], [3], [0, 5], [0, 5], [1, 2, 4], [1, 2, 4]], [9, 3, 0, 5, None, None]),
        ([], [], []),
    ],
)
def test_the_order_distinguishes_equal_pieces(
    wanted: list[str], stand: list[list[int]], chosen: list[int | None]
) -> None:
    places_found = in_order(wanted, [places(*each) for each in stand])

    assert [None if each is None else each.start for each in places_found] == chosen


# The closest words.


@pytest.mark.parametrize(
    ("piece", "nearest"),
    [
        ("The money did not reach the treasury", "The money may not have reached the treasury"),
        ("Radio Reed denied it", None),
        ("港口没关闭了", "港口关闭了"),
        ("!", None),
    ],
)
def test_the_closest_words_are_found(piece: str, nearest: str | None) -> None:
    text = "It rained all day. The money may not have reached the treasury. 港口关闭了。"

    assert Pieces(text, sentences_of(text)).nearest(piece) == nearest


def test_the_closest_words_are_searched_for_in_given_spans() -> None:
    text = "The gate is shut. The old gate is open."
    pieces = Pieces(text, sentences_of(text))

    assert pieces.nearest("gate is ajar") == "gate is"
    assert pieces.nearest("old gate is ajar", [Span(20, 25)]) == "old gate is"


# The piece for a span.


@pytest.mark.parametrize(
    ("text", "place", "piece"),
    [
        ("One port", Span(4, 8), "port"),
        ("One port", Span(3, 8), "port"),
        ("a port, a ship", Span(8, 9), {"text": "a", "within": "a ship", "occurrence": None}),
        ("no no no no no", Span(3, 5), {"text": "no", "within": None, "occurrence": 2}),
        ("the other", Span(5, 8), {"text": "the", "within": "other", "occurrence": None}),
        ("the theory theory", Span(11, 14), {"text": "the", "within": "theory", "occurrence": 2}),
        ("one  port", Span(0, 9), "one port"),
        ("👩\u200d✈️", Span(0, 1), "👩\u200d✈️"),
        ("a \u200b", Span(1, 3), None),
        ("a¨", Span(1, 2), None),
    ],
)
def test_a_span_has_a_piece(text: str, place: Span, piece: object) -> None:
    assert Pieces(text).piece_of(place) == piece


def test_a_piece_is_unambiguous_inside_a_scope() -> None:
    pieces = Pieces("the gate. Shut the gate")

    assert pieces.piece_of(Span(19, 23), Span(10, 23)) == "gate"


@given(st.text(st.sampled_from(TRICKY), min_size=1, max_size=25), st.data())
@example("a a", None)
def test_a_piece_leads_back_to_its_span(text: str, data: st.DataObject | None) -> None:
    pieces = Pieces(text)
    start = data.draw(st.integers(0, len(text) - 1)) if data else 2
    place = Span(start, data.draw(st.integers(start + 1, len(text))) if data else 3)
    piece = pieces.piece_of(place)
    given = piece if isinstance(piece, dict) else {"text": piece or "", "within": None, "occurrence": None}

    within = given["within"]
    around = None if within is None else pieces.places(str(within))
    stand = pieces.places(str(given["text"]), around, parts=within is not None)
    number = given["occurrence"]
    assert piece is None or (number is not None) or len(stand) == 1
    assert piece is None or stand[int(number or 1) - 1] == pieces.trimmed(place)


def test_the_search_for_the_closest_words_is_limited() -> None:
    text = "Maro raised the toll. " * 10_000
    pieces = Pieces(text, [Span(22 * number, 22 * number + 21) for number in range(10_000)])

    found = [pieces.nearest(f"Maro raised the toll {number}") for number in range(30)]

    assert found == ["Maro raised the toll"] * 26 + [None] * 4
    assert Pieces(text, [Span(0, 1001)]).nearest("Maro raised the tolls") is None
    assert Pieces(text, [Span(0, 21)]).nearest("Maro raised the toll " * 50) is None


def test_only_short_pieces_are_found_at_places_that_overlap() -> None:
    pieces = Pieces("ab " * 300)

    assert [place.start for place in pieces.places("ab ab")][:3] == [0, 3, 6]
    assert [place.start for place in pieces.places(" ".join(["ab"] * 100))] == [0, 299 + 1, 600]


def test_a_long_run_of_flags_is_divided_at_every_offset() -> None:
    text = "\U0001f1e9\U0001f1ea" * 200

    assert [is_border(text, offset) for offset in (1, 2, 3, 201, 202, 301)] == [False, True, False, True, True, True]


def test_evidence_in_very_many_sentences_distinguishes_no_words() -> None:
    sentences = [Span(2 * number, 2 * number + 2) for number in range(101)]
    pieces = Pieces("a " * 101, sentences)

    assert pieces.sentences_of([Span(0, 200)]) == sentences[:100]
    assert pieces.sentences_of([Span(0, 202)]) == []
