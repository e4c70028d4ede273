"""The files from which a cluster is started: complete, of the version that is tested, without a secret, and allowing no more
than the program asks for."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml  # type: ignore[import-untyped] # its types are a package of their own; this is the only use

ROOT = Path(__file__).parents[2]
SECURITY = ROOT / "deploy" / "security"
NODES = ("node-1", "node-2", "node-3")
PASSWORDS = {"ADMIN_PASSWORD", "READER_PASSWORD", "WRITER_PASSWORD"}


def _yaml(path: Path) -> dict[str, Any]:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    services = _yaml(ROOT / "docker-compose.yml")["services"]
    assert isinstance(services, dict)
    return services


def test_every_node_may_elect_the_first_manager(services: dict[str, Any]) -> None:
    assert tuple(services) == NODES
    for name, service in services.items():
        environment = service["environment"]
        assert environment["node.name"] == name
        assert environment["cluster.initial_cluster_manager_nodes"].split(",") == list(NODES)
        assert environment["discovery.seed_hosts"].split(",") == list(NODES)
        assert environment["plugins.security.nodes_dn"].split(",") == [f"CN={node}" for node in NODES]


def test_nodes_are_of_the_version_that_is_tested(services: dict[str, Any]) -> None:
    pom = ElementTree.parse(ROOT / "tests" / "opensearch" / "pom.xml")  # noqa: S314 - our own file
    tested = pom.findtext(".//{*}properties/{*}opensearch")
    assert {service["image"] for service in services.values()} == {f"opensearchproject/opensearch:{tested}"}


def test_no_password_is_written_anywhere_and_each_must_be_set(services: dict[str, Any]) -> None:
    for service in services.values():
        given = {name: text for name, text in service["environment"].items() if "PASSWORD" in name}
        assert given.keys() == PASSWORDS
        assert all(re.fullmatch(r"\$\{OPENSEARCH_\w+:\?[^}]+\}", text) for text in given.values())
    users = {name: user for name, user in _yaml(SECURITY / "internal_users.yml").items() if name != "_meta"}
    assert {user["hash"] for user in users.values()} == {f"${{envbc.{name}}}" for name in PASSWORDS}


def test_security_is_on_and_the_demo_is_off(services: dict[str, Any]) -> None:
    for service in services.values():
        environment = service["environment"]
        assert environment["DISABLE_INSTALL_DEMO_CONFIG"] == "true"
        assert environment["plugins.security.ssl.http.enabled"] == "true"
        assert "DISABLE_SECURITY_PLUGIN" not in environment


def test_nodes_keep_their_own_data_are_watched_bounded_and_reached_from_here_only(services: dict[str, Any]) -> None:
    declared = _yaml(ROOT / "docker-compose.yml")["volumes"]
    for name, service in services.items():
        assert name in declared
        assert f"{name}:/usr/share/opensearch/data" in service["volumes"]
        assert f"./certificates/{name}.key:/usr/share/opensearch/config/node.key:ro" in service["volumes"]
        assert service["healthcheck"]["test"]
        assert service["mem_limit"]
        assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    ports = [port for service in services.values() for port in service["ports"]]
    assert len(set(ports)) == len(NODES)


def test_mounted_files_are_there(services: dict[str, Any]) -> None:
    mounted = {volume.split(":")[0] for service in services.values() for volume in service["volumes"]}
    ours = {path for path in mounted if path.startswith("./deploy/")}
    assert {Path(path).name for path in ours} == {"internal_users.yml", "roles.yml", "roles_mapping.yml"}
    assert all((ROOT / path).is_file() for path in ours)


def test_roles_are_those_of_users_there_are_and_the_reader_changes_nothing() -> None:
    users = _yaml(SECURITY / "internal_users.yml")
    roles = {name: role for name, role in _yaml(SECURITY / "roles.yml").items() if name != "_meta"}
    mapping = {name: mapped for name, mapped in _yaml(SECURITY / "roles_mapping.yml").items() if name != "_meta"}
    assert mapping.keys() == roles.keys() | {"all_access"}
    assert {user for mapped in mapping.values() for user in mapped.get("users", ())} <= users.keys()
    allowed = roles["kamerstukken_read"]["cluster_permissions"] + [
        action for one in roles["kamerstukken_read"]["index_permissions"] for action in one["allowed_actions"]
    ]
    assert all(action.startswith(("cluster:monitor/", "indices:data/read/", "indices:admin/get")) for action in allowed)
    patterns = [pattern for role in roles.values() for one in role["index_permissions"] for pattern in one["index_patterns"]]
    assert set(patterns) == {"kst", "kst-*"}


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_certificates_are_made_once_signed_and_name_what_was_asked(tmp_path: Path) -> None:
    def run(*command: str) -> str:
        return subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    script = str(ROOT / "deploy" / "certificates.sh")
    run(script, "DNS:search.example.nl")
    folder = tmp_path / "certificates"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    run(script)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    for name in (*NODES, "admin"):
        certificate = str(folder / f"{name}.pem")
        assert "OK" in run("openssl", "verify", "-CAfile", str(folder / "ca.pem"), certificate)
        told = run("openssl", "x509", "-in", certificate, "-noout", "-subject", "-ext", "subjectAltName")
        assert f"CN = {name}" in told.replace("CN=", "CN = ")
        assert "DNS:search.example.nl" in told
        assert (folder / f"{name}.key").stat().st_mode & 0o077 == 0
        assert (folder / f"{name}.key").read_text(encoding="ascii").startswith("-----BEGIN PRIVATE KEY-----")
