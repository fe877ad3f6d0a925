"""The column of this MongoDB in docs/compatibility.md, which the sandbox made, is what MongoDB itself answers."""
import pytest

import version_rows
from scene import unique


def test_the_page_says_what_it_answers(mongod):
    version = ".".join(mongod.version.split(".")[:2])
    if version not in version_rows.VERSIONS:
        pytest.skip(f"the page has no column for MongoDB {version}")
    answers = version_rows.answers(mongod.client, unique("rows"))
    assert list(zip([row[1] for row in version_rows.ROWS], answers)) == version_rows.column_on_the_page(version)
