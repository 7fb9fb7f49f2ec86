"""The Kubernetes manifests: as its strict schemas want them, restricted, and with the names that the program knows."""

import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import fastjsonschema
import pytest
import yaml

from bots import app, serving
from core.kernel.settings import SECRETS, Settings
from tests.unit.deploy.manifests import DEPLOY, Tree, checker, read

FOLDER = DEPLOY / "kubernetes"
KINDS = {
    ("v1", "Namespace"): "core.v1.Namespace",
    ("v1", "ServiceAccount"): "core.v1.ServiceAccount",
    ("v1", "ConfigMap"): "core.v1.ConfigMap",
    ("v1", "Service"): "core.v1.Service",
    ("v1", "PersistentVolumeClaim"): "core.v1.PersistentVolumeClaim",
    ("apps/v1", "Deployment"): "apps.v1.Deployment",
    ("batch/v1", "Job"): "batch.v1.Job",
    ("batch/v1", "CronJob"): "batch.v1.CronJob",
    ("policy/v1", "PodDisruptionBudget"): "policy.v1.PodDisruptionBudget",
    ("networking.k8s.io/v1", "NetworkPolicy"): "networking.v1.NetworkPolicy",
}
HIDDEN = {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}


def objects() -> Iterator[Tree]:
    for name in read("kubernetes", "kustomization.yaml")["resources"]:
        yield from yaml.safe_load_all((FOLDER / name).read_text("utf-8"))


OBJECTS = {f"{each['kind']}/{each['metadata']['name']}": each for each in objects()}


def pods() -> dict[str, Tree]:
    """Return what each workload says of its pods."""
    found: dict[str, Tree] = {}
    for name, each in OBJECTS.items():
        spec = each.get("spec", {})
        spec = spec.get("jobTemplate", {}).get("spec", spec)
        if "template" in spec:
            found[name] = spec["template"]
    return found


PODS = pods()
STAY = ("Deployment/web", "Deployment/worker")


@pytest.mark.parametrize("name", OBJECTS)
def test_it_is_as_the_strict_schema_wants_it(name: str) -> None:
    each = OBJECTS[name]
    checker("kubernetes.json", f"io.k8s.api.{KINDS[each['apiVersion'], each['kind']]}")(each)


def test_a_field_that_kubernetes_does_not_know_is_found() -> None:
    """The twin: the schema bites, deep inside."""
    wrong: dict[str, Any] = yaml.safe_load(yaml.safe_dump(OBJECTS["Deployment/web"]))
    wrong["spec"]["template"]["spec"]["containers"][0]["securityContext"]["readOnlyRootFileSystem"] = True
    with pytest.raises(fastjsonschema.JsonSchemaValueException, match="readOnlyRootFileSystem"):
        checker("kubernetes.json", "io.k8s.api.apps.v1.Deployment")(wrong)


def test_every_file_is_a_resource() -> None:
    listed = {*read("kubernetes", "kustomization.yaml")["resources"], "kustomization.yaml"}
    assert {path.name for path in FOLDER.iterdir()} == listed


def test_kustomize_builds_it() -> None:
    if shutil.which("kubectl") is None:
        pytest.skip("kubectl is not installed; it builds the base as kustomize does")
    built = subprocess.run(["kubectl", "kustomize", FOLDER], capture_output=True, text=True, timeout=60, check=True)
    said = list(yaml.safe_load_all(built.stdout))
    assert {f"{each['kind']}/{each['metadata']['name']}" for each in said} == set(OBJECTS)
    assert {each["metadata"].get("namespace", "eventflow") for each in said} == {"eventflow"}


@pytest.mark.parametrize("name", PODS)
def test_every_pod_keeps_the_restricted_standard(name: str) -> None:
    spec = PODS[name]["spec"]
    own = spec["securityContext"]
    assert (own["runAsNonRoot"], own["runAsUser"], own["seccompProfile"]) == (True, 10001, {"type": "RuntimeDefault"})
    assert spec["automountServiceAccountToken"] is False
    assert not {"hostNetwork", "hostPID", "hostIPC"} & set(spec)
    assert {kind for volume in spec["volumes"] for kind in volume} <= {
        "name",
        "secret",
        "emptyDir",
        "persistentVolumeClaim",
    }
    for container in spec["containers"]:
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert "memory" in container["resources"]["limits"]


