"""The cache: the same bytes with and without it, and nothing that is done to its file can harm."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.helpers import ROOT, SEEDS, git, run, write
from tests.pages import operation, resource

FILE = Path(".docextract_cache") / "verdicts"
PAGES = {
    "resources/thing.md": resource("thing", ["|id|String|The id.|", "|size|Int32|The size.|"]),
    "resources/box.md": resource("box", ["|inner|[thing](thing.md)|What is in it.|", "|id|String|The id.|"]),
    "resources/free.md": resource("free", ["|id|String|The id.|"]),
    "api/thing.md": operation('{"id": 5, "size": "large"}', keys='"@odata.type": "microsoft.graph.thing"'),
    "api/box.md": operation('{"inner": {"size": "large"}}', keys='"@odata.type": "microsoft.graph.box"'),
    "api/free.md": operation('{"id": 5, "width": 1}', keys='"@odata.type": "microsoft.graph.free"'),
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder of pages, as the working directory."""
    write(tmp_path, PAGES)
    (tmp_path / "docextract.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    settle(tmp_path)
    return tmp_path


def settle(folder: Path) -> None:
    """Make all files older than what a time stamp may hide; only the change time cannot be set."""
    for path in folder.rglob("*.md"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


def check(*arguments: str, cached: bool = True) -> str:
    """Check the working directory; give stdout."""
    code, out, err = run("check", "--output-format", "json", *arguments, cached=cached)
    assert code in (0, 1), err
    return out


def findings(out: str) -> list[tuple[str, int, str]]:
    return [(f["path"], f["line"], f["check"]) for f in json.loads(out)["findings"]]


def test_the_same_bytes_with_and_without(folder):
    without = check(cached=False)
    assert len(findings(without)) > 4
    assert not FILE.exists()
    assert check() == without
    assert FILE.exists()
    assert check() == without
    assert check("api") == check("api", cached=False)
    assert check("api/box.md", "--select", "wrong-type") == check("api/box.md", "--select", "wrong-type", cached=False)


def test_the_folder_is_marked_as_a_cache(folder):
    check()
    assert (FILE.parent / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")
    assert (FILE.parent / ".gitignore").read_text() == "*\n"


def test_clean_removes_it_and_only_it(folder):
    check()
    assert run("clean")[0] == 0
    assert not FILE.parent.exists()
    assert (folder / "api/box.md").exists()
    FILE.parent.mkdir()
    (FILE.parent / "mine.txt").write_text("")
    assert "no .docextract_cache" in run("clean")[2]
    assert (FILE.parent / "mine.txt").exists()


def test_clean_leaves_what_it_did_not_write(folder):
    check()
    (FILE.parent / "mine.txt").write_text("mine")
    code, _, err = run("clean")
    assert code == 0
    assert err.endswith(".docextract_cache stays, for it holds what docextract did not write: mine.txt\n")
    assert [path.name for path in FILE.parent.iterdir()] == ["mine.txt"]


def test_a_link_in_the_place_of_the_cache_is_not_followed(folder, tmp_path_factory):
    """Neither to write nor to clean: whoever made the checkout may have chosen what it leads to."""
    victim = write(tmp_path_factory.mktemp("victim"), {"important.txt": "x", "CACHEDIR.TAG": "x", "verdicts": "x"})
    FILE.parent.symlink_to(victim)
    expected = check(cached=False)
    code, out, err = run("check", "--output-format", "json", cached=True)
    assert (code, out) == (1, expected)
    assert "no cache is used: " in err
    assert ".docextract_cache is a link, and nothing is read or written through it" in err
    code, _, err = run("clean")
    assert code == 2
    assert err.endswith(".docextract_cache is a link; nothing is removed through it, remove the link itself\n")
    assert FILE.parent.is_symlink()
    assert {path.name: path.read_text() for path in victim.iterdir()} == dict.fromkeys(
        ("important.txt", "CACHEDIR.TAG", "verdicts"), "x"
    )


def test_clean_removes_the_manual_pages_of_hyperlinks_too(folder, monkeypatch):
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    assert run("check", cached=True, terminal=True)[0] == 1
    assert (FILE.parent / "wrong-type.txt").exists()
    assert run("clean")[0] == 0
    assert not FILE.parent.exists()


def test_no_cache_writes_none(folder):
    check("--no-cache")
    assert not FILE.parent.exists()


def test_a_run_without_a_change_writes_nothing(folder):
    check()
    time.sleep(2.1)  # until then a file may change again without a new time stamp, so its text is read
    check()
    before = FILE.stat().st_mtime_ns, FILE.stat().st_ino
    check()
    assert (FILE.stat().st_mtime_ns, FILE.stat().st_ino) == before


CHANGES = {
    "a type": ("resources/thing.md", "|size|Int32|", "|size|String|"),
    "a name": ("resources/thing.md", "|size|Int32|", "|width|Int32|"),
    "the name of the type": ("resources/thing.md", '"microsoft.graph.thing"', '"microsoft.graph.thin"'),
    "a base type": (
        "resources/free.md",
        '"microsoft.graph.free"',
        '"microsoft.graph.free", "baseType": "microsoft.graph.b"',
    ),
    "a row above": ("resources/thing.md", "|id|String|The id.|", "|more|String|More.|\n|id|String|The id.|"),
    "a derived type": ("resources/box.md", "|id|String|The id.|", "|width|Int32|The width.|"),
    "the example": ("api/box.md", '"large"', "7"),
    "a URL's version": ("api/box.md", "GET /things/{id}\n```\n\n### Resp", "GET https://x.org/v2.0/y\n```\n\n### Resp"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen(folder, change):
    check()
    path, old, new = change
    page = folder / path
    assert old in page.read_text()
    page.write_text(page.read_text().replace(old, new))
    assert check() == check(cached=False)
    page.write_text(page.read_text().replace(new, old))
    assert check() == check(cached=False)


#: A page that nothing else names, what changes in it, and the page whose findings change with it.
FROM_AFAR = {
    "a page calls a type open": ("api/about.md", "Nothing.", "Use the open type [free](../resources/free.md)."),
    "the title of a type that is near": ("resources/thing.md", "# thing resource", "# thng resource"),
    "a type of the foreign namespace": ("api/about.md", "Nothing.", "\n\n" + resource("a", []).replace("graph", "hr")),
    "the namespace of most types": (
        "api/about.md",
        "Nothing.",
        "".join(f"\n\n{resource(name, ['|id|String|I.|']).replace('graph', 'hr')}" for name in "abcde"),
    ),
    "responses with values": (
        "api/about.md",
        "Nothing.",
        "\n\n" + "".join(operation('{"value": 1}', keys='"@odata.type": "Edm.String"') for _ in range(3)),
    ),
}


@pytest.mark.parametrize(("path", "old", "new"), FROM_AFAR.values(), ids=FROM_AFAR)
def test_a_change_that_is_seen_from_afar(folder, path, old, new):
    listed = '"@odata.type": "microsoft.graph.free", "isCollection": true'
    write(
        folder,
        {
            "api/about.md": "# About\n\nNothing.\n",
            "api/near.md": operation('{"id": 5}', keys='"@odata.type": "microsoft.graph.thng"'),
            "api/foreign.md": operation('{"id": 5}', keys='"@odata.type": "microsoft.hr.free"'),
            "api/list.md": operation('{"data": [{"id": 5}]}', keys=listed),
            **{f"api/other{number}.md": operation('{"data": []}', keys=listed) for number in range(6)},
        },
    )
    settle(folder)
    before = check()
    page = folder / path
    assert old in page.read_text()
    page.write_text(page.read_text().replace(old, new))
    after = check()
    assert after == check(cached=False)
    kept = [f for f in json.loads(after)["findings"] if not f["path"].endswith(path)]
    assert kept != [f for f in json.loads(before)["findings"] if not f["path"].endswith(path)]


def test_a_changed_row_changes_the_findings_of_its_users_alone(folder):
    before = Counter(findings(check()))
    page = folder / "resources/thing.md"
    page.write_text(page.read_text().replace("|size|Int32|", "|size|String|"))
    after = Counter(findings(check()))
    assert {path for path, _, _ in (before - after)} == {"api/thing.md", "api/box.md"}
    assert not after - before


def test_pages_that_come_and_go(folder):
    check()
    (folder / "resources/more.md").write_text(resource("more", ["|id|String|The id.|"]))
    (folder / "resources/free.md").unlink()
    assert check() == check(cached=False)


def test_a_linked_file_that_is_no_page(folder):
    page = folder / "api/free.md"
    page.write_text(page.read_text() + "\nSee [it](../README.md).\n")
    assert ("api/free.md", 34, "broken-link") in [(f[0], 34, f[2]) for f in findings(check())]
    (folder / "README.md").write_text("# Read me\n")
    assert check() == check(cached=False)


def test_the_configuration_counts(folder):
    check()
    (folder / "docextract.toml").write_text('ignore = ["wrong-type"]\n')
    assert check() == check(cached=False)


def test_an_edit_of_the_same_size_is_seen(folder):
    check()
    page = folder / "api/box.md"
    stamp = page.stat()
    page.write_text(page.read_text().replace("large", "small"))
    os.utime(page, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert check() == check(cached=False)
    assert "small" in check()


def test_a_whole_run_of_many_pages(folder):
    """Its report is kept as a whole, until a file comes or goes that one of its pages links to."""
    write(folder, {f"more/page{number}.md": f"# Page {number}\n\n[It](../README.md)\n" for number in range(120)})
    settle(folder)
    without = check(cached=False)
    assert check() == without
    assert check() == without
    (folder / "README.md").write_text("# Read me\n")
    settled = check()
    assert settled == check(cached=False)
    assert len(findings(without)) == len(findings(settled)) + 120


def damaged(data: bytes) -> list[bytes]:
    """Return a file in which something is wrong in many ways."""
    places = [0, 5, len(data) // 3, len(data) // 2, len(data) - 2]
    flipped = [data[:i] + bytes([data[i] ^ 1]) + data[i + 1 :] for i in places]
    return [b"", b"\0" * 100, data[: len(data) // 2], data + b"x", data.replace(b"wrong-type", b"wrong-typo"), *flipped]


def test_a_damaged_file_is_made_anew(folder):
    expected = check()
    whole = FILE.read_bytes()
    for data in damaged(whole):
        FILE.write_bytes(data)
        assert check() == expected
        assert FILE.read_bytes() == whole


def of_another_user(monkeypatch, folder: Path) -> None:
    """Go on as a user who keeps things in another folder."""
    monkeypatch.delenv("DOCEXTRACT_CACHE_KEY", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))


def test_the_cache_of_another_user_is_not_believed(folder, tmp_path_factory, monkeypatch):
    """Whoever knows this very docextract can make a file that says that no page has a finding."""
    expected = check()
    key = Path(os.environ["XDG_STATE_HOME"]) / "docextract" / "cache-key"
    assert key.stat().st_mode & 0o777 == 0o600
    of_another_user(monkeypatch, tmp_path_factory.mktemp("other"))
    page = folder / "api" / "thing.md"
    text = page.read_text()
    page.write_text(text.replace('{"id": 5, "size": "large"}', '{"id": "5", "size": 5}'))
    assert "wrong-type" not in check("api/thing.md")
    forged = FILE.read_bytes()
    page.write_text(text)
    monkeypatch.setenv("XDG_STATE_HOME", str(key.parent.parent))
    for state in (forged, forged.replace(b"\n", b"\n\n", 1)):
        FILE.write_bytes(state)
        assert check() == expected


def test_a_key_in_the_environment_seals_what_a_ci_server_keeps(folder, tmp_path_factory, monkeypatch):
    monkeypatch.setenv("DOCEXTRACT_CACHE_KEY", "the secret of a job")
    expected = check()
    before = FILE.read_bytes()
    of_another_user(monkeypatch, tmp_path_factory.mktemp("machine"))
    monkeypatch.setenv("DOCEXTRACT_CACHE_KEY", "the secret of a job")
    assert check() == expected
    assert FILE.read_bytes() == before
    monkeypatch.setenv("DOCEXTRACT_CACHE_KEY", "x" * 65)
    code, out, err = run("check", "--output-format", "json", cached=True)
    assert (code, out) == (1, expected)
    assert "no cache is used: DOCEXTRACT_CACHE_KEY is longer than 64 bytes" in err


@pytest.mark.parametrize("place", ["in the project", "a file", "for all to read", "nowhere"])
def test_without_a_secret_there_is_no_cache_which_is_told_once(folder, tmp_path_factory, monkeypatch, place):
    home = tmp_path_factory.mktemp("home")
    if place == "in the project":
        home = folder / "state"
    elif place == "a file":
        (home / "docextract").write_text("in the way")
    elif place == "for all to read":
        write(home, {"docextract/cache-key": "x" * 32})
    of_another_user(monkeypatch, home)
    if place == "nowhere":
        monkeypatch.delenv("XDG_STATE_HOME")
        monkeypatch.setenv("HOME", "nowhere")
    code, out, err = run("check", "--output-format", "json", "--fix", cached=True)
    assert (code, out) == (1, check("--fix", cached=False))
    assert err.count("docextract: no cache is used: ") == 1
    assert not FILE.parent.exists()


@pytest.mark.parametrize("place", [".", "docs"])
def test_a_cache_that_git_tracks_is_not_used(folder, place, monkeypatch):
    monkeypatch.chdir(write(folder / place, {"docextract.toml": "", **PAGES}))
    git("-C", str(folder), "init", "-q")
    expected = check()
    assert "git tracks" not in run("check", cached=True)[2]
    git("add", "-f", str(FILE))
    before = FILE.read_bytes()
    code, out, err = run("check", "--output-format", "json", cached=True)
    assert (code, out) == (1, expected)
    assert err.count("no cache is used: git tracks ") == 1
    assert FILE.read_bytes() == before
    git("rm", "-rq", "--cached", ".docextract_cache")
    assert "git tracks" not in run("check", cached=True)[2]


#: What may stand in a file with the right seal: another program's, or a mistake of this one.
MALFORMED = {
    "a page before any set": lambda lines: [lines[-1], *lines],
    "a set without a head": lambda lines: [line.replace(b"\t[", b"\t") for line in lines],
    "cut values": lambda lines: [line[: len(line) // 2] for line in lines],
    "few columns": lambda lines: [b"\t".join(line.split(b"\t")[:3]) for line in lines],
    "no text": lambda lines: [line.replace(b"wrong", b"\xff") for line in lines],
    "no such check": lambda lines: [line.replace(b'"wrong-type"', b'"no-such"') for line in lines],
}


@pytest.mark.parametrize("spoil", MALFORMED.values(), ids=MALFORMED)
def test_whatever_a_sealed_file_holds_the_report_is_the_same(folder, monkeypatch, spoil):
    monkeypatch.setenv("DOCEXTRACT_CACHE_KEY", "known")
    expected = check()
    magic, *lines = FILE.read_bytes().split(b"\n")
    body = b"\n".join([lines[0], *spoil(lines[1:])])
    seal = hashlib.blake2b(body, key=b"known", digest_size=32).hexdigest().encode()
    FILE.write_bytes(magic.rpartition(b" ")[0] + b" " + seal + b"\n" + body)
    for _ in range(2):
        code, out, err = run("check", "--output-format", "json", cached=True)
        assert (code, out) == (1, expected), err
    assert FILE.read_bytes().split(b"\n", 1)[1] != body


def test_a_whole_run_belongs_to_the_folder_that_it_looks_at(tmp_path, monkeypatch):
    """A link out of `docs` is none of its run, but one of the run over everything."""
    pages = {f"docs/p{number}.md": "# p\n" for number in range(120)}
    pages["docs/p1.md"] = "# p\n\n[x](../missing.md)\n"
    pages["docs/p99.md"] = " ".join(f"[a](p{number}.md)" for number in range(30))
    write(tmp_path, pages)
    monkeypatch.chdir(tmp_path)
    settle(tmp_path)
    for arguments in (["docs"], ["."], ["docs"], ["docs", "docs/p1.md"]):
        for _ in range(2):
            assert check(*arguments) == check(*arguments, cached=False)
    git("init", "-q")
    for arguments in (["docs"], ["."]):
        assert check(*arguments) == check(*arguments, cached=False)


def test_a_folder_that_cannot_be_written_stops_nothing(folder):
    FILE.parent.write_text("in the way")
    assert check() == check(cached=False)


def test_runs_side_by_side(folder):
    command = [sys.executable, "-m", "docextract", "check", "--output-format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) for _ in range(4)]
    outputs = {one.communicate()[0] for one in runs}
    assert outputs == {check(cached=False)}
    assert check() == outputs.pop()


def test_a_run_that_is_killed_leaves_a_cache_that_serves(tmp_path):
    """Killed fifty times at any moment, with something changed before each run."""
    folder = shutil.copytree(SEEDS / "library", tmp_path / "library")
    page = folder / "api" / "item-list.md"
    clean = page.read_text("utf-8")
    command = [sys.executable, "-m", "docextract", "check", "--output-format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=False)
    whole = time.perf_counter() - start
    moments = random.Random(5)
    for number in range(50):
        page.write_text(clean + f"\n<!-- {number} -->\n", "utf-8")
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
        time.sleep(moments.uniform(0.2, 1.0) * whole)
        process.send_signal(signal.SIGKILL)
        process.wait()
    for cached in ([], ["--no-cache"]):
        last = subprocess.run(
            [*command, *cached], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert (last.returncode, last.stderr) == (0, "")
        assert json.loads(last.stdout)["summary"]["pages"] == 12


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_same_bytes_on_the_corpus(corpus, jobs, tmp_path, monkeypatch):
    """Cold, warm and without a cache; with one process and with two."""
    for path in corpus.rglob("*.md"):
        copy = tmp_path / path.relative_to(corpus)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
    monkeypatch.chdir(tmp_path)
    without = check("--jobs", jobs, cached=False)
    assert check("--jobs", jobs) == without
    assert check("--jobs", jobs) == without
    page = next(tmp_path.rglob("identityset.md"), None)
    if page:
        page.write_text(page.read_text("utf-8").replace("|identity|", "|String|", 1), "utf-8")
        assert check("--jobs", jobs) == check("--jobs", jobs, cached=False)
