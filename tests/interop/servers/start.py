"""Starts one of the servers of this folder and leaves it running until it is told to end.

    /usr/bin/python3 tests/interop/servers/start.py NAME [--port N]
    /usr/bin/python3 tests/interop/servers/start.py --install

NAME is one of those in catalogue.py. Prints `NAME VERSION listening on HOST:PORT` when it answers, and its connection string. Exit code 3: not to be had on this machine, and why.
"""
import argparse
import signal
import sys

import catalogue
import ferret
import secantus
from ports import HeldPort
from serving import Unavailable


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("name", nargs="?", choices=[name for name in catalogue.SERVERS if name != "mongodb"])
    arguments.add_argument("--port", type=int, default=0)
    arguments.add_argument("--install", action="store_true", help="only install them all")
    options = arguments.parse_args()
    try:
        if options.install:
            print(secantus.install(), ferret.install(), sep="\n")
            return 0
        if not options.name:
            arguments.error("which server?")
        server = catalogue.start(options.name, HeldPort(options.port))
    except Unavailable as reason:
        print(f"not available: {reason}", file=sys.stderr)
        return 3
    try:
        print(f"{server.name} {server.version} listening on {server.address}\n{server.uri}", flush=True)
        signal.sigwait({signal.SIGTERM, signal.SIGINT})
    finally:
        server.stop()
    return 0


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    sys.exit(main())
