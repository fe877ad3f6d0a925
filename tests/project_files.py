"""The files that the project consists of, with git or without it."""
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[1]
LEFT_BEHIND = {".git", "__pycache__", ".pytest_cache", "node_modules", ".venv"}
LEFT_BEHIND_AT_TOP = {"build", "build-portable", "data"}


def names_of_git():
    """What the project consists of; None where git does not know the folder, as in an unpacked archive."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    except (FileNotFoundError, subprocess.CalledProcessError):
        return None


def names_on_disk():
    """The same without git: all but what building, running and testing leave behind."""
    for folder, folders, names in os.walk(ROOT):
        at_top = pathlib.Path(folder) == ROOT
        folders[:] = [each for each in folders if each not in LEFT_BEHIND and not (at_top and each in LEFT_BEHIND_AT_TOP)]
        yield from (str((pathlib.Path(folder) / name).relative_to(ROOT)) for name in names if not name.endswith(".pyc"))


def files(*patterns):
    names = names_of_git()
    names = names_on_disk() if names is None else names
    found = (ROOT / name for name in sorted(set(names)))
    return [path for path in found if path.is_file() and (not patterns or any(path.match(each) for each in patterns))]
