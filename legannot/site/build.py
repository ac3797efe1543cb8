"""The whole site: which bills changed, their pages in parallel, the pages that lead to them.

A bill is made anew if its files, its notes, its entry, the rules, the templates, the title of the
site or the program changed; the index, the feeds and the map are made of what was kept of each.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

from legannot import __version__
from legannot.errors import InputError, LegannotError
from legannot.model import BillId
from legannot.model.notes import HouseNote
from legannot.notes import load as load_notes
from legannot.parse import is_billstatus, parse
from legannot.render.atom import Entry, Feed, atom, newest_first
from legannot.site.config import Config
from legannot.site.digest import Digest
from legannot.site.look import Look
from legannot.site.look import load as load_look
from legannot.site.meta import Meta, Site, linked_data
from legannot.site.store import Manifest, Outcome, Store
from legannot.site.work import Analyst, Job, Made, make
from legannot.source import Source

# Entries of the feed of all bills; each bill's own feed has all of its own.
FEED_ENTRIES = 100
# A bill or two are made sooner than a second process is at work.
PARALLEL_FROM = 3
INDEX, ABOUT, FEED, MAP = "index.html", "about/index.html", "feed.xml", "sitemap.xml"


@dataclass(frozen=True, slots=True)
class Built:
    """What a run did: bills made anew, those that stayed, those that went, and the files."""

    made: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    files: Outcome


@dataclass(frozen=True, slots=True)
class _Plan:
    """An entry with the digests of its files, and of all that its pages are made of."""

    job: Job
    inputs: str
    key: str


def build(
    config: Config,
    output: Path,
    analyst: Callable[[], Analyst],
    *,
    identity: str,
    resolve: Callable[[Sequence[str]], tuple[Source, ...]],
    say: Callable[[str], None],
    workers: int | None = None,
) -> Built:
    """Bring the site in `output` up to date.

    `analyst` makes what reads and reports, in this or another process; `identity` says which rules
    and which sentence model it has, `resolve` what the names of versions stand for.  Raises
    `InputError` for an input, `OutputError` for the disk; then the old site is as it was.
    """
    look = load_look(config.house)
    site = Site(
        config.title, config.address, config.publisher, config.description,
        f"legannot site {config.path.name}",
    )  # fmt: skip
    store = Store(output)
    before = store.open()
    try:
        plans = _plans(config, site, look, identity, before, resolve)
        known = {str(kept.get("key")): slug for slug, kept in before.bills.items()}
        stale = [plan for plan in plans if not _fresh(plan, known, before, store)]
        made = dict(zip(stale, _make(stale, site, look, analyst, store, say, workers), strict=True))
        kept = {plan: before.bills[known[plan.key]] for plan in plans if plan not in made}
        after, staged, leading = _assemble(plans, made, kept, before, site, look, store)
        outcome = store.commit(before, after, staged, leading)
    except BaseException:
        store.discard()
        raise
    new = [made[plan].digest.label for plan in stale]
    old = [Digest.from_json(_mapping(kept[p]["digest"])).label for p in plans if p in kept]
    gone = [
        Digest.from_json(_mapping(value["digest"])).label
        for slug, value in before.bills.items()
        if slug not in after.bills
    ]
    return Built(tuple(new), tuple(old), tuple(gone), outcome)


# ── what has to be made ──────────────────────────────────────────────────────────────────────────


def _plans(
    config: Config,
    site: Site,
    look: Look,
    identity: str,
    before: Manifest,
    resolve: Callable[[Sequence[str]], tuple[Source, ...]],
) -> tuple[_Plan, ...]:
    notes = load_notes(config.notes) if config.notes else ()
    numbers = {str(kept.get("inputs")): slug for slug, kept in before.bills.items()}
    assigned: set[str] = set()
    plans = []
    for entry in config.bills:
        names = tuple(map(config.resolved, entry.versions))
        try:
            sources = resolve(names)
            files = [
                (_short(s.name, config), s.provenance.sha256, _hash(s.mods or b""), _hash(s.status))
                for s in sources
            ]
            inputs = _hash(json.dumps((files, entry.id)).encode())
            number = notes and (_read(numbers.get(inputs, "")) or _read(entry.id) or _id(sources))
        except LegannotError as wrong:
            raise InputError(f"{wrong}", where=config.path.name, line=entry.line) from None
        mine = tuple(note for note in notes if _named(note) == number)
        assigned.update(note.id for note in mine)
        parts = (
            __version__, identity, look.sha256, asdict(site), inputs, [asdict(n) for n in mine],
            (entry.title, entry.summary),
        )  # fmt: skip
        job = Job(entry, sources, config.path.name, config.folder, mine)
        plans.append(_Plan(job, inputs, _hash(json.dumps(parts, sort_keys=True).encode())))
    for note in notes:
        if note.id not in assigned:
            raise InputError(
                f"the note {note.id!r} is about {_named(note) or 'a bill that it does not name'},"
                " which is not on the site.",
                where=note.file,
                cure="Name the bill in its anchor, or add it to the site.",
            )
    return tuple(plans)


def _named(note: HouseNote) -> BillId | None:
    """The bill of a note: by its anchor, or by the folder that it lies in, `119-hr-8315`."""
    return _read(note.anchor.bill) or _read(Path(note.file).parent.name)


def _read(name: str) -> BillId | None:
    try:
        return BillId.parse(name.replace("-", ""))
    except ValueError:
        return None


def _id(sources: Sequence[Source]) -> BillId | None:
    texts = (source for source in sources if not is_billstatus(source.data))
    first = next(texts, None)
    return parse(first).id if first else None


def _short(name: str, config: Config) -> str:
    path = Path(name)
    if path.is_absolute() and path.is_relative_to(config.folder):
        return path.relative_to(config.folder).as_posix()
    return path.name if path.is_absolute() else name


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()


def _fresh(plan: _Plan, known: Mapping[str, str], before: Manifest, store: Store) -> bool:
    """Whether a bill's pages are there, whole, and made of what they would be made of now."""
    slug = known.get(plan.key)
    if slug is None:
        return False
    return all(store.intact(name, sha) for name, sha in _pages(slug, before.files))


