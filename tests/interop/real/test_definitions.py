"""Definitions by chance over every option, each changed in one thing: what the real server lists is the judge. The same in
every run; `MIM_TEST_SEED` begins elsewhere, `MIM_TEST_DEFINITIONS` goes on for longer and tells every reason."""
import itertools
import os

from any_definition import definitions
from definition_batch import Batch
from definition_findings import Findings

COUNT = int(os.environ.get("MIM_TEST_DEFINITIONS", "600"))
SEED = int(os.environ.get("MIM_TEST_SEED", "20261130"))
BATCH = 300


def batches():
    drawn = definitions(SEED, COUNT)
    while batch := list(itertools.islice(drawn, BATCH)):
        yield batch


def test_what_is_matched_is_what_mongodb_lists_alike(api, mongod, capsys):
    findings = Findings(mongod.version)
    with capsys.disabled():
        print(f"\nNOTE: {COUNT} definitions by chance on MongoDB {mongod.version}; the same again with MIM_TEST_SEED={SEED}")
        try:
            for batch in batches():
                Batch(api, mongod, batch, findings).run()
        finally:  # also of a run that somebody ended
            print("\n".join(findings.told(whole="MIM_TEST_DEFINITIONS" in os.environ)))
    assert not findings.disagreements, "\n".join(findings.complaints())
    assert findings.counts["built"] > COUNT // 2
