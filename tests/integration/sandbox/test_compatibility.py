"""Two tables of docs/compatibility.md: what the sandbox answers at each version, and how many vectors say something about it.
MIM_UPDATE_GOLDEN=1 writes them anew."""
import json
import os

import vectors
import version_rows

ANSWERED_OTHERWISE = version_rows.PAGE.parents[1] / "tests/interop/targets/not-applicable"
RUN_HERE = {"5.0": "mongodb-5.0.0.json"}  # the versions that `make interop` ran on, with what they answered otherwise


def check(made):
    if os.environ.get("MIM_UPDATE_GOLDEN"):
        version_rows.write_to_the_page(made)
    assert made == version_rows.on_the_page(made[0])


def test_the_table_says_what_the_sandbox_answers(sandbox_of_version):
    check(version_rows.table({version: version_rows.answers(sandbox_of_version(version), "t") for version in version_rows.VERSIONS}))


def answered(version, allowed):
    """How many a MongoDB of that version answered so: here, or where others ran them."""
    if version in RUN_HERE:
        return len(allowed) - len(json.loads((ANSWERED_OTHERWISE / RUN_HERE[version]).read_text()))
    return sum(version in vector.get("seen_on", []) for vector in allowed)


def row(title, count):
    return f"| {title} | " + " | ".join(str(count(version)) for version in version_rows.VERSIONS) + " |"


def test_the_table_says_how_many_vectors_there_are():
    askable = [vector for vector in vectors.load() if not vectors.reason_to_skip(vector)]
    allowed = {version: [vector for vector in askable if vectors.holds_for(vector, vectors.number(version))]
               for version in version_rows.VERSIONS}
    check([version_rows.head("vectors"), version_rows.RULE,
           row("whose bounds allow it", lambda version: len(allowed[version])),
           row("answered so by the sandbox, at this version", lambda version: sum(version in vectors.versions(each) for each in askable)),
           row("answered so by a MongoDB of this version", lambda version: answered(version, allowed[version]))])
