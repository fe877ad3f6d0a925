"""What the layout promises, checked: who may include whom, where coroutines and C libraries live, sizes, words.

The rules are those of docs/architecture.md. Exits 1 and names file, line and remedy for every breach.
"""
import argparse
import pathlib
import re
import sys
from xml.sax.saxutils import quoteattr

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from project_files import ROOT, files  # noqa: E402: found through the line above

# room -> rooms it may include (itself always)
MAY_INCLUDE = {
    "base": set(),
    "bson": {"base"},
    "trace": {"base"},
    "index": {"base", "bson"},
    "app": {"base", "bson", "index"},
    "drivers": {"base", "bson"},
    "store": {"base", "bson", "index", "app", "drivers"},
    "queue": {"base", "bson", "index", "app", "drivers"},
    "target": {"base", "bson", "index", "app", "drivers"},
    "identity": {"base", "bson", "app", "drivers"},
    "observe": {"base", "bson", "trace", "index", "app", "drivers"},
    "http": {"base", "bson", "trace", "index", "app"},
    "sandbox": {"base", "bson", "index"},
    "main": {"base", "bson", "trace", "index", "app", "drivers", "store", "queue", "target", "identity", "observe", "http",
             "sandbox"},
}
# app's ports and models are what adapters may see of app.
APP_FACES = ("app/ports/", "app/model/")
ADAPTERS = {"store", "queue", "target", "identity", "observe"}
APP_FACE_EXCEPTIONS = {("queue", "app/run_sync.hpp")}

C_HEADERS = {
    "sqlite3.h": {"drivers"},
    "mongoc/mongoc.h": {"drivers"},
    "hiredis/hiredis.h": {"drivers"},
    "sodium.h": {"drivers"},
    "curl/curl.h": {"drivers"},
    "zlib.h": {"drivers"},
    "bson/bson.h": {"bson"},
}
C_HEADER_PREFIXES = {"openssl/": {"drivers", "sandbox"}, "unicode/": {"drivers"}, "boost/beast": {"http"}, "boost/asio/ssl": {"http"}, "spdlog/": {"drivers"}}
COROUTINE_ROOMS = {"http", "main"}
LONGEST_FILE = 500
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|for now\b|not implemented")
SLEEP = re.compile(r"\bsleep_for\s*\(|\busleep\s*\(|\btime\.sleep\s*\(")
ALLOWED_SLEEP = re.compile(r"poll|random moment")
# g++ 12.2 destroys these temporaries of a co_await expression twice; give them a name on the line before.
COROUTINE_TRAPS = [
    (re.compile(r"co_await[^;]*\(\s*\{"), "a braced temporary inside a co_await expression"),
    (re.compile(r"co_await[^;]*\b[A-Z]\w*\s*\{"), "an aggregate temporary inside a co_await expression"),
    (re.compile(r"co_await[^;]*\[[^\]]+\]\s*(\(|\{)"), "a lambda with captures inside a co_await expression"),
    (re.compile(r"switch\s*\(\s*co_await"), "switch over co_await"),
]


def room_of(path):
    return path.relative_to(ROOT / "src").parts[0]


def check_include(path, line, header, breach):
    room = room_of(path)
    for name, allowed in C_HEADERS.items():
        if header == name and room not in allowed:
            breach(path, line, f"<{name}> belongs in {sorted(allowed)}")
    for prefix, allowed in C_HEADER_PREFIXES.items():
        if header.startswith(prefix) and room not in allowed:
            breach(path, line, f"<{header}> belongs in {sorted(allowed)}")
    first = header.split("/")[0]
    if first not in MAY_INCLUDE or first == room:
        return
    if first not in MAY_INCLUDE[room]:
        breach(path, line, f"room {room} may not know room {first}")
    face = header.startswith(APP_FACES) or (room, header) in APP_FACE_EXCEPTIONS
    if first == "app" and room in ADAPTERS and not face:
        breach(path, line, f"an adapter sees only {APP_FACES} of app")


def check_coroutines(path, text, breach):
    if "co_await" not in text and "co_return" not in text:
        return
    if room_of(path) not in COROUTINE_ROOMS:
        breach(path, 1, f"coroutines live in {sorted(COROUTINE_ROOMS)} only")
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, what in COROUTINE_TRAPS:
            if pattern.search(line):
                breach(path, number, f"{what}: g++ 12.2 miscompiles it; give it a name on the line before")


# The optional that `document()` returns is gone before the loop's first round; bson::elements lives long enough.
DANGLING_LOOP = re.compile(r"for \(.*:\s*\*[^;]*(->|\.)document\(\)\s*\)")


def check_source(path, breach):
    text = path.read_text()
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r'\s*#include\s+[<"]([^>"]+)[>"]', line)
        if found:
            check_include(path, number, found.group(1), breach)
        if DANGLING_LOOP.search(line):
            breach(path, number, "a loop over the content of a temporary optional: give it a name first")
    check_coroutines(path, text, breach)
    if path.suffix == ".hpp" and "#pragma once" not in text:
        breach(path, 1, "a header begins with #pragma once")


def check_words(path, breach):
    text = path.read_text(errors="replace")
    if path == pathlib.Path(__file__).resolve():
        return
    code = path.suffix in {".cpp", ".hpp", ".py", ".sh", ".cmake"}
    for number, line in enumerate(text.splitlines(), 1):
        if code and UNFINISHED.search(line):
            breach(path, number, "finish it or take it out")
        if code and "tests" in path.parts and SLEEP.search(line) and not ALLOWED_SLEEP.search(line):
            breach(path, number, "tests wait for events, they do not sleep (a helper says `poll`, chance `random moment`)")
    if code and len(text.splitlines()) > LONGEST_FILE:
        breach(path, 1, f"longer than {LONGEST_FILE} lines: split it by idea")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--junit")
    options = arguments.parse_args()
    breaches = []

    def breach(path, line, text):
        breaches.append(f"{path.relative_to(ROOT)}:{line}: {text}")

    sources = [path for path in files("*.cpp", "*.hpp") if path.is_relative_to(ROOT / "src")]
    for path in sources:
        check_source(path, breach)
    texts = [path for path in files() if path.suffix not in {".png", ".ico", ".bin"}]
    for path in texts:
        check_words(path, breach)
    for room in sorted({room_of(path) for path in sources}):
        if room not in MAY_INCLUDE:
            breach(ROOT / "src" / room, 1, "an unknown room: name it in tests/conventions/check.py and the docs")
        if not (ROOT / "src" / room / "README.md").exists():
            breach(ROOT / "src" / room, 1, "a room has a README.md: its charter")
    print("\n".join(breaches) or f"conventions: {len(sources)} sources, {len(texts)} files, no breach")
    if options.junit:
        failure = f"<failure message={quoteattr(breaches[0])}/>" if breaches else ""
        pathlib.Path(options.junit).write_text(
            f'<testsuite tests="1" failures="{min(1, len(breaches))}"><testcase name="conventions">{failure}</testcase></testsuite>'
        )
    return 1 if breaches else 0


sys.exit(main())
