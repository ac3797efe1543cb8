"""The sentence model: what it may add, and what happens when it, or what it kept, is not there."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from legannot.model import Status
from legannot.tag import Packs, embed, load_encoder, tag_unit
from legannot.tag.embed import DEFAULT_MODEL, Loaded, VectorCache, pieces
from legannot.tag.packs import Thresholds
from tests.tag.conftest import Bags, alone

MODEL = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
OF_ONE = np.array([0.6, 0.8], np.float32)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    found = load_encoder(cache=tmp_path_factory.mktemp("vectors"))
    if found.encoder is None:
        pytest.skip(" ".join(found.notices))
    return found


# ── without a model ───────────────────────────────────────────────────────────────────────────────


def test_a_model_that_is_not_installed_gives_a_notice(tmp_path: Path) -> None:
    for name in ("no_such_package", "org/model-on-a-hub", str(tmp_path / "nowhere"), str(tmp_path)):
        found = load_encoder(name)
        assert found.encoder is None
        assert "is not installed: rules only" in found.notices[0]


def test_a_default_model_that_is_not_the_pinned_one_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    package = ModuleType(DEFAULT_MODEL)
    package.get_model_path = lambda: str(tmp_path)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, DEFAULT_MODEL, package)
    found = load_encoder()
    assert found.encoder is None
    assert "is not the pinned one" in found.notices[0]


def test_a_folder_that_holds_no_model_gives_a_notice(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"no weights at all")
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    found = load_encoder(tmp_path)
    assert found.encoder is None
    assert "cannot be loaded" in found.notices[0]


# ── long texts ────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(st.sampled_from(["word", "a;", "end.", "—"]), max_size=60), st.integers(4, 20))
def test_pieces_cover_a_text_and_none_is_longer_than_the_model_reads(
    words: list[str], limit: int
) -> None:
    text = " ".join(words)
    offsets: list[tuple[int, int]] = []
    for word in words:
        start = offsets[-1][1] + 1 if offsets else 0
        offsets.append((start, start + len(word)))
    found = pieces(text, offsets, limit)
    assert "".join(text[s:e] for s, e in found).replace(" ", "") == text.replace(" ", "")
    assert all(len(text[s:e].split()) <= limit for s, e in found)
    assert list(found) == sorted(found)


def test_a_piece_ends_after_a_clause_where_it_can() -> None:
    text = "a b c; d e f"
    offsets = [(0, 1), (2, 3), (4, 5), (5, 6), (7, 8), (9, 10), (11, 12)]
    assert [text[s:e] for s, e in pieces(text, offsets, 5)] == ["a b c;", "d e f"]


# ── vectors on disk ───────────────────────────────────────────────────────────────────────────────


def test_vectors_are_kept_for_the_next_run(tmp_path: Path) -> None:
    VectorCache.open(tmp_path, MODEL, 2).add(["a text"], OF_ONE[None])
    again = VectorCache.open(tmp_path, MODEL, 2)
    assert again.notices == ()
    vector = again.get("a text")
    assert vector is not None
    assert vector.tolist() == OF_ONE.tolist()
    assert again.get("another text") is None


@pytest.mark.usefixtures("loaded")
def test_what_the_cache_holds_needs_no_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_encoder(cache=tmp_path).encoder
    assert first is not None
    text = "No person may distil a model. " * 40
    parts = [text[s:e] for s, e in first.pieces(text)]
    assert len(parts) > 1
    made = first.encode(parts)

    def refuse(folder: Path) -> object:
        raise AssertionError(f"{folder} was loaded")

    monkeypatch.setattr(embed, "_transformer", refuse)
    again = load_encoder(cache=tmp_path).encoder
    assert again is not None
    assert [text[s:e] for s, e in again.pieces(text)] == parts
    assert (again.encode(parts) == made).all()


def test_vectors_of_another_model_are_not_used(tmp_path: Path) -> None:
    VectorCache.open(tmp_path, MODEL, 2).add(["a text"], OF_ONE[None])
    assert VectorCache.open(tmp_path, "0" * 64, 2).get("a text") is None


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda raw: raw[:-1], id="cut off"),
        pytest.param(lambda raw: raw + b"more", id="too long"),
        pytest.param(lambda raw: raw[:34] + b"\xff\xff" + raw[36:], id="bytes changed"),
        pytest.param(lambda raw: bytes(len(raw)), id="zeros"),
        pytest.param(lambda raw: raw[:-4] + b"\x00\x00\xc0\x7f", id="not a number"),
    ],
)
def test_a_damaged_cache_is_begun_anew_with_a_notice(tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    VectorCache.open(tmp_path, MODEL, 2).add(["a text"], OF_ONE[None])
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage(file.read_bytes()))
    cache = VectorCache.open(tmp_path, MODEL, 2)
    assert cache.get("a text") is None
    assert "begun anew" in cache.notices[0]
    cache.add(["a text"], OF_ONE[None])
    assert VectorCache.open(tmp_path, MODEL, 2).get("a text") is not None


def test_a_cache_of_vectors_of_another_length_is_begun_anew(tmp_path: Path) -> None:
    VectorCache.open(tmp_path, MODEL, 2).add(["a", "b", "c"], np.array([OF_ONE] * 3))
    other = VectorCache.open(tmp_path, MODEL, 384)
    assert other.get("a") is None
    assert "begun anew" in other.notices[0]


def test_a_cache_of_another_format_is_left_alone(tmp_path: Path) -> None:
    older = tmp_path / f"vectors-0-{MODEL[:16]}.bin"
    older.write_bytes(b"what another version keeps")
    cache = VectorCache.open(tmp_path, MODEL, 2)
    assert cache.notices == ()
    cache.add(["a"], np.array([OF_ONE]))
    assert older.read_bytes() == b"what another version keeps"


def test_a_cache_that_cannot_be_written_stays_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    cache = VectorCache.open(tmp_path / "file", MODEL, 2)
    cache.add(["a text"], OF_ONE[None])
    assert cache.get("a text") is not None


# ── what a model adds ─────────────────────────────────────────────────────────────────────────────


def _packs(packs: Packs, exemplar: str, contrast: str, **thresholds: float) -> Packs:
    needed = Thresholds(suggest={"dx.extract": 0.7}, margin=0.1, veto=0.3)
    return replace(
        packs,
        exemplars={"dx.extract": (exemplar,)},
        contrast=(contrast,),
        thresholds=replace(needed, **thresholds),  # type: ignore[arg-type]
    )


NEAR = "An artificial intelligence model shall not be squeezed for all that it has learned."


def test_a_model_suggests_what_no_rule_asserts(packs: Packs) -> None:
    near = _packs(packs, NEAR, "Ducks are counted in spring.")
    (tagged,) = (t for t in tag_unit(alone(NEAR), near, Bags()) if t.topic == "dx.extract")
    assert tagged.status is Status.SUGGESTED
    assert (tagged.rule, tagged.exemplar) == (None, NEAR)
    assert tagged.confidence < 0.2  # none of those that could be checked was right
    assert tagged.evidence[0].quote == NEAR


def test_a_suggestion_needs_its_threshold_its_margin_and_a_section_in_scope(packs: Packs) -> None:
    def suggested(text: str, some: Packs) -> bool:
        return any(t.status is Status.SUGGESTED for t in tag_unit(alone(text), some, Bags()))

    far = "Ducks are counted in spring."
    other = NEAR.replace("An artificial intelligence model", "A big lemon")
    assert not suggested(NEAR, _packs(packs, far, far))
    assert not suggested(NEAR, _packs(packs, NEAR, NEAR))
    assert not suggested(other, _packs(packs, other, far))


def test_a_rule_that_spoke_needs_no_suggestion(packs: Packs) -> None:
    text = "No person may carry out a model extraction attack on an artificial intelligence model."
    near = _packs(packs, text, "Ducks are counted in spring.")
    (tagged,) = (t for t in tag_unit(alone(text), near, Bags()) if t.topic == "dx.extract")
    assert tagged.status is Status.ASSERTED


def test_a_contrast_sentence_vetoes_a_polysemous_rule(packs: Packs) -> None:
    text = "The plant shall use distillation of mash in a model still."
    assert "dx.extract" in {t.topic for t in tag_unit(alone(text), packs)}
    near = _packs(packs, "Owners of chat programs dislike rivals.", text)
    assert "dx.extract" not in {t.topic for t in tag_unit(alone(text), near, Bags())}


def test_the_pinned_model_reads_and_tells_fields_apart(loaded: Loaded) -> None:
    encoder = loaded.encoder
    assert encoder is not None
    assert loaded.notices == ()
    assert encoder.name.startswith(f"{DEFAULT_MODEL} 53aa51172d14")
    texts = [
        "Training a smaller model on the outputs of a larger one.",
        "Using the answers of one AI system to build a rival system.",
        "Ducks are counted each spring.",
    ]
    vectors = encoder.encode(texts)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2
    assert np.allclose(encoder.encode(texts[:1]), vectors[:1], atol=1e-5)
    long = "The Secretary shall publish each list of models; " * 40
    ranges = encoder.pieces(long)
    assert len(ranges) > 1
    assert "".join(long[s:e] for s, e in ranges).replace(" ", "") == long.replace(" ", "")
    assert encoder.encode([]).shape == (0, 384)
