"""Doc sets in other languages: tables are known by their structure, base types by their verbs (DESIGN 5.1, 5.6)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.helpers import line_of, report, write


@dataclass(frozen=True)
class Words:
    """What a language calls the parts of a page."""

    base: str
    methods: str
    method_row: str
    properties: str
    relationships: str
    many: str
    request: str
    response: str
    example: str


LANGUAGES = {
    "de": Words(
        "Stellt ein Konto dar. Erbt von [base](base.md).",
        "Methode | Rückgabetyp | Beschreibung",
        "Abrufen",
        "Eigenschaft | Typ | Beschreibung",
        "Beziehung | Typ | Beschreibung",
        "{}-Auflistung",
        "HTTP-Anforderung",
        "Antwort",
        "Beispiel",
    ),
    "fr": Words(
        "Représente un compte. Hérite de [base](base.md).",
        "Méthode | Type de retour | Description",
        "Obtenir",
        "Propriété | Type | Description",
        "Relation | Type | Description",
        "Collection de {}",
        "Requête HTTP",
        "Réponse",
        "Exemple",
    ),
    "es": Words(
        "Representa una cuenta. Hereda de [base](base.md).",
        "Método | Tipo de valor devuelto | Descripción",
        "Obtener",
        "Propiedad | Tipo | Descripción",
        "Relación | Tipo | Descripción",
        "Colección {}",
        "Solicitud HTTP",
        "Respuesta",
        "Ejemplo",
    ),
    "ja": Words(
        "アカウントを表します。[base](base.md) から継承します。",
        "メソッド | 戻り値の型 | 説明",
        "Get",
        "プロパティ | 型 | 説明",
        "リレーションシップ | 型 | 説明",
        "{} コレクション",
        "HTTP 要求",
        "応答",
        "例",
    ),
    "zh": Words(
        "表示帐户。继承自 [base](base.md)。",
        "方法 | 返回类型 | 说明",
        "Get",
        "属性 | 类型 | 说明",
        "关系 | 类型 | 说明",
        "{} 集合",
        "HTTP 请求",
        "响应",
        "示例",
    ),
    "ru": Words(
        "Учетная запись. Наследуется от [base](base.md).",
        "Метод | Тип возвращаемого значения | Описание",
        "Get",
        "Свойство | Тип | Описание",
        "Связь | Тип | Описание",
        "Коллекция {}",
        "HTTP-запрос",
        "Отклик",
        "Пример",
    ),
}
BODY = """{
  "id": "1",
  "name": "Ann",
  "tags": ["a"],
  "owners": [{ "id": "2", "name": "Bob" }]
}"""


def table(head: str, *rows: str) -> str:
    """Make a table of a head and rows without outer pipes."""
    lines = [f"| {head} |", "|:---|:---|:---|", *(f"| {row} |" for row in rows)]
    return "\n".join(lines)


def resource(name: str, representation: str, *parts: str) -> str:
    """Make a resource page without an English word outside its annotation."""
    annotation = f'<!-- {{ "blockType": "resource", "@odata.type": "microsoft.graph.{name}" }} -->'
    return "\n\n".join([f"# {name}", *parts, f"{annotation}\n```json\n{representation}\n```\n"])


def pages(words: Words, body: str) -> dict[str, str]:
    """Make a doc set: two types, one of which derives from the other, and an operation."""
    many = words.many.format
    account = resource(
        "account",
        '{ "name": "string", "tags": ["string"] }',
        words.base,
        "## 1\n\n" + table(words.methods, f"[{words.method_row}](../api/get.md) | [account](account.md) | ..."),
        "## 2\n\n" + table(words.properties, "name | String | ...", f"tags | {many('String')} | ..."),
        "## 3\n\n" + table(words.relationships, f"owners | {many('[account](account.md)')} | ..."),
    )
    base = resource("base", '{ "id": "string" }', "## 2\n\n" + table(words.properties, "id | String | ..."))
    operation = f"""# get

## {words.request}

```http
GET /accounts/{{id}}
```

## {words.response}

`200 OK`, [account](../resources/account.md)

## {words.example}

<!-- {{ "blockType": "request", "name": "get" }} -->
```http
GET https://api.example.org/v1.0/accounts/1
```

<!-- {{ "blockType": "response", "@odata.type": "microsoft.graph.account", "truncated": true }} -->
```http
HTTP/1.1 200 OK
Content-Type: application/json

{body}
```
"""
    return {"resources/account.md": account, "resources/base.md": base, "api/get.md": operation}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clean_doc_set(tmp_path, language):
    found = report(write(tmp_path, pages(LANGUAGES[language], BODY)))
    assert found["findings"] == []
    assert (found["summary"]["checked"], found["summary"]["resolved"], found["summary"]["exchanges"]) == (1, 1, 1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("old", "new", "check", "column"),
    [
        ('"name": "Ann"', '"nome": "Ann"', "undeclared-property", 3),
        ('"name": "Ann"', '"name": 5', "wrong-type", 11),
        ('"id": "1"', '"id": 1', "wrong-type", 9),
        ('"tags": ["a"]', '"tags": [1]', "wrong-type", 12),
    ],
    ids=["rename", "type", "type of an inherited member", "type of an item"],
)
def test_its_spoiled_twin(tmp_path, language, old, new, check, column):
    made = pages(LANGUAGES[language], BODY.replace(old, new))
    [finding] = report(write(tmp_path, made))["findings"]
    where = (check, line_of(made["api/get.md"], new), column)
    assert (finding["check"], finding["line"], finding["column"]) == where
