"""Code blocks whose fences do not fit: told at the line where the fence is, or should be, and read all the same."""

from __future__ import annotations

import pytest

from tests.helpers import line_of, report, write

COMMENT = '<!-- { "blockType": "response" } -->\n'
MESSAGE = 'HTTP/1.1 200 OK\nContent-Type: application/json\n\n{\n  "id": "1"\n}\n'
INDENTED = "".join(f"    {line}\n" if line else "\n" for line in MESSAGE.split("\n")[:-1])
GET = '# A page\n\n<!-- { "blockType": "request" } -->\n```http\nGET https://api.example.org/things/1\n```\n\n'
#: What comes after, in English and in German.
AFTER = ("\n## Next\n\nText.\n", '\n## <a name="next"></a>Weiteres\n\nText.\n', "")

CLEAN = {
    "three and three": COMMENT + "```http\n" + MESSAGE + "```\n",
    "tildes": COMMENT + "~~~http\n" + MESSAGE + "~~~\n",
    "three blanks": COMMENT + "   ```http\n" + MESSAGE + "   ```\n",
    "four in a list": "1. Text:\n\n    " + COMMENT + "    ```http\n" + INDENTED + "    ```\n",
    "four around Markdown": COMMENT + "```http\n" + MESSAGE + "```\n\n````md\n```json\n{}\n```\n````\n",
    "a sample of Markdown, indented": COMMENT
    + "```http\n"
    + MESSAGE
    + "```\n\nWrite:\n\n    ```http\n    GET /x\n    ```\n",
}
#: The text of the block with its fences, words on the line of the finding, its column, and words of the message.
WRONG = {
    "four and three": ("````http\n" + MESSAGE + "```\n", "````http", 1, "opened by 4 backticks"),
    "four and three around JSON below a request": (
        "```http\n" + MESSAGE + '```\n\n<!-- { "blockType": "example" } -->\n````json\n{\n  "a": 1\n}\n```\n',
        "````json",
        1,
        "opened by 4 backticks",
    ),
    "no opening fence": (MESSAGE + "```\n", "HTTP/1.1 200", 1, "code block is not opened"),
    "an opening fence far to the right": ("    ```http\n" + MESSAGE + "```\n", "    ```http", 5, "is indented by four"),
    "both fences far to the right": ("    ```http\n" + INDENTED + "    ```\n", "    ```http", 5, "is indented by four"),
}


def found(tmp_path, page):
    read = report(write(tmp_path, {"page.md": page}))
    loud = [finding for finding in read["findings"] if finding["severity"] != "info"]
    return [(f["check"], f["line"], f["column"]) for f in loud], loud, read["summary"]["exchanges"]


@pytest.mark.parametrize("block", CLEAN.values(), ids=CLEAN)
def test_fences_that_fit(tmp_path, block):
    findings, _, exchanges = found(tmp_path, GET + block)
    assert (findings, exchanges) == ([], 1)


@pytest.mark.parametrize("after", AFTER, ids=["English", "German", "at the end"])
@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_one_finding_where_the_fence_is(tmp_path, case, after):
    block, words, column, message = case
    page = GET + COMMENT + block + after
    findings, [finding, *_], exchanges = found(tmp_path, page)
    assert findings == [("unclosed-fence", line_of(page, words), column)]
    assert message in finding["message"]
    assert exchanges == 1


def test_a_closing_fence_alone(tmp_path):
    page = GET + COMMENT + "```http\n" + MESSAGE + "```\n\n'''http\nGET /other\n```\n\n## Next\n\nText.\n"
    findings, [finding, *_], _ = found(tmp_path, page)
    assert findings == [("unclosed-fence", line_of(page, "GET /other") + 1, 1)]
    assert "closes no code block" in finding["message"]


def test_an_open_fence_is_told_once(tmp_path):
    page = GET.replace("```\n\n", "\n### Response\n\n") + COMMENT + "```http\n" + MESSAGE + "```\n"
    findings, _, exchanges = found(tmp_path, page)
    assert findings == [("unclosed-fence", 4, 1)]
    assert exchanges == 1


def test_a_conflict_is_told_once(tmp_path):
    both = '<<<<<<< HEAD\n  "id": "1"\n=======\n  "id": "2"\n>>>>>>> theirs\n'
    page = GET + COMMENT + "```http\n" + MESSAGE.replace('  "id": "1"\n', both) + "```\n"
    findings, [finding, *_], _ = found(tmp_path, page)
    first = line_of(page, "<<<<<<<")
    assert findings == [("merge-conflict", first, 1)]
    assert [one["line"] for one in finding["related"]] == [first + 2, first + 4]


def test_two_conflicts_and_the_rest_of_one(tmp_path):
    conflict = "<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> theirs\n"
    page = f"# A page\n\n{conflict}\nText.\n\n{conflict}\n=======\nB\n>>>>>>> theirs\n"
    findings, _, _ = found(tmp_path, page)
    assert findings == [("merge-conflict", line, 1) for line in (3, 11, 17)]
