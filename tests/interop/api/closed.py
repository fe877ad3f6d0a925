"""The OpenAPI document as a judge wants it: no answer may have a field that is not documented.

Clients should bear new fields, so the document itself does not say so. What answers share with requests is copied first: a
request is judged as it is documented.
"""
import copy

SCHEMAS, OF_ANSWERS = "#/components/schemas/", "#/components/schemas/Answered"


def _refer(value):
    """References to schemas lead to the copies."""
    if isinstance(value, dict):
        return {name: inner.replace(SCHEMAS, OF_ANSWERS) if name == "$ref" else _refer(inner) for name, inner in value.items()}
    return [_refer(inner) for inner in value] if isinstance(value, list) else value


def _close(schema, whole=True):
    """Closes each object that names its fields; parts of an `allOf` are closed by what holds them."""
    if isinstance(schema, list):
        return [_close(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: [_close(part, whole=False) for part in inner] if name == "allOf" else _close(inner)
              for name, inner in schema.items()}
    is_object = isinstance(schema.get("properties"), dict) or "allOf" in schema or "$ref" in schema
    if whole and is_object and "additionalProperties" not in schema:
        closed["unevaluatedProperties"] = False
    return closed


def _parts_of_others(value):
    """The names of schemas that some `allOf` builds upon: those stay open."""
    if isinstance(value, dict):
        for part in value.get("allOf", []):
            yield part.get("$ref", "").removeprefix(SCHEMAS)
        for inner in value.values():
            yield from _parts_of_others(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _parts_of_others(inner)


def closed(document):
    made = copy.deepcopy(document)
    components, open_ones = made["components"], set(_parts_of_others(document))
    copies = {f"Answered{name}": _close(_refer(schema), name not in open_ones)
              for name, schema in components["schemas"].items()}
    components["schemas"].update(copies)
    answers = [item[method]["responses"] for item in made["paths"].values() for method in item if "responses" in item[method]]
    for holder in [components["responses"], *answers]:
        for response in holder.values():
            for media in response.get("content", {}).values():
                media["schema"] = _close(_refer(media["schema"]))
    return made
