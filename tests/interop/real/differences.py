"""How two answers to one command differ, in words that are the same for alike differences."""
import re

import pymongo.errors

# What no two servers, or no two runs, tell alike.
OWN = {"$clusterTime", "operationTime", "host", "since", "uuid", "id"}


def ask(database, command):
    """('ok', reply) or ('refused', code, name, words)."""
    try:
        return ("ok", plain(database.command(command)))
    except pymongo.errors.OperationFailure as error:
        details = error.details or {}
        return ("refused", error.code, details.get("codeName"), general(details.get("errmsg", "")))


def general(words):
    """The rule that refused, without what it was applied to."""
    words = re.sub(r"\bheld-\S+", "…", words.split(":: caused by ::")[-1])
    words = re.sub(r"\{.*\}|\[.*\]|'[^']*'|\"[^\"]*\"|-?\d+(\.\d+)?(e[+-]?\d+)?", "…", words)
    return re.sub(r"\s+", " ", words).strip()[:110]


def plain(value):
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items() if name not in OWN}
    if isinstance(value, list):
        named = [item.get("name") for item in value if isinstance(item, dict)]
        if named and len(named) == len(value) and all(isinstance(name, str) for name in named):
            value = sorted(value, key=lambda item: item["name"])
        return [plain(item) for item in value]
    return value


def kind(value):
    return type(value).__name__


def in_values(sandbox, real, path):
    """Every place in which two values differ."""
    if isinstance(sandbox, dict) and isinstance(real, dict):
        for name in sorted({*sandbox, *real}):
            where = path + ".*" if path.endswith((".key", ".weights", "Projection", "Expression")) else f"{path}.{name}"
            if name not in real:
                yield f"{where} only in the sandbox"
            elif name not in sandbox:
                yield f"{where} only in MongoDB"
            else:
                yield from in_values(sandbox[name], real[name], where)
        if path.endswith(".key") and list(sandbox) != list(real) and set(sandbox) == set(real):
            yield f"{path} in another order"
    elif isinstance(sandbox, list) and isinstance(real, list):
        if len(sandbox) != len(real):
            yield f"{path} of another length"
        else:
            for one, other in zip(sandbox, real):
                yield from in_values(one, other, f"{path}[]")
    elif kind(sandbox) != kind(real):
        yield f"{path} is {kind(sandbox)}, in MongoDB {kind(real)}"
    elif sandbox != real:
        yield f"{path} has another value"


def told(answer):
    return "ok" if answer[0] == "ok" else f"{answer[1]} {answer[2]}: {answer[3]}"


def between(command, sandbox, real):
    """The differences of two answers, as `ask` gives them; the words of two refusals with one code are not compared."""
    name = next(iter(command))
    name = "$indexStats" if name == "aggregate" else name
    if sandbox[0] == real[0] == "ok":
        return sorted({f"{name}: reply{each}" for each in in_values(sandbox[1], real[1], "")})
    if sandbox[0] == real[0] and sandbox[1:3] == real[1:3]:
        return []
    return [f"{name}: sandbox {told(sandbox)} | MongoDB {told(real)}"]
