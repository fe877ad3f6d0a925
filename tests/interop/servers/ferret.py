"""FerretDB v1 with its SQLite backend, built from the Go module proxy.

It needs a newer Go than Debian 12 has. Any Go can fetch the right one, though, which is a module like others.
"""
import json
import os
import re
import shutil
import sys

from serving import Running, Unavailable, installing, run

MODULE, VERSION = "github.com/FerretDB/FerretDB", "v1.24.2"
TOOLCHAIN = "v0.0.1-go1.24.3.linux-amd64"
OLDEST_GO = (1, 24)


def _offered_go():
    places = [shutil.which("go"), "/usr/local/go/bin/go", "/usr/lib/go/bin/go"]
    found = [place for place in places if place and os.access(place, os.X_OK)]
    if not found:
        raise Unavailable("FerretDB is built with Go, and there is no go command (Debian: apt-get install golang-go)")
    return found[0]


def _version(go):
    found = re.search(r"go(\d+)\.(\d+)", run([go, "version"], "the version of Go"))
    return (int(found.group(1)), int(found.group(2))) if found else (0, 0)


def _download(go, module, environment):
    """The folder of a module, fetched and verified by the go command."""
    return json.loads(run([go, "mod", "download", "-json", module], f"module {module}", env=environment))["Dir"]


def _able_go(environment):
    """A go command that can build it: the one that is installed, or one that it fetches."""
    go = _offered_go()
    if _version(go) >= OLDEST_GO:
        return go
    if os.uname().machine != "x86_64":
        raise Unavailable(f"{go} is older than {OLDEST_GO}, and the newer Go is fetched for x86-64 only")
    folder = _download(go, f"golang.org/toolchain@{TOOLCHAIN}", environment)
    # An old go command unpacks modules without the right to execute them.
    run(["chmod", "-R", "u+w,a+x", f"{folder}/bin", f"{folder}/pkg/tool"], "the newer Go")
    environment["GOROOT"] = folder
    return f"{folder}/bin/go"


def _build(folder, binary):
    environment = {name: value for name, value in os.environ.items() if name != "GOROOT"}
    environment.update({"GOFLAGS": "-buildvcs=false -modcacherw", "CGO_ENABLED": "0", "GOTOOLCHAIN": "local"})
    go = _able_go(environment)
    # A copy, as the module cache is read-only and the server refuses to start without this file.
    source = folder / "source"
    shutil.rmtree(source, ignore_errors=True)
    shutil.copytree(_download(go, f"{MODULE}@{VERSION}", environment), source)
    run(["chmod", "-R", "u+w", source], "the copy of FerretDB")
    (source / "build" / "version" / "version.txt").write_text(VERSION + "\n")
    run([go, "build", "-p", "2", "-o", binary, "./cmd/ferretdb"], f"building FerretDB {VERSION}", cwd=source,
        env=environment)
    shutil.rmtree(source)


def install():
    """The path of the server; blocks for some minutes while it is built the first time."""
    with installing("ferretdb") as folder:
        binary = folder / f"ferretdb-{VERSION}"
        if not binary.exists():
            print(f"interop: building FerretDB {VERSION}", file=sys.stderr, flush=True)
            _build(folder, folder / "unfinished")
            (folder / "unfinished").rename(binary)
    return binary


def start(held=None):
    binary = install()
    return Running("ferretdb", lambda number, data: [
        binary, "--handler=sqlite", f"--sqlite-url=file:{data}/", f"--state-dir={data}",
        f"--listen-addr=127.0.0.1:{number}", "--debug-addr=-", "--log-level=error"], held,
        {"FERRETDB_TELEMETRY": "disable", "DO_NOT_TRACK": "1"})
