"""Stand-off annotation as STAM JSON, for stam and its query language.

Here: the drawing of an article as annotations on its text, and on other annotations.
Not here: the drawing (`drawing.py`) and the choice of the text (`texts.py`), and reading: there is no reader of STAM.

A region is an annotation on the text with its label, attributes, id and, for a record with voices, `told`, the voices
on one line. A link is an annotation on two annotations, from its source to its target, so that STAM queries can follow
a chain of voices. All data is in the set `oped`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from oped_dataset.exports.attribution import Data
from oped_dataset.exports.description import versions
from oped_dataset.exports.drawing import Region, draw
from oped_dataset.exports.texts import text_for
from oped_dataset.model.article import Article

_SET: Final = "oped"


def to_stam(article: Article, *, text: str | None = None) -> str:
    """Write an article as STAM JSON.

    Args:
        article: The article.
        text: Its text as annotated; not needed if the article contains it.

    Returns:
        The document, an annotation store with the text as its resource.

    Raises:
        TextNeeded: The text is missing or is not the annotated one.
    """
    words = text_for(article, text, "stam")
    # Ids do not contain slashes.
    resource = f"{article.id}/text"
    drawing = draw(article, words)
    about: Data = {"@type": "ResourceSelector", "resource": resource}
    described = {"label": "Article", "title": article.title, "licence": article.licence, **versions(article)}
    annotations = [_annotation(f"{article.id}/article", about, described)]
    for region in drawing.regions:
        told = {"told": region.told} if region.told else {}
        # Entities and lists of ids are in the links.
        single = {key: value for key, value in region.stored.items() if isinstance(value, (str, bool, int))}
        known = {"label": region.label, **region.attributes, **single, **told}
        annotations.append(_annotation(region.key, _selector(region, resource), known))
    for number, link in enumerate(drawing.links):
        ends = [{"@type": "AnnotationSelector", "annotation": end} for end in (link.source, link.target)]
        target = {"@type": "DirectionalSelector", "selectors": ends}
        annotations.append(_annotation(f"{article.id}/link/{number}", target, {"label": "link", "kind": link.kind}))
    store = {
        "@type": "AnnotationStore",
        "@id": article.id,
        "resources": [{"@type": "TextResource", "@id": resource, "text": words}],
        "annotationsets": [{"@type": "AnnotationDataSet", "@id": _SET, "keys": [], "data": []}],
        "annotations": annotations,
    }
    return json.dumps(store, ensure_ascii=False, indent=1) + "\n"


def _annotation(key: str, target: Data, known: Mapping[str, Any]) -> Data:
    data = [
        {"@type": "AnnotationData", "set": _SET, "key": name, "value": _value(value)} for name, value in known.items()
    ]
    return {"@type": "Annotation", "@id": key, "target": target, "data": data}


def _value(value: Any) -> Data:
    kind = "Bool" if isinstance(value, bool) else "Int" if isinstance(value, int) else "String"
    return {"@type": kind, "value": value if kind != "String" else str(value)}


def _selector(region: Region, resource: str) -> Data:
    selectors: list[Data] = [
        {
            "@type": "TextSelector",
            "resource": resource,
            "offset": {
                "@type": "Offset",
                **{
                    name: {"@type": "BeginAlignedCursor", "value": place[end]}
                    for name, end in (("begin", "start"), ("end", "end"))
                },
            },
        }
        for place in region.places
    ]
    return selectors[0] if len(selectors) == 1 else {"@type": "CompositeSelector", "selectors": selectors}
