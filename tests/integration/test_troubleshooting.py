"""docs/troubleshooting.md shows what users really see: each symptom is produced and its line looked for on the page."""
import pathlib
import types

import pytest

from symptoms import SYMPTOMS, without_names

PAGE = (pathlib.Path(__file__).resolve().parents[2] / "docs/troubleshooting.md").read_text()


@pytest.fixture
def place(tmp_path, shared_server, api, shared_sandbox, start_server, start_sandbox, closed_port, silent_port):
    return types.SimpleNamespace(folder=tmp_path, server=shared_server, api=api, sandbox=shared_sandbox,
                                 start_server=start_server, start_sandbox=start_sandbox, closed_port=closed_port,
                                 silent_port=silent_port)


@pytest.mark.parametrize("name", SYMPTOMS)
def test_the_page_shows_the_line_of_a_symptom(place, name):
    line = without_names(SYMPTOMS[name](place))
    assert line in PAGE.splitlines(), f"not on the page:\n{line}"


def test_the_page_shows_no_other_lines():
    inside, shown = False, 0
    for line in PAGE.splitlines():
        inside = not inside if line.startswith("```") else inside
        shown += inside and not line.startswith("```")
    assert shown == len(SYMPTOMS)
