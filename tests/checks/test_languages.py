"""Doc sets in other languages: tables are known by their structure, base types by their verbs."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.helpers import line_of, places, report, write
from tests.pages import block, fence, message, table, typed


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


def rows(head: str, *texts: str) -> str:
    """Return a table of rows without their outer pipes."""
    return table([f"| {text} |" for text in texts], head=f"| {head} |")


def resource(name: str, representation: str, *parts: str) -> str:
    """Return a resource page without an English word outside its annotation."""
    shown = block("resource", representation, typed(name, truncated=False), info="json")
    return "\n\n".join([f"# {name}", *parts, shown])


def pages(words: Words, body: str) -> dict[str, str]:
    """Make a doc set: two types, one of which derives from the other, and an operation."""
    many = words.many.format
    account = resource(
        "account",
        '{ "name": "string", "tags": ["string"] }',
        words.base,
        "## 1\n\n" + rows(words.methods, f"[{words.method_row}](../api/get.md) | [account](account.md) | ..."),
        "## 2\n\n" + rows(words.properties, "name | String | ...", f"tags | {many('String')} | ..."),
        "## 3\n\n" + rows(words.relationships, f"owners | {many('[account](account.md)')} | ..."),
    )
    base = resource("base", '{ "id": "string" }', "## 2\n\n" + rows(words.properties, "id | String | ..."))
    asked = block("request", "GET https://api.example.org/v1.0/accounts/1", '"name": "get"')
    parts = [
        "# get",
        f"## {words.request}\n\n{fence('GET /accounts/{id}')}",
        f"## {words.response}\n\n`200 OK`, [account](../resources/account.md)",
        f"## {words.example}\n\n{asked}",
        block("response", message("200 OK", body), typed("account")),
    ]
    return {"resources/account.md": account, "resources/base.md": base, "api/get.md": "\n\n".join(parts)}


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
    found = report(write(tmp_path, made))
    assert places(found) == [(check, line_of(made["api/get.md"], new), column)]
