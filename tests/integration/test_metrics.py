"""The metrics page, judged by the parser of Prometheus' own Python client and by the rules of its linter."""
import os
import re
import time

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from client import Api
from processes import ROOT, Server
from scene import MISSING_ID, Scene, unique
from waiting import eventually

NAME = re.compile(r"[a-z][a-z0-9_]*[a-z0-9]")
WORDS_OF_OTHER_UNITS = re.compile(r"milli|micro|minutes|hours|kilo|mega|percent")


@pytest.fixture(scope="module")
def busy(tmp_path_factory, logs, shared_sandbox):
    """A server that has answered, failed and synced."""
    server = Server(tmp_path_factory.mktemp("data"), logs)
    api = Api(server.address).sign_up(unique("user"))
    api.get(f"/databases/{MISSING_ID}").expect(404)
    scene = Scene(api, shared_sandbox)
    scene.define("orders", {"a": 1})
    sync = api.post("/indexes/sync-by-database", {"database_id": scene.id}).data["sync_id"]
    eventually(lambda: api.get(f"/indexes/sync-status/{sync}").data["status"] == "completed")
    api.put("/databases/collections", {"database_id": scene.id, "collection": "orders", "new_collection": "sales"}).expect(200)
    down = Scene(api, None, uri="mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=300")
    api.post("/indexes/compare-by-database", {"database_id": down.id})
    yield server
    assert server.stop() == 0


@pytest.fixture(scope="module")
def page(busy):
    return requests.get(busy.address + "/metrics", timeout=20).text


@pytest.fixture(scope="module")
def families(page):
    return {family.name: family for family in text_string_to_metric_families(page)}


def value(families, family, name=None, **labels):
    found = [sample.value for sample in families[family].samples
             if sample.name == (name or family) and labels.items() <= sample.labels.items()]
    assert found, f"{family} has no sample with {labels}"
    return sum(found)


def documented():
    """name -> (kind, labels)"""
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.*?) \| ", (ROOT / "docs/metrics.md").read_text(), re.MULTILINE)
    return {name: (kind, set(re.findall(r"`(\w+)`", re.sub(r"\(.*?\)", "", labels)))) for name, kind, labels in rows}


def test_the_documentation_tells_every_family_and_its_labels(page, families):
    known = documented()
    for name, kind in re.findall(r"^# TYPE (\S+) (\S+)$", page, re.MULTILINE):
        told = {label for sample in families[name.removesuffix("_total")].samples for label in sample.labels} - {"le"}
        assert known[name] == (kind, told), name


def test_every_family_is_told_once_with_help_and_type(page, families):
    told = re.findall(r"^# TYPE (\S+) (\S+)$", page, re.MULTILINE)
    assert len(told) == len({name for name, _ in told}) == len(families)
    for family in families.values():
        assert family.documentation and family.type in ("counter", "gauge", "histogram"), family
        assert NAME.fullmatch(family.name) and not WORDS_OF_OTHER_UNITS.search(family.name), family.name
    for name, kind in told:
        assert (kind == "counter") == name.endswith("_total"), f"{name} is a {kind}"


def test_no_series_comes_twice(page):
    series = [line.rsplit(" ", 1)[0] for line in page.splitlines() if line and not line.startswith("#")]
    assert len(series) == len(set(series))


def test_histograms_add_up(families):
    for family in families.values():
        if family.type != "histogram":
            continue
        groups = {}
        for sample in family.samples:
            labels = tuple(sorted((key, text) for key, text in sample.labels.items() if key != "le"))
            groups.setdefault(labels, {}).setdefault(sample.name.removeprefix(family.name), []).append(sample)
        for group in groups.values():
            counts = [sample.value for sample in group["_bucket"]]
            assert counts == sorted(counts) and group["_bucket"][-1].labels["le"] == "+Inf"
            assert counts[-1] == group["_count"][0].value


def test_calls_to_store_queue_and_target_are_timed(families):
    for system, call in (("store", "databases.get"), ("queue", "jobs.lease"), ("target", "indexes.create"),
                         ("store", "collections.rename"), ("target", "collections.rename")):
        assert value(families, "mim_call_seconds", "mim_call_seconds_count", system=system, call=call) >= 1
    assert value(families, "mim_call_faults", "mim_call_faults_total", system="target") >= 1
    assert value(families, "mim_call_faults", "mim_call_faults_total", system="store") == 0, "not found is no fault"


def test_the_process_tells_what_it_uses(busy, families):
    folder = f"/proc/{busy.process.pid}"
    assert value(families, "process_resident_memory_bytes") > 1_000_000
    assert value(families, "process_virtual_memory_bytes") > value(families, "process_resident_memory_bytes")
    assert 0 < value(families, "process_cpu_seconds", "process_cpu_seconds_total") < 600
    assert 5 < value(families, "process_open_fds") <= value(families, "process_max_fds")
    assert abs(value(families, "process_threads") - len(os.listdir(folder + "/task"))) < 20
    ticks = int(open(folder + "/stat").read().rsplit(")", 1)[1].split()[19]) / os.sysconf("SC_CLK_TCK")
    boot = int(re.search(r"btime (\d+)", open("/proc/stat").read()).group(1))
    assert abs(value(families, "process_start_time_seconds") - (boot + ticks)) < 2
    assert value(families, "process_start_time_seconds") < time.time()


def test_counters_only_grow(busy, families):
    after = {family.name: family
             for family in text_string_to_metric_families(requests.get(busy.address + "/metrics", timeout=20).text)}
    for name in ("process_cpu_seconds", "mim_http_requests", "mim_call_faults", "mim_apm_events"):
        assert value(after, name, name + "_total") >= value(families, name, name + "_total")
