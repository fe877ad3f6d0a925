"""What the servers of this folder have in common: a private port, a private data folder, a process that ends with us."""
import contextlib
import ctypes
import fcntl
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import pymongo
import pymongo.errors

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "tests" / "integration"))

from ports import HeldPort  # noqa: E402: found through the line above

# Everything that is installed for these tests; nothing of it is in the tree.
FOLDER = pathlib.Path(os.environ.get("MIM_INTEROP_FOLDER") or ROOT / "build" / "interop")
START_SECONDS = 60
STOP_SECONDS = 20
PR_SET_PDEATHSIG = 1


class Unavailable(Exception):
    """This server cannot be had on this machine; the text says why."""


@contextlib.contextmanager
def installing(name):
    """One installer at a time, also when several test runs start together. Yields the folder of `name`."""
    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    with open(FOLDER / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def run(arguments, what, **options):
    """A command of an installer; when it fails, its last words are the reason."""
    try:
        done = subprocess.run([str(each) for each in arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, errors="replace", timeout=900, **options)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(f"{what}: {error}") from None
    if done.returncode != 0:
        raise Unavailable(f"{what}: {arguments[0]} ended with {done.returncode}: {done.stdout.strip()[-800:]}")
    return done.stdout


def _end_with_parent():
    signal.pthread_sigmask(signal.SIG_SETMASK, set())
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Running:
    """A server of ours on 127.0.0.1. `stop()` ends it and removes its data."""

    def __init__(self, name, command, held=None, environment=None):
        self.name, self.held = name, held or HeldPort()
        self.port = self.held.number
        self.data = pathlib.Path(tempfile.mkdtemp(prefix=f"mim-{name}-"))
        self.address = f"127.0.0.1:{self.port}"
        self.uri = f"mongodb://{self.address}/"
        self.log = self.data / "server.log"
        self.command = [str(each) for each in command(self.port, self.data)]
        self.environment = {**os.environ, **(environment or {})}
        self.launch()

    def launch(self):
        """Begins, or begins again after an end; blocks until it answers."""
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self.command, cwd=self.data, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            env=self.environment, preexec_fn=_end_with_parent)
        try:
            self._await_answer()
        except BaseException:
            self.stop()
            raise

    def _await_answer(self):
        deadline = time.monotonic() + START_SECONDS
        client = pymongo.MongoClient(self.uri, serverSelectionTimeoutMS=200, directConnection=True)
        while True:
            try:
                self.version = client.admin.command("buildInfo")["version"]
                client.close()
                return
            except pymongo.errors.PyMongoError as error:
                words = self.log.read_text(errors="replace").strip()[-800:]
                if self.process.poll() is not None:
                    raise Unavailable(f"{self.name} ended with {self.process.returncode}: {words}") from None
                if time.monotonic() > deadline:
                    raise Unavailable(f"{self.name} does not answer: {error}; its log: {words}") from None
                time.sleep(0.05)  # the poll interval

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self.remove_data()

    def remove_data(self):
        shutil.rmtree(self.data, ignore_errors=True)