@pytest.mark.parametrize("name", PODS)
def test_every_name_is_one_that_the_program_reads_and_secrets_are_only_named(name: str) -> None:
    [container] = PODS[name]["spec"]["containers"]
    given = {each["name"]: each["value"] for each in container.get("env", [])}
    settings: dict[str, str] = {**OBJECTS["ConfigMap/eventflow"]["data"], **given}
    assert container["envFrom"] == [{"configMapRef": {"name": "eventflow"}}]
    assert {each.lower() for each in settings} <= set(Settings.model_fields) - HIDDEN
    assert Settings(**{each.lower(): value for each, value in settings.items()})  # pyright: ignore[reportArgumentType]
    mounts = {each["name"]: each["mountPath"] for each in container["volumeMounts"]}
    assert mounts["secrets"] == settings[SECRETS]
    owner = {volume["secret"]["secretName"] for volume in PODS[name]["spec"]["volumes"] if "secret" in volume}
    assert owner == {"eventflow" if name in STAY else "eventflow-owner"}


def test_every_secret_that_the_program_takes_is_named() -> None:
    """In the comment that says what to make: each of them, but the app token, which is for one process alone."""
    text = (FOLDER / "settings.yaml").read_text("utf-8")
    [run, owner] = [line.split()[2:] for line in text.splitlines() if line.startswith("#   eventflow")]
    assert set(run) == HIDDEN - {"database_owner_url", "slack_app_token"}
    assert owner == ["database_url", "database_owner_url"]
    assert not [name for name in OBJECTS if name.startswith("Secret/")]


@pytest.mark.parametrize("name", STAY)
def test_two_of_each_that_one_disturbance_does_not_take_both(name: str) -> None:
    spec, labels = OBJECTS[name]["spec"], PODS[name]["metadata"]["labels"]
    budget = OBJECTS[name.replace("Deployment", "PodDisruptionBudget")]["spec"]
    spread = PODS[name]["spec"]["topologySpreadConstraints"]
    assert (spec["replicas"], budget["minAvailable"]) == (2, 1)
    assert spec["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    assert budget["selector"]["matchLabels"] == spec["selector"]["matchLabels"] == labels
    assert [each["labelSelector"]["matchLabels"] for each in spread] == [labels, labels]


@pytest.mark.parametrize("name", STAY)
def test_alive_is_the_process_and_ready_is_more(name: str) -> None:
    [container] = PODS[name]["spec"]["containers"]
    asked = {kind: container[f"{kind}Probe"]["httpGet"] for kind in ("startup", "liveness", "readiness")}
    assert {kind: each["path"] for kind, each in asked.items()} == {
        "startup": "/healthz",
        "liveness": "/healthz",
        "readiness": "/readyz",
    }
    assert {each["port"] for each in asked.values()} == {container["ports"][0]["name"]}
    assert container["ports"][0]["containerPort"] == 8080
    given = {each["name"]: each["value"] for each in container.get("env", [])}
    assert given == ({"EVENTFLOW_PROBE_PORT": "8080"} if name.endswith("worker") else {})


@pytest.mark.parametrize("name", STAY)
def test_it_is_given_the_time_that_it_takes_to_stop(name: str) -> None:
    [container] = PODS[name]["spec"]["containers"]
    before = int(container.get("lifecycle", {}).get("preStop", {}).get("exec", {}).get("command", ["", "0"])[1])
    needed = app._END_SECONDS + serving._GRACE_SECONDS + before  # pyright: ignore[reportPrivateUsage]
    assert PODS[name]["spec"]["terminationGracePeriodSeconds"] > needed


def test_the_network_is_closed_but_for_what_is_named() -> None:
    rules = {name: each["spec"] for name, each in OBJECTS.items() if name.startswith("NetworkPolicy/")}
    assert rules.pop("NetworkPolicy/default-deny") == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    coming = [rule for each in rules.values() for rule in each.get("ingress", [])]
    assert all(rule["from"] and rule["ports"] for rule in coming)
    going = {
        (port["protocol"], port["port"])
        for each in rules.values()
        for rule in each.get("egress", [])
        for port in rule["ports"]
    }
    assert going == {("UDP", 53), ("TCP", 53), ("TCP", 5432), ("TCP", 443)}
