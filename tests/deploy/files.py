"""The files of deploy/, the tools that judge them, and the settings the binary knows."""
import pathlib
import re
import subprocess
import sys

import yaml

from processes import command

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
WORK = ROOT / "build" / "deploy"  # scratch, and what is installed for these tests
TOOLS = WORK / "venv" / "bin"
TIMEOUT_SECONDS = 3600  # a whole build, on a slow machine
SETTING = re.compile(r"\[(MIM_\w+)")


def run(*arguments, **options):
    """A tool that must be content; what it says otherwise is the failure."""
    done = subprocess.run([str(each) for each in arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=TIMEOUT_SECONDS, **options)
    assert done.returncode == 0, f"{arguments[0]} ended with {done.returncode}:\n{done.stdout[-4000:]}"
    return done.stdout


def documents(path):
    return [each for each in yaml.safe_load_all(path.read_text()) if each is not None]


def settings_of(subcommand):
    found = set(SETTING.findall(command(subcommand, "--help").stdout))
    assert found, f"mim {subcommand} --help names no setting"
    return found


def filled_in(text, values):
    """A text of a compose file with its ${NAME:?…} replaced; `values` has every name that may occur."""
    return re.sub(r"\$\{(\w+):\?[^}]*\}", lambda match: values[match.group(1)], text)


def say(text):
    print(text, file=sys.stderr, flush=True)
