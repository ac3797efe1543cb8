"""The word notation: what it matches, what it refuses, and that no text makes it run away."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legannot.tag.folding import Folded
from legannot.tag.notation import NotationError, compile_pattern

LISTS = {
    "model": ("[frontier | foundation] (AI | artificial intelligence) model", "language model"),
    "loop": ("@loop",),
    "near": ("a ~3~ b",),
}


def found(pattern: str, text: str) -> list[str]:
    return [text[s:e] for s, e in compile_pattern(pattern, LISTS).find(Folded(text))]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        pytest.param("weight", "two weights", ["weights"], id="plural"),
        pytest.param("model", "the model's model", ["model's", "model"], id="possessive"),
        pytest.param("entity", "an entity and entities", ["entity", "entities"], id="ies"),
        pytest.param("model", "a remodeled house", [], id="whole words only"),
        pytest.param("734.13", "$83,734.13, 15 CFR 734.13", ["734.13"], id="whole numbers only"),
        pytest.param(
            "application <9> export",
            "Rule application.— The Export Board",
            [],
            id="no gap across a run-in heading",
        ),
        pytest.param(
            "release+", "releasing what was released", ["releasing", "released"], id="verb"
        ),
        pytest.param("submit+", "submitted", ["submitted"], id="doubled consonant"),
        pytest.param(
            "fine-tune+", "finetuned, fine-tuning", ["finetuned", "fine-tuning"], id="hyphened verb"
        ),
        pytest.param(
            "distil*", "distillation distilling", ["distillation", "distilling"], id="stem"
        ),
        pytest.param(
            "open-source", "open source, opensource", ["open source", "opensource"], id="hyphen"
        ),
        pytest.param(
            '"Entity List"', "an entity list and the Entity List", ["Entity List"], id="exact"
        ),
        pytest.param(
            '"EAR" ... item',
            "an ear and an EAR for the item",
            ["EAR for the item"],
            id="exact, not the first",
        ),
        pytest.param(
            "host .. model", "host any such model", ["host any such model"], id="short gap"
        ),
        pytest.param("host .. model", "host one two three four model", [], id="gap too wide"),
        pytest.param(
            "host ... model", "We host it. The model is big", [], id="not across sentences"
        ),
        pytest.param("host ... model", "hosted by No. 4 model", [], id="host is no verb here"),
        pytest.param(
            "list ... part",
            "list in Pub. L. 116 part",
            ["list in Pub. L. 116 part"],
            id="abbreviation",
        ),
        pytest.param("a <20> d", "a b c d", ["a b c d"], id="gap of n"),
        pytest.param(
            "model ~4~ output", "outputs of the model", ["outputs of the model"], id="either order"
        ),
        pytest.param(
            "the [big | small] model",
            "the model, the big model",
            ["the model", "the big model"],
            id="optional",
        ),
        pytest.param(
            "(own | control) a model", "control a model", ["control a model"], id="choice"
        ),
        pytest.param(
            "train a @model", "train a frontier AI model", ["train a frontier AI model"], id="list"
        ),
        pytest.param("10^26 operations", "10^26 operations", ["10^26 operations"], id="caret"),
        pytest.param(
            "10^26 operations", "10 26 operations", ["10 26 operations"], id="lost superscript"
        ),
        pytest.param(
            "10^26 operations", "1026 operations", ["1026 operations"], id="joined superscript"
        ),
        pytest.param("10^26 operations", "10²⁶ operations", ["10²⁶ operations"], id="superscript"),
        pytest.param(
            "10^26 operations", "10**26 operations", ["10**26 operations"], id="double star"
        ),
        pytest.param(
            "People's Republic", "the People’s Republic", ["People’s Republic"], id="curly"
        ),
        pytest.param(
            "export or reexport", "export, or reexport", ["export, or reexport"], id="comma"
        ),
        pytest.param("1,000 parameters", "1000 parameters", ["1000 parameters"], id="thousands"),
    ],
)
def test_a_pattern_matches_what_it_says(pattern: str, text: str, expected: list[str]) -> None:
    assert found(pattern, text) == expected


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [
        pytest.param("", "empty", id="nothing"),
        pytest.param("(a | b", "`)` is missing", id="open choice"),
        pytest.param("a | b", "unexpected `|`", id="bar outside"),
        pytest.param("(a | )", "empty choice", id="empty choice"),
        pytest.param("... a", "between words", id="gap first"),
        pytest.param("a ...", "between words", id="gap last"),
        pytest.param("a ... <3> b", "two gaps", id="two gaps"),
        pytest.param("a <0> b", "gap of 0", id="no gap"),
        pytest.param("a <99> b", "gap of 99", id="wide gap"),
        pytest.param("a ... b ... c ... d ... e ... f", "5 gaps", id="many gaps"),
        pytest.param("us* x", "too short", id="short stem"),
        pytest.param("3A090+ x", "only a verb", id="verb of digits"),
        pytest.param("a ~3~ b ~3~ c", "unexpected `~3~`", id="two nears"),
        pytest.param("~3~ b", "both sides", id="near alone"),
        pytest.param("@unknown", "no word list @unknown", id="unknown list"),
        pytest.param("@loop", "contains itself", id="loop"),
        pytest.param("@near", "cannot stand in a word list", id="near in a list"),
        pytest.param("a {b}", "cannot read `{b}`", id="brace"),
        pytest.param("[a] [b | c]", "must stand", id="nothing need stand"),
        pytest.param('["AI"]', "must stand", id="exact word that need not stand"),
        pytest.param("a^^b", "two signs", id="signs in a row"),
        pytest.param("$* x", "no letter", id="sign alone"),
    ],
)
def test_a_pattern_that_cannot_be_read_says_why(pattern: str, wrong: str) -> None:
    with pytest.raises(NotationError) as raised:
        compile_pattern(pattern, LISTS)
    assert wrong in str(raised.value)


PATTERNS = (
    "(host | serve+ | open-source) ... @model <12> (weights | list)",
    '"Entity List" ~20~ (model | distil*)',
    "10^26 [integer | or] operations",
)


@given(st.text(max_size=300))
def test_a_match_is_a_range_of_the_text_whatever_the_text(text: str) -> None:
    for pattern in PATTERNS:
        for start, end in compile_pattern(pattern, LISTS).find(Folded(text)):
            assert 0 <= start < end <= len(text)


@given(st.text(max_size=300))
def test_folding_keeps_every_offset(text: str) -> None:
    folded = Folded(text)
    assert len(folded.plain) == len(folded.low) == len(text)


@given(
    st.lists(
        st.sampled_from(["host", "serve", "AI", "model", "weights", "the", "10^26", "Entity List"])
    )
)
def test_a_text_without_the_needed_words_cannot_match(words: list[str]) -> None:
    folded = Folded(" ".join(words))
    for source in PATTERNS:
        pattern = compile_pattern(source, LISTS)
        if pattern.regex.search(folded.low) is not None and not pattern.exact:
            assert pattern.possible(folded.words)


@pytest.mark.parametrize("word", ["host ", "host AI ", "a ", "(", "host, serve; "])
def test_no_text_makes_a_pattern_run_away(word: str) -> None:
    pattern = compile_pattern("host <40> serve <40> model <40> list <40> weights", LISTS)
    text = Folded(word * 2000 + "serve model list weightless")
    begin = time.process_time()
    list(pattern.find(text))
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        pytest.param("the <40> the <40> the <40> the <40> weights", "the ", id="gaps"),
        pytest.param('"The" <40> "The" <40> "The" <40> weights', "the ", id="exact words"),
        pytest.param("[the] " * 24 + "weights", "the ", id="optional words"),
        pytest.param("(the | the the) " * 16 + "weights", "the ", id="choices"),
        pytest.param("s " * 24 + "weights", "s's'", id="apostrophes"),
    ],
)
def test_a_house_pattern_takes_no_longer_on_the_text_made_to_slow_it(
    pattern: str, words: str
) -> None:
    text = Folded("Weights " + words * 600)
    begin = time.process_time()
    list(compile_pattern(pattern, LISTS).find(text))
    assert time.process_time() - begin < 2  # hundredths of a second; it was minutes


WORDS = (
    "the",
    "The",
    "s",
    "a",
    "a-b",
    "mod*",
    "mode",
    "host+",
    "my",
    "10^",
    "$a",
    '"The A"',
    "1,0",
)


def _joined(parts: list[str]) -> str:
    return " ".join(parts)


PARTS = st.recursive(
    st.sampled_from(WORDS),
    lambda part: st.one_of(
        st.lists(part, min_size=1, max_size=3).map(lambda p: f"({' | '.join(p)})"),
        st.lists(part, min_size=1, max_size=2).map(lambda p: f"[{' | '.join(p)}]"),
        st.tuples(part, st.sampled_from(["..", "<1>", ""]), part).map(lambda p: _joined(list(p))),
    ),
    max_leaves=6,
)
TEXTS = st.lists(
    st.sampled_from(
        [
            "the",
            "The",
            "s",
            "'s",
            "'",
            "a",
            "b",
            "-",
            " ",
            " ",
            " ",
            "model",
            "mode",
            "hosted",
            "my",
            "mies",
            "10",
            "^",
            "*",
            "$",
            "$",
            ",",
            ". The ",
            "1,0",
            ";",
            "      ",
            "A",
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=500)
@given(st.lists(PARTS, min_size=1, max_size=3), st.sampled_from([" ", " <2> ", " ~2~ "]), TEXTS)
def test_a_walk_finds_what_the_expression_finds(parts: list[str], join: str, text: str) -> None:
    try:
        pattern = compile_pattern((join if len(parts) == 2 else " ").join(parts), LISTS)
    except NotationError:
        return
    folded = Folded(text)
    if pattern.possible(folded.words):
        assert list(pattern._walked(folded)) == list(pattern.find(folded))
