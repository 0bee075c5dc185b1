"""Where the data files are: beside the code in a checkout, inside the package when installed; and the analyst's own."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

from qippctl.errors import ConfigurationError
from qippctl.models.base import Model

LARGEST_FILE = 262_144
M = TypeVar("M", bound=Model)


def folder(name: str) -> Path:
    """The folder of shipped data files (`parsers`, `policies`)."""
    package = Path(__file__).resolve().parent
    installed, checkout = package / name, package.parents[1] / name
    return installed if installed.is_dir() else checkout


def user_folder(name: str) -> Path:
    """The analyst's own folder for the same kind of file, which need not exist."""
    import platformdirs

    return Path(platformdirs.user_config_dir("qippctl", appauthor=False)) / name


def toml_files(name: str) -> Iterator[Path]:
    """The analyst's files of a kind, then the shipped ones, each in order of name."""
    for place in (user_folder(name), folder(name)):
        if place.is_dir():
            yield from sorted(place.glob("*.toml"))


def load(path: Path, model: type[M], *, largest: int = LARGEST_FILE) -> M:
    """Read a TOML file as a model; ConfigurationError says which line of which file is wrong."""
    from pydantic import ValidationError

    try:
        if path.stat().st_size > largest:
            raise ConfigurationError(f"{path}: larger than {largest} bytes, so not one of ours; not read")
        return model.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: not valid TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        said = first["msg"]
        if first["type"] == "extra_forbidden":
            said = f"no such key; there are: {', '.join(_keys(model, first['loc'][:-1]))}"
        raise ConfigurationError(f"{path}: {where}: {said}") from error


def _keys(model: type[Model], place: Sequence[str | int]) -> list[str]:
    """The keys that a place of a file may have; of a list or mapping, those of its items."""
    inner: Any = model
    for part in place:
        fields = getattr(inner, "model_fields", {})
        inner = fields[part].annotation if part in fields else inner
        inner = next((t for t in (inner, *_within(inner)) if isinstance(t, type) and issubclass(t, Model)), inner)
    return list(getattr(inner, "model_fields", {}))


def _within(kind: Any) -> Iterator[Any]:
    """The types that a type is made of."""
    for part in get_args(kind):
        yield part
        yield from _within(part)
