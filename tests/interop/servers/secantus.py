"""SecantusDB, a MongoDB-compatible server on WiredTiger, from PyPI into a virtual environment of its own."""
import sys

from serving import Running, installing, run

VERSION = "0.7.0b3"


def install():
    """The path of the server; blocks while it is installed the first time."""
    with installing("secantusdb") as folder:
        binary = folder / "venv" / "bin" / "secantusd-py"
        marker = folder / f"installed-{VERSION}"
        if not marker.exists():
            print(f"interop: installing SecantusDB {VERSION}", file=sys.stderr, flush=True)
            run(["/usr/bin/python3", "-m", "venv", "--clear", folder / "venv"], "a virtual environment for SecantusDB")
            run([folder / "venv" / "bin" / "pip", "install", "--quiet", f"secantusdb=={VERSION}"],
                f"SecantusDB {VERSION} from PyPI")
            marker.touch()
    return binary


def start(held=None):
    binary = install()
    return Running("secantusdb", lambda number, data: [
        binary, "--host", "127.0.0.1", "--port", number, "--storage-path", ":memory:", "--cache-size", "256M"], held)
