"""The log events as the source has them and as docs/logs.md tells them."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
CALL = re.compile(r"\blog(?:ger)?_?\s*(?:\.|->)\s*(debug|info|warning|error)\(\s*(\"[\w.]+\"|events::\w+)")
WRITE = re.compile(r"\blog_?\.write\(([^\"]*)\"([\w.]+)\"")
NAMED = re.compile(r"string_view (\w+) =\s*\"([\w.]+)\"")
FIELD = re.compile(r"\{\s*\"(\w+)\"\s*,")
ROW = re.compile(r"\| `([\w.]+)` \| ([a-z, ]+) \| (.*?) \| ")


def _names():
    """The events that a room names by constants."""
    return {name: text for path in ROOT.glob("src/*/events.hpp") for name, text in NAMED.findall(path.read_text())}


def _call(text, start):
    """The source of one call, from its opening bracket to the closing one."""
    depth = 0
    for at in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return text[start:at]
    raise AssertionError("a call without an end")


def in_source():
    """event -> (levels, fields)"""
    names, found = _names(), {}
    for path in sorted(ROOT.glob("src/**/*.?pp")):
        text = path.read_text()
        for call in CALL.finditer(text):
            word = call.group(2)
            event = word.strip('"') if word.startswith('"') else names[word.removeprefix("events::")]
            levels, fields = found.setdefault(event, (set(), set()))
            levels.add(call.group(1))
            fields.update(FIELD.findall(_call(text, text.index("(", call.start()))))
        for call in WRITE.finditer(text):
            levels, fields = found.setdefault(call.group(2), (set(), set()))
            levels.update(re.findall(r"LogLevel::(\w+)", call.group(1)))
            fields.update(FIELD.findall(_call(text, text.index("(", call.start()))))
    return found


def in_documentation():
    text = (ROOT / "docs" / "logs.md").read_text()
    return {event: (set(levels.split(", ")), set(re.findall(r"`([\w.]+)`", fields)))
            for event, levels, fields in ROW.findall(text)}
