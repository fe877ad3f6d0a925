"""The compose files: their format, what they refer to, and every service of ours, started with what it is given."""
import ipaddress
import re

import pytest
import yaml

import services
from files import DEPLOY, TOOLS, documents, filled_in, run, settings_of

FOLDER = DEPLOY / "compose"
FILES = sorted(FOLDER.glob("*.yaml"))
SECRETS = {name: f"example{number}" for number, name in enumerate(
    re.findall(r"^(\w+)=", (FOLDER / ".env.example").read_text(), re.M))}


def of(path):
    (compose,) = documents(path)
    return compose


def each_service():
    return [pytest.param(path, name, id=f"{path.stem}-{name}") for path in FILES for name in of(path)["services"]]


OURS = [each for each in each_service() if of(each.values[0])["services"][each.values[1]]["image"] == "mim"]


def test_there_are_the_three_shapes():
    assert [path.stem for path in FILES] == ["embedded", "fleet", "mongodb-redis"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_keeps_the_format(path):
    run(TOOLS / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_only_what_the_example_of_env_names_must_be_set(path):
    assert set(re.findall(r"\$\{(\w+):\?", path.read_text())) <= set(SECRETS)
    assert not re.search(r"\$\{\w+(:-|\})", path.read_text()), "a variable without a message when it is missing"


@pytest.mark.parametrize("path,name", each_service())
def test_all_that_a_service_names_is_there(path, name):
    compose = of(path)
    service = compose["services"][name]
    for other in service.get("depends_on", {}):
        assert other in compose["services"]
        assert "healthcheck" in compose["services"][other] or compose["services"][other]["image"] == "mim"
    for network in service.get("networks", []):
        assert network in compose["networks"]
    for volume in service.get("volumes", []):
        source = volume.split(":")[0]
        if source.startswith("."):
            assert (FOLDER / source).exists(), source
        elif not source.startswith("$"):
            assert source in compose["volumes"]


@pytest.mark.parametrize("path,name", each_service())
def test_a_service_has_a_version_and_is_restarted(path, name):
    service = of(path)["services"][name]
    assert service["restart"] == "unless-stopped"
    assert service["image"] == "mim" or re.search(r":\d", service["image"])
    if service["image"] == "mim":
        assert service["read_only"] and service["cap_drop"] == ["ALL"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_but_nginx_is_reached_from_outside(path):
    for name, service in of(path)["services"].items():
        for port in service.get("ports", []):
            assert name == "nginx" or port.startswith("127.0.0.1:"), f"{name}: {port}"


def test_the_servers_of_the_fleet_believe_the_proxy_and_nobody_else():
    compose = of(FOLDER / "fleet.yaml")
    proxy = compose["services"]["nginx"]["networks"]["outside"]["ipv4_address"]
    (network,) = compose["networks"]["outside"]["ipam"]["config"]
    assert ipaddress.ip_address(proxy) in ipaddress.ip_network(network["subnet"])
    for name in ("server-1", "server-2"):
        assert compose["services"][name]["environment"]["MIM_TRUSTED_PROXIES"] == proxy


@pytest.mark.parametrize("path", [path for path in FILES if "mongodb" in of(path)["services"]], ids=lambda path: path.stem)
def test_mongodb_is_the_replica_set_that_the_store_is_told_of(path):
    compose = of(path)
    (name,) = re.findall(r"--replSet (\w+) ", compose["services"]["mongodb"]["command"][-1])
    script = (FOLDER / "replica-set.js").read_text()
    assert f'_id: "{name}"' in script and f'setName === "{name}"' in script and 'host: "mongodb:27017"' in script
    stores = [service["environment"]["MIM_STORE"] for service in compose["services"].values() if service["image"] == "mim"]
    assert stores and all(re.search(rf"@mongodb:27017/\w+\?replicaSet={name}$", store) for store in stores)


@pytest.mark.parametrize("path,name", OURS)
def test_a_service_of_ours_starts_with_what_it_is_given(path, name, request, tmp_path, logs, started):
    service = of(path)["services"][name]
    arguments = service.get("command", ["serve"])
    environment = services.of_this_machine(yaml.safe_load(filled_in(yaml.dump(service.get("environment", {})), SECRETS)),
                                           request)
    assert set(environment) <= settings_of(arguments[0]) | settings_of("serve")
    image = {"MIM_LISTEN": "0.0.0.0:8080", "MIM_LOG_FORMAT": "json", "MIM_DATA": str(tmp_path / "data")}
    started.append(services.start(name, arguments, image | environment, logs))
    assert started[-1].stop() == 0
