"""MongoDB's own shell, as scripts/setup-mongosh installs it. A start takes a second: run many scripts in one."""
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHELL = pathlib.Path(os.environ.get("MIM_MONGOSH") or ROOT / "build" / "mongosh" / "mongosh")


class Shell:
    def __init__(self, folder):
        if not SHELL.exists():
            pytest.skip("mongosh is not installed: run scripts/setup-mongosh")
        self.folder, self.files = folder, 0

    def run(self, uri, *scripts, arguments=()):
        """Runs the scripts one after the other, until one fails; blocks until the shell has ended."""
        names = []
        for script in scripts:
            self.files += 1
            path = self.folder / f"script{self.files}.js"
            path.write_text(script, encoding="utf-8")
            names += ["--file", str(path)]
        environment = {**os.environ, "HOME": str(self.folder)}  # where it keeps its settings and logs
        return subprocess.run([str(SHELL), "--quiet", *arguments, *names, uri], env=environment, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=240)

    def succeed(self, uri, *scripts):
        """What they print."""
        done = self.run(uri, *scripts)
        assert done.returncode == 0, f"mongosh ended with {done.returncode}: {done.stdout[-3000:]}"
        return done.stdout
