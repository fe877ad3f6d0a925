"""Schemathesis, from PyPI into a virtual environment of its own."""
import sys

from serving import installing, run

VERSION = "4.32.5"


def install():
    """The path of its command; blocks while it is installed the first time."""
    with installing("schemathesis") as folder:
        command = folder / "venv" / "bin" / "schemathesis"
        marker = folder / f"installed-{VERSION}"
        if not marker.exists():
            print(f"interop: installing schemathesis {VERSION}", file=sys.stderr, flush=True)
            run(["/usr/bin/python3", "-m", "venv", "--clear", folder / "venv"], "a virtual environment for schemathesis")
            run([folder / "venv" / "bin" / "pip", "install", "--quiet", f"schemathesis=={VERSION}"],
                f"schemathesis {VERSION} from PyPI")
            marker.touch()
    return command
