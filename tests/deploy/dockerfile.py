"""Reads the Dockerfile: its stages, each a list of instructions (word, rest)."""
import json
import re
import shlex

from files import DEPLOY

FILE = DEPLOY / "docker" / "Dockerfile"


def instructions():
    text = re.sub(r"^\s*#.*\n", "", FILE.read_text(), flags=re.M)
    text = re.sub(r"\\\n", " ", text)
    return [tuple(line.split(None, 1)) for line in text.splitlines() if line.strip()]


def stages():
    found = []
    for word, rest in instructions():
        if word == "FROM":
            found.append([])
        found[-1].append((word, rest.strip()))
    return found


def only(stage, word):
    """The value of an instruction that the stage has once."""
    (rest,) = [rest for each, rest in stage if each == word]
    return rest


def words(rest):
    """Of an instruction in its exec form."""
    return json.loads(rest)


def environment(stage):
    return dict(pair.split("=", 1) for word, rest in stage if word == "ENV" for pair in shlex.split(rest))


def options_of(rest):
    """The --name=value options an instruction begins with, and what follows them."""
    options = {}
    while match := re.match(r"--(\w+)=(\S+)\s+", rest):
        options[match.group(1)] = match.group(2)
        rest = rest[match.end():]
    return options, rest
