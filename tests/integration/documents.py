"""The Markdown pages: their links, and the shell blocks of the README's tour."""
import pathlib
import re
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))
from project_files import ROOT, files  # noqa: E402: found through the line above


def pages():
    return files("*.md")


def without_code(text):
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.S)


def links(page):
    """The relative ones: (path, anchor)."""
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(page.read_text())):
        if not re.match(r"[a-z]+:", target):
            path, _, anchor = target.partition("#")
            yield path, anchor


def anchors(page):
    """As GitHub makes them of headings."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
            for heading in re.findall(r"^#+ (.+)$", page.read_text(), re.M)}


def code_blocks(page, heading):
    """The code blocks between that heading and the next; what looks like a heading inside of code is none."""
    blocks, here, inside = [], False, False
    for line in page.read_text().splitlines():
        if line.startswith("```"):
            inside = not inside
            if inside:
                blocks += [[]] if here else []
        elif not inside and line.startswith("#"):
            here = line.lstrip("# ") == heading
        elif inside and here:
            blocks[-1].append(line)
    return ["\n".join(block) for block in blocks]
