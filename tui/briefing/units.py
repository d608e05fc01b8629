"""Units of quantities under their several names."""

from functools import lru_cache
from types import MappingProxyType
from typing import Final

_ALIKE: Final = (
    ("m", "meter", "metre"),
    ("km", "kilometer", "kilometre"),
    ("mi", "mile"),
    ("ft", "foot", "feet"),
    ("ha", "hectare"),
    ("m2", "m²", "sqm", "square meter", "square metre"),
    ("km2", "km²", "square kilometer", "square kilometre"),
    ("m3", "m³", "cubic meter", "cubic metre"),
    ("l", "liter", "litre"),
    ("kg", "kilo", "kilogram", "kilogramme"),
    ("t", "tonne", "metric ton"),
    ("s", "sec", "second"),
    ("min", "minute"),
    ("h", "hr", "hour"),
    ("%", "percent", "per cent", "percentage", "pct"),
    ("km/h", "kph", "kmh", "kilometers per hour", "kilometres per hour", "kilometers an hour", "kilometres an hour"),
    ("usd", "us$", "$", "us dollar", "dollar"),
    ("eur", "€", "euro"),
    ("gbp", "£", "pound sterling", "pounds sterling"),
    ("kwh", "kilowatt-hour", "kilowatt hour"),
    ("mw", "megawatt"),
    ("°c", "degree celsius", "degrees celsius"),
)
_NAMES: Final = MappingProxyType({name: names[0] for names in _ALIKE for name in names})
_SCALES: Final = MappingProxyType({"mn": "million", "m": "million", "bn": "billion", "thousands": "thousand"})


@lru_cache(maxsize=1_024)
def one_unit(written: str | None) -> str:
    """Return the shared name of a unit's spellings, “m3” for “cubic metres”. Empty without a unit."""
    words = " ".join((written or "").casefold().split())
    if words in _NAMES:
        return _NAMES[words]
    if words.removesuffix("s") in _NAMES:
        return _NAMES[words.removesuffix("s")]
    scale, _, unit = words.partition(" ")
    scale = _SCALES.get(scale, scale.removesuffix("s"))
    return f"{scale} {one_unit(unit)}" if unit and scale in {"thousand", "million", "billion", "trillion"} else words
