"""Random requests from the OpenAPI document: no 5xx, and every answer is as the document says."""
import json
import os
import random
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest

import schemathesis_venv
from client import Api
from processes import ROOT
from scene import Scene, unique
from serving import Unavailable

SEED = int(os.environ.get("MIM_TEST_API_SEED") or random.SystemRandom().randrange(2**31))
SECONDS = int(os.environ.get("MIM_TEST_API_SECONDS") or 60)
EXAMPLES = 30
CHECKS = ("not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
          "response_schema_conformance,negative_data_rejection,ignored_auth,unsupported_method")
DOCUMENT = json.loads((ROOT / "src" / "http" / "openapi" / "openapi.json").read_text())
METHODS = ("get", "post", "put", "delete")
OPERATIONS = [f"{method.upper()} {path}" for path, item in DOCUMENT["paths"].items() for method in METHODS if method in item]
# A stream ends when its sync does.
STREAMS = {"GET /indexes/sync-status/{sync_id}/events"}


def settings(server, api, scene):
    return {**os.environ, "RANDOM_REQUESTS_ORIGIN": server.address, "RANDOM_REQUESTS_USER": api.username,
            "RANDOM_REQUESTS_PASSWORD": api.password, "RANDOM_REQUESTS_SEED": str(SEED),
            "RANDOM_REQUESTS_DATABASE": scene.id, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": os.path.dirname(__file__),
            "NO_COLOR": "1", "no_proxy": "*"}


@pytest.fixture(scope="module")
def results(server, sandbox, tmp_path_factory, report):
    """What schemathesis found, by operation: none, or the text of its complaint."""
    try:
        command = schemathesis_venv.install()
    except Unavailable as reason:
        pytest.skip(f"schemathesis: {reason}")
    api = Api(server.address).sign_up(unique("user"))
    scene = Scene(api, sandbox)
    scene.define("orders", {"a": 1})
    scene.db["orders"].insert_one({"a": 1})
    folder = tmp_path_factory.mktemp("schemathesis")
    report(f"random requests: seed {SEED}; again with MIM_TEST_API_SEED={SEED}")
    run = subprocess.run(
        [command, "run", server.address + "/openapi.json", "--origin", server.address, "--seed", str(SEED), "--checks", CHECKS,
         "--phases", "examples,coverage,fuzzing", "--max-examples", str(EXAMPLES), "--max-time", str(SECONDS),
         "--continue-on-failure", "--request-timeout", "20", "--report", "junit", "--report-junit-path", folder / "junit.xml",
         "--generation-database", "none", "--suppress-health-check", "all", "--warnings", "off", "--no-shrink"],
        cwd=folder, env=settings(server, api, scene), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        timeout=SECONDS * 4 + 120)
    if not (folder / "junit.xml").exists():
        pytest.fail(f"schemathesis ended with {run.returncode}: {run.stdout[-4000:]}")
    (ROOT / "build" / "interop" / "schemathesis.txt").write_text(run.stdout)
    cases = ElementTree.parse(folder / "junit.xml").getroot().iter("testcase")
    return {case.get("name"): [(inner.get("message") or "") + (inner.text or "") for inner in case
                               if inner.tag in ("failure", "error")] for case in cases}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_answer_is_as_documented(results, operation):
    found = [complaints for name, complaints in results.items() if name.endswith(operation)]
    assert found, f"{operation} was not tried: {sorted(results)}"
    assert not any(found), "\n".join(text for complaints in found for text in complaints)[:6000]


def test_the_server_outlived_it(results, server):
    assert server.process.poll() is None
    log = server.log()
    assert "http.exception" not in log and "job_crashed" not in log and "http.session_failed" not in log
