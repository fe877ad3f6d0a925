"""The manifests: against Kubernetes' own schemas, for what they refer to, and each pod's program started with its settings."""
import pytest

import services
from files import DEPLOY, TOOLS, documents, run, settings_of

FOLDER = DEPLOY / "kubernetes"
FILES = sorted(path for path in FOLDER.glob("*.yaml") if path.name != "kustomization.yaml")
OBJECTS = [each for path in FILES for each in documents(path)]


def of_kind(kind):
    return {each["metadata"]["name"]: each for each in OBJECTS if each["kind"] == kind}


DEPLOYMENTS = list(of_kind("Deployment").values())
each_deployment = pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda each: each["metadata"]["name"])


def pod_of(deployment):
    return deployment["spec"]["template"]["spec"]


def container_of(deployment):
    (container,) = pod_of(deployment)["containers"]
    return container


def test_the_manifests_keep_the_schemas():
    said = run(TOOLS / "kubernetes-validate", "--strict", *FILES)
    assert said.count(" passed for resource ") == len(OBJECTS) == 11


def test_kustomize_applies_all_of_them_but_the_example():
    (kustomization,) = documents(FOLDER / "kustomization.yaml")
    assert set(kustomization["resources"]) == {path.name for path in FILES} - {"secret.example.yaml"}


@each_deployment
def test_a_pod_may_do_little(deployment):
    pod, container = pod_of(deployment), container_of(deployment)
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] and pod["securityContext"]["seccompProfile"]["type"] == "RuntimeDefault"
    assert container["securityContext"] == {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                                            "capabilities": {"drop": ["ALL"]}}
    assert container["resources"]["limits"]["memory"] and container["resources"]["requests"]["cpu"]


@each_deployment
def test_selectors_meet_the_pods(deployment):
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    name = deployment["metadata"]["name"]
    assert deployment["spec"]["selector"]["matchLabels"] == labels
    assert of_kind("PodDisruptionBudget")[name]["spec"]["selector"]["matchLabels"] == labels
    assert of_kind("PodDisruptionBudget")[name]["spec"]["minAvailable"] < deployment["spec"]["replicas"]
    assert of_kind("NetworkPolicy")[name]["spec"]["podSelector"]["matchLabels"] == labels


def test_the_service_and_the_policy_reach_the_port_of_the_servers():
    server = of_kind("Deployment")["mim-server"]
    (service,) = of_kind("Service").values()
    assert service["spec"]["selector"] == server["spec"]["template"]["metadata"]["labels"]
    ports = {port["name"] for port in container_of(server)["ports"]}
    assert {service["spec"]["ports"][0]["targetPort"]} == ports
    ingress = of_kind("NetworkPolicy")["mim-server"]["spec"]["ingress"]
    assert {port["port"] for rule in ingress for port in rule["ports"]} == ports


def test_servers_are_probed_where_they_answer():
    container = container_of(of_kind("Deployment")["mim-server"])
    paths = {container[probe]["httpGet"]["path"] for probe in ("livenessProbe", "readinessProbe")}
    assert paths == {"/healthz", "/readyz"}


@each_deployment
def test_it_ends_in_time(deployment):
    grace = int(of_kind("ConfigMap")["mim-settings"]["data"]["MIM_GRACE_SECONDS"])
    assert pod_of(deployment)["terminationGracePeriodSeconds"] > grace + 5


def given(deployment):
    container, environment = container_of(deployment), {}
    for source in container["envFrom"]:
        if "configMapRef" in source:
            environment |= of_kind("ConfigMap")[source["configMapRef"]["name"]]["data"]
        else:
            environment |= of_kind("Secret")[source["secretRef"]["name"]]["stringData"]
    return environment | {each["name"]: each["value"] for each in container.get("env", [])}


@each_deployment
def test_its_program_starts_with_what_it_is_given(deployment, request, tmp_path, logs, started):
    arguments = container_of(deployment)["args"]
    environment = services.of_this_machine(given(deployment), request)
    assert set(environment) <= settings_of(arguments[0])
    mounted = {mount["name"]: mount["mountPath"] for mount in container_of(deployment)["volumeMounts"]}
    assert set(mounted) == {volume["name"] for volume in pod_of(deployment)["volumes"]}
    if "keys" in mounted:
        run(services.BINARY, "keygen", "--out", tmp_path / "keys")
        names = of_kind("Secret")["mim-keys"]["stringData"]
        for setting in ("MIM_PRIVATE_KEY", "MIM_PUBLIC_KEY"):
            folder, _, name = environment[setting].rpartition("/")
            assert folder == mounted["keys"] and name in names
            environment[setting] = str(tmp_path / "keys" / name)
    image = {"MIM_DATA": str(tmp_path / "data"), "MIM_LISTEN": "0.0.0.0:8080"}
    started.append(services.start(deployment["metadata"]["name"], arguments, image | environment, logs))
    assert started[-1].stop() == 0
