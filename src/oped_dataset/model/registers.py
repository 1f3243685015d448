"""The outside registers whose identifiers have an address on the web.

Here: the address of an identifier, by its scheme.
Not here: the identifiers themselves (`records.Identifier`).
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from oped_dataset.model.records import Entity

_ADDRESSES: Final = {
    "bnf": "https://data.bnf.fr/ark:/12148/cb{}",
    "geonames": "https://sws.geonames.org/{}/",
    "gnd": "https://d-nb.info/gnd/{}",
    "isni": "https://isni.org/isni/{}",
    "issn": "https://portal.issn.org/resource/ISSN/{}",
    "issn-electronic": "https://portal.issn.org/resource/ISSN/{}",
    "lccn": "http://id.loc.gov/authorities/names/{}",
    "ror": "https://ror.org/{}",
    "viaf": "http://viaf.org/viaf/{}",
    "wikidata": "http://www.wikidata.org/entity/{}",
}
"""The address that each register gives to what it identifies, by scheme, as its documentation writes it."""


def addresses(entity: Entity) -> list[str]:
    """The addresses of an entity in outside registers, for those of its identifiers whose register has them.

    Args:
        entity: The entity.
    """
    return [
        _ADDRESSES[identifier.scheme].format(quote(identifier.value, safe=""))
        for identifier in entity.identifiers
        if identifier.scheme in _ADDRESSES
    ]
