"""Where `mim` and MongoDB may disagree about definitions by chance, each with its reason; everything else is a fault. Rules and
words of MongoDB stand here as `differences.general` tells them, without what they were applied to."""

# What is refused from a version on is not saved while nobody has looked at the target: older servers take it.
REFUSED_SINCE = {
    "options.collation: The locale … takes no other fields from MongoDB … on: leave them out.": (6, 0),
}
# What servers take from a version on is saved, and its plan says that an older one will refuse it.
TAKEN_SINCE = {
    "Compound wildcard indexes exist from MongoDB … on: index the wildcard field alone.": (7, 0),
    "Descending wildcard indexes exist from MongoDB … on: use ….": (7, 0),
    "… cannot stand in a partial filter: use equality, $all, $gt, $gte, $lt, $lte, $exists: true, $type and $and at": (6, 0),
    "MongoDB … takes no …, which was of geoHaystack indexes: leave it out.": (5, 1),
    "… is not an index option of MongoDB …: check the spelling, or leave it out.": (6, 0),
    "This server has text index versions up to …: leave it out for the usual one.": (8, 3),
}
# What does not go with the collation that a collection has of its own, which is known when the collection was looked at.
NOT_IN_SUCH_A_COLLECTION = {
    "A text index compares without a collation: write collation ….",
    "A …d index compares without a collation: write collation ….",
}
# What is saved and planned without a warning, and refused by the server alone.
NOT_FORETOLD = {
    "67 TTL index … option must be within an acceptable range, try a lower numberindex spec: …":
        "the first releases of 5.0 take no lifetime that reaches back before 1970; later ones do, and no plan reads a clock",
    "72 unknownEngine is not a registered storage engine for this server": "which engines a server has, only the server knows",
    "2 …: Invalid argument. …, wiredtiger_config_validate: __config_err, …: Error parsing … at offset …: New value st":
        "what a storage engine is told, only the storage engine reads",
}
# Locales of one data under two names. A server that has met the one after `:` before refuses the other as long as it runs.
REFUSED_AFTER = "2 Field … is invalid in: …. Did you mean …?"
SHARED_LOCALES = {"zh": "zh_Hant@collation=pinyin", "zh@collation=stroke": "zh_Hant", "de@collation=search": "de_AT@collation=search",
                  "bs@collation=search": "bs_Cyrl@collation=search"} | {
    f"zh@collation={variant}": f"zh_Hant@collation={variant}" for variant in ("zhuyin", "gb2312han", "big5han", "unihan")}
# The options in which listings may differ that MongoDB itself, asked for the one beside the other, calls one index.
SAME_TO_MONGODB = {
    "key": "numbers are compared by their value, whatever their type",
    "partialFilterExpression": "conditions stand in any order, and an $and may hold them or not",
    "wildcardProjection": "paths stand in any order, and 1 is true",
    "sparse": "false is as good as absent",
    "background": "it says how an index was built",
    "textIndexVersion": "a definition that leaves it open takes the server's choice",
    "2dsphereIndexVersion": "a definition that leaves it open takes the server's choice",
    "v": "it says in which form an index is kept",
}


def is_text_of_version_1(spec):
    """MongoDB reads these as it did when they were new: any language, any field of one, weights of any form, any
    number beside the text. Nobody should make them, and none is saved that breaks the rules of the later versions."""
    return spec.get("textIndexVersion") == 1 and "text" in spec["key"].values()


def may_be_refused_by_mim_alone(spec, reason, version):
    broken = reason.split(":")[0]
    of_text = broken in ("options.language_override", "options.default_language", "options.weights") or \
        reason.startswith("keys: Beside text fields a key value must be ")
    return version < REFUSED_SINCE.get(reason, (0, 0)) or (of_text and is_text_of_version_1(spec))


def may_be_foretold(foretold, version):
    return foretold in NOT_IN_SUCH_A_COLLECTION or version < TAKEN_SINCE.get(foretold, (0, 0))


def may_be_refused_by_mongodb_alone(spec, refusal):
    shared = refusal == REFUSED_AFTER and spec.get("collation", {}).get("locale") in SHARED_LOCALES
    return shared or refusal in NOT_FORETOLD