def _pages(slug: str, files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, sha in files.items():
        if name.startswith(f"bill/{slug}/") and not name.endswith(FEED):
            yield name, sha


# ── making it ────────────────────────────────────────────────────────────────────────────────────

_worker: Callable[[Job], Made]


def _start(site: Site, house: Path | None, analyst: Callable[[], Analyst], folder: Path) -> None:
    """Set up a worker: templates and rules are loaded once for all its bills."""
    global _worker  # noqa: PLW0603 - how a pool hands its workers what all of their jobs need
    _worker = partial(
        make, site=site, look=load_look(house), analyst=analyst(), write=Store(folder).stage
    )


def _work(job: Job) -> Made:
    return _worker(job)


def _make(
    stale: Sequence[_Plan],
    site: Site,
    look: Look,
    analyst: Callable[[], Analyst],
    store: Store,
    say: Callable[[str], None],
    workers: int | None,
) -> Iterator[Made]:
    number = min(workers or _processors(), len(stale))
    jobs = [plan.job for plan in stale]
    if not jobs:
        return
    if number < 2 or len(jobs) < PARALLEL_FROM:  # noqa: PLR2004 - one process is this one
        mine = analyst()
        for done, job in enumerate(jobs, 1):
            yield make(job, site, look, mine, store.stage)
            say(f"bill {done} of {len(jobs)} ...")
        return
    with ProcessPoolExecutor(
        number,
        mp_context=get_context("spawn"),
        initializer=_start,
        initargs=(site, look.house, analyst, store.folder),
    ) as pool:
        try:
            for done, result in enumerate(pool.map(_work, jobs), 1):
                yield result
                say(f"bill {done} of {len(jobs)} ...")
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _processors() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# ── the pages that lead to the bills ─────────────────────────────────────────────────────────────


def _assemble(
    plans: Sequence[_Plan],
    made: Mapping[_Plan, Made],
    kept: Mapping[_Plan, Mapping[str, object]],
    before: Manifest,
    site: Site,
    look: Look,
    store: Store,
) -> tuple[Manifest, list[str], list[str]]:
    """What the folder will hold, what of it was written, and what leads to the rest."""
    files: dict[str, str] = {}
    bills: dict[str, Mapping[str, object]] = {}
    digests: list[Digest] = []
    staged: list[str] = []
    for plan in plans:
        if plan in made:
            digest = made[plan].digest
            files.update(made[plan].files)
            staged += made[plan].files
            bill: Mapping[str, object] = {
                "key": plan.key, "inputs": plan.inputs, "digest": digest.as_json(),
            }  # fmt: skip
        else:
            bill = kept[plan]
            digest = Digest.from_json(_mapping(bill["digest"]))
            files.update(_pages(digest.slug, before.files))
        if digest.slug in bills:
            raise InputError(
                f"{digest.label} stands twice.", where=plan.job.where, line=plan.job.entry.line,
                cure="Put all its versions into one entry.",
            )  # fmt: skip
        bills[digest.slug] = bill
        digests.append(digest)
    leading = dict(_leading(digests, site, look))
    for name, data in leading.items():
        files[name] = store.stage(name, data)
    return Manifest(files, bills), [*staged, *leading], list(leading)


def _leading(digests: Sequence[Digest], site: Site, look: Look) -> Iterator[tuple[str, bytes]]:
    for digest in digests:
        yield f"{digest.folder}{FEED}", _feed(site, digest.folder, digest.label, digest.entries)
    recent = newest_first([entry for digest in digests for entry in digest.entries])
    yield FEED, _feed(site, "", "", recent[:FEED_ENTRIES])
    families = list(
        dict.fromkeys(s.family for digest in digests for s in digest.subjects if not s.procedural)
    )
    counts = {
        digest.slug: [
            sum(subject.after for subject in digest.subjects if subject.family == family)
            for family in families
        ]
        for digest in digests
    }
    peak = max((number for row in counts.values() for number in row), default=0)
    newest = sorted(digests, key=lambda digest: digest.day, reverse=True)
    common = {"site": site, "bills": newest, "version": __version__}
    description = site.description or f"{site.title}: bills compared and annotated."
    yield (
        INDEX,
        look.page(
            "index.html.j2", root="", families=families, counts=counts, peak=peak, **common,
            meta=_meta(site, site.title, description, "", "WebSite"),
        ),
    )  # fmt: skip
    yield (
        ABOUT,
        look.page(
            "about.html.j2", root="../", **common,
            meta=_meta(site, f"About the method: {site.title}", description, "about/", "AboutPage"),
        ),
    )  # fmt: skip
    yield MAP, _map(site, newest)


def _meta(site: Site, title: str, description: str, place: str, kind: str) -> Meta:
    address = f"{site.address}{place}"
    data = linked_data(
        {
            "@type": kind, "@id": address, "name": title, "inLanguage": "en",
            "publisher": {"@type": "Organization", "name": site.publisher},
        }
    )  # fmt: skip
    return Meta(title, description, address, "website", data, f"{site.address}{FEED}")


def _feed(site: Site, folder: str, label: str, entries: Sequence[Entry]) -> bytes:
    return atom(
        Feed(
            address=f"{site.address}{folder}{FEED}",
            title=f"{label}, {site.title}" if label else site.title,
            author=site.publisher,
            link=f"{site.address}{folder}",
            entries=newest_first(entries),
        )
    )


def _map(site: Site, digests: Sequence[Digest]) -> bytes:
    """The map for search engines (sitemaps.org): permanent addresses, not the copies."""
    from lxml import etree

    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    root = etree.Element(f"{{{space}}}urlset", nsmap={None: space})

    def add(place: str, day: str) -> None:
        node = etree.SubElement(root, f"{{{space}}}url")
        etree.SubElement(node, f"{{{space}}}loc").text = f"{site.address}{place}"
        if day:
            etree.SubElement(node, f"{{{space}}}lastmod").text = day

    add("", max((digest.day for digest in digests), default=""))
    add("about/", "")
    for digest in sorted(digests, key=lambda digest: digest.slug):
        add(digest.folder, digest.day)
        for slug in (*(v.slug for v in digest.versions), *(p.slug for p in digest.pairs)):
            add(f"{digest.folder}{slug}/", "")
    etree.indent(root)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


__all__ = ["Built", "build"]
