"""What the README shows of the server is what it does."""

from __future__ import annotations

import re
import subprocess

from tests.consumers import program
from tests.helpers import README, ROOT, SEEDS
from tests.serving.served import PATIENCE, serving

CURL = re.compile(r"<!-- curl -->\n```console\n\$ (?P<command>curl[^\n]*)\n.*?```\n", re.DOTALL)
#: Where the README has the server.
SHOWN = "http://127.0.0.1:4010"


def test_the_commands_of_the_readme_get_these_answers(golden):
    program("curl", brought_by="apt install curl")
    text = README.read_text("utf-8")
    with serving(ROOT, "seeds/library") as served:
        said = served.said[-1].replace(served.url, SHOWN)
        assert f"$ docextract serve seeds/library\n{said}\n" in text

        def with_answer(match: re.Match[str]) -> str:
            command = match["command"].replace(SHOWN, served.url)
            done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=PATIENCE, check=True)
            answer = done.stdout.replace(served.url, SHOWN).rstrip("\n")
            return f"<!-- curl -->\n```console\n$ {match['command']}\n{answer}\n```\n"

        shown, count = CURL.subn(with_answer, text)
    assert count == 3
    golden(README, shown)


def test_the_client_of_the_readme_is_that_of_the_seed():
    [example] = re.findall(r"<!-- client -->\n```py\n(.*?)```\n", README.read_text("utf-8"), re.DOTALL)
    assert example in (SEEDS / "tested/test_client.py").read_text("utf-8")
