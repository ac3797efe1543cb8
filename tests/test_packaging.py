"""The wheel that is built from these sources, away from them."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

DATA = ("templates", "rules", "corpus")
SUFFIXES = {
    "templates": (".j2", ".css", ".js"),
    "rules": (".yaml",),
    "corpus": (".xml", ".json"),
}
# What `--help` can do without; some of them take seconds to import.
HEAVY = (
    "docx",
    "jinja2",
    "jsonschema",
    "numpy",
    "pyarrow",
    "rich",
    "scipy",
    "sentence_transformers",
    "spacy",
    "torch",
    "yaml",
)


_NO_SOURCES = (".*", "__pycache__", "*.egg-info", "build", "dist", "node_modules", "out")


def run(*command: str | Path, cwd: Path, path: Path | None = None) -> str:
    """Run a command outside the sources; what it printed."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "LEGANNOT"))}
    if path:
        environment["PYTHONPATH"] = str(path)
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source package, so that nothing left in build/ gets into it.

    The sources are copied first: a build writes beside them, and reads what an earlier one wrote.
    """
    out = tmp_path_factory.mktemp("dist")
    copy = tmp_path_factory.mktemp("sources") / "legannot"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*_NO_SOURCES))
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, copy, cwd=out)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds nothing but the installed wheel."""
    target = tmp_path_factory.mktemp("installed")
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    run(*pip, "install", "--no-deps", "--no-index", "--target", target, wheel, cwd=target)
    return target


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder to run in."""
    return tmp_path_factory.mktemp("elsewhere")


def shipped(kind: str) -> set[str]:
    return {
        str(file.relative_to(ROOT / kind))
        for file in (ROOT / kind).rglob("*")
        if file.suffix in SUFFIXES[kind]
    }


def test_every_package_is_listed() -> None:
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = config["options"]["packages"].split()
    folders = {
        ".".join(file.parent.relative_to(ROOT).parts)
        for file in (ROOT / "legannot").rglob("__init__.py")
    }
    assert len(listed) == len(set(listed))
    assert set(listed) == folders | {f"legannot.{kind}" for kind in DATA}


@pytest.mark.parametrize("kind", DATA)
def test_the_installed_wheel_holds_all_data(installed: Path, elsewhere: Path, kind: str) -> None:
    ask = f"from legannot.resources import data; print(data({kind!r}))"
    folder = Path(run(sys.executable, "-c", ask, cwd=elsewhere, path=installed).strip())
    assert folder == installed / "legannot" / kind
    assert shipped(kind)
    assert shipped(kind) <= {str(f.relative_to(folder)) for f in folder.rglob("*")}


@pytest.mark.parametrize("kind", DATA)
def test_no_data_file_is_of_a_kind_that_would_be_left_out(kind: str) -> None:
    files = [f for f in (ROOT / kind).rglob("*") if f.is_file() and "__pycache__" not in f.parts]
    left_out = [f.name for f in files if f.suffix not in (*SUFFIXES[kind], ".md", ".py")]
    assert not left_out


def test_the_installed_wheel_reads_its_sample(installed: Path, elsewhere: Path) -> None:
    names = ("sample:model-access/ih", "sample:model-access/eh")
    ask = "from legannot.cli import main; main()"
    shown = run(sys.executable, "-c", ask, "diff", *names, cwd=elsewhere, path=installed)
    assert "Introduced in House" in shown
    assert "{+" in shown


def test_the_installed_program_is_the_checked_version(installed: Path, elsewhere: Path) -> None:
    from legannot import __version__

    shown = run(installed / "bin" / "legannot", "--version", cwd=elsewhere, path=installed)
    assert __version__ in shown


def test_types_are_shipped(installed: Path) -> None:
    assert (installed / "legannot" / "py.typed").is_file()


def loaded(*arguments: str) -> set[str]:
    """The heavy modules that a command imports."""
    ask = (
        "import sys\n"
        "from legannot.cli import cli\n"
        f"cli.main({list(arguments)!r}, standalone_mode=False)\n"
        f"print('loaded', *(set({HEAVY!r}) & set(sys.modules)))"
    )
    return set(run(sys.executable, "-c", ask, cwd=ROOT, path=ROOT).splitlines()[-1].split()[1:])


def test_help_imports_nothing_heavy() -> None:
    assert loaded("--help") == set()


def test_a_redline_imports_no_model_and_no_templates() -> None:
    versions = ("sample:model-access/ih", "sample:model-access/rh")
    assert loaded("diff", *versions, "--color", "never") <= {"numpy", "scipy"}


def requirements() -> tuple[set[str], list[Requirement]]:
    """The names of what the program and its extras need; all that it and its tests ask for."""
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    needed = config["options"]["install_requires"].strip().splitlines()
    needed += config["options.extras_require"]["pdf"].strip().splitlines()
    for_tests = config["options.extras_require"]["test"].strip().splitlines()
    asked = [Requirement(line) for line in (*needed, *for_tests)]
    return {canonicalize_name(r.name) for r in asked[: len(needed)]}, asked


def test_every_third_party_import_is_a_stated_dependency() -> None:
    needed, _ = requirements()
    providers = packages_distributions()
    missing = {
        (file.name, module)
        for file in (ROOT / "legannot").rglob("*.py")
        for module in imported(file) - sys.stdlib_module_names - {"legannot"}
        if not needed & set(map(canonicalize_name, providers.get(module, ())))
    }
    assert missing == set()


def test_every_stated_dependency_is_used() -> None:
    needed, _ = requirements()
    sources = "\n".join(f.read_text("utf-8") for f in (ROOT / "legannot").rglob("*.py"))
    modules = {
        canonicalize_name(distribution): module
        for module, distributions in packages_distributions().items()
        for distribution in distributions
        if re.search(rf"\b{re.escape(module)}\b", sources)
    }
    assert needed - set(modules) == set()


def imported(file: Path) -> set[str]:
    """The top-level modules that a file imports anywhere."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_one_release_of_each_dependency_is_pinned() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if line and not line.startswith("#")]
    pinned = {canonicalize_name(pin.name): pin for pin in pins}
    assert len(pinned) == len(pins)
    for requirement in requirements()[1]:
        (version,) = pinned[canonicalize_name(requirement.name)].specifier
        assert version.operator == "=="
        assert requirement.specifier.contains(version.version), str(requirement)
