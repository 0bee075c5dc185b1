"""What every model shares, and how decimals look in JSON."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, PlainSerializer, WithJsonSchema

from qippctl.money import plain

_put = object.__setattr__


class Model(BaseModel):
    """Frozen, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def kept(cls, values: dict[str, Any]) -> Self:
        """A model as it was validated when it was kept: every field, of its own type, in the order of the fields.

        Ten times as fast as asking everything again. What comes from outside is validated, never this.
        """
        made = cls.__new__(cls)
        _put(made, "__dict__", values)
        _put(made, "__pydantic_fields_set__", _names(cls))
        _put(made, "__pydantic_extra__", None)
        _put(made, "__pydantic_private__", None)
        return made


@cache
def _names(model: type[Model]) -> set[str]:
    """All fields of a model: copies of it take a set of their own."""
    return set(model.model_fields)


PlainDecimal = Annotated[
    Decimal,
    PlainSerializer(plain, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}),
]
"""A decimal that is a string in plain notation in JSON: never a float, never an exponent."""
