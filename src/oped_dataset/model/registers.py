"""The outside registers whose identifiers have web addresses.

Here: the address of an identifier, by its scheme.
Not here: the identifiers themselves (`records.Identifier`).
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from oped_dataset.model.records import Entity

# Some registers use http in the identifiers of their entities. Linked data compares these as strings, so http stays.
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
"""The addresses by scheme, as the documentation of each register writes them."""


def addresses(entity: Entity) -> list[str]:
    """List the addresses of an entity in outside registers; identifiers of registers without addresses are left out.

    Args:
        entity: The entity.
    """
    return [
        _ADDRESSES[identifier.scheme].format(quote(identifier.value, safe=""))
        for identifier in entity.identifiers
        if identifier.scheme in _ADDRESSES
    ]
