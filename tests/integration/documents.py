"""The Markdown pages: their links, lists and blocks of code."""
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


def blocks_of(page, language):
    """The code blocks that are marked so: sh is what a reader types, json what is answered."""
    return re.findall(rf"^```{language}\n(.*?)\n```$", page.read_text(), re.S | re.M)


def lists_that_run_on(page):
    """Lines that begin a list right below a line of text: GitHub shows a list there, the site does not."""
    lines = without_code(page.read_text()).splitlines()
    item = re.compile(r"\s*([-*]|\d+\.) ")
    return [after for before, after in zip(lines, lines[1:])
            if item.match(after) and before.strip() and not re.match(r"#|\s", before) and not item.match(before)]


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
