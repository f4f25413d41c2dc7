"""What the parts of a page are called, in English and the languages that pages are translated into.

In this order: de, fr, es, pt, it, ru, zh (both scripts), ja, ko. All words are case-folded.
"""

from __future__ import annotations

#: Heads of columns that name members by the words that only English pages have.
ENGLISH_NAMES = frozenset(
    (
        *("property", "property name", "properties", "relationship", "relationship name", "navigation property"),
        *("name", "parameter", "parameter name", "attribute", "field"),
    )
)
RELATIONSHIPS = frozenset(
    (
        *("relationship", "relationship name", "relationships", "navigation", "navigation property"),
        *("navigation properties", "relations"),
        *("beziehung", "beziehungen", "beziehungsname", "name der beziehung", "navigationseigenschaft"),
        *("relation", "nom de la relation", "propriété de navigation"),
        *("relación", "relaciones", "nombre de la relación", "propiedad de navegación"),
        *("relação", "relações", "relacionamento", "relacionamentos", "nome da relação", "propriedade de navegação"),
        *("relazione", "relazioni", "nome relazione", "nome della relazione", "proprietà di navigazione"),
        *("связь", "связи", "отношение", "отношения", "имя связи", "свойство навигации"),
        *("关系", "关系名", "关系名称", "关联", "导航属性", "關係", "關聯性", "關聯", "關聯性名稱", "導覽屬性"),
        *("リレーションシップ", "リレーション", "リレーションシップ名", "関係", "関連", "ナビゲーション プロパティ"),
        *("관계", "관계 이름", "탐색 속성"),
    )
)
PROPERTIES = frozenset(
    (
        *("property", "property name", "properties"),
        *("eigenschaft", "eigenschaften", "eigenschaftenname", "eigenschaftsname", "name der eigenschaft"),
        *("propriété", "propriétés", "nom de la propriété", "nom de propriété"),
        *("propiedad", "propiedades", "nombre de la propiedad", "nombre de propiedad"),
        *("propriedade", "propriedades", "nome da propriedade"),
        *("proprietà", "nome proprietà", "nome della proprietà"),
        *("свойство", "свойства", "имя свойства", "название свойства"),
        *("属性", "属性名", "属性名称", "屬性", "屬性名稱", "內容"),
        *("プロパティ", "プロパティ名", "プロパティの名前"),
        *("속성", "속성 이름"),
    )
)
#: Heads of the column that names the members of a body.
NAMES = frozenset(
    (
        *ENGLISH_NAMES,
        *RELATIONSHIPS,
        *PROPERTIES,
        *("parametername", "attribut", "feld"),
        *("nom", "paramètre", "paramètres", "nom du paramètre", "nom de paramètre", "champ"),
        *("nombre", "parámetro", "parámetros", "nombre del parámetro", "nombre de parámetro", "atributo", "campo"),
        *("nome", "parâmetro", "parâmetros", "nome do parâmetro"),
        *("parametro", "parametri", "nome parametro", "nome del parametro", "attributo"),
        *("имя", "название", "параметр", "имя параметра", "атрибут", "поле"),
        *("名称", "参数", "参数名", "参数名称", "字段", "名稱", "參數", "參數名稱", "欄位"),
        *("名前", "パラメーター", "パラメータ", "パラメーター名", "フィールド"),
        *("이름", "매개 변수", "매개변수", "매개 변수 이름", "특성", "필드"),
    )
)
TYPES = frozenset(
    (
        *("type", "data type", "property type", "value type"),
        *("typ", "datentyp", "eigenschaftentyp", "eigenschaftstyp"),
        *("type de données", "tipo", "tipo de datos", "tipo de dados", "tipo di dati", "тип", "тип данных"),
        *(
            "类型",
            "数据类型",
            "類型",
            "資料類型",
            "型",
            "種類",
            "データ型",
            "タイプ",
            "형식",
            "유형",
            "데이터 형식",
            "종류",
        ),
    )
)
DESCRIPTIONS = frozenset(
    (
        *("description", "descriptions", "details", "notes"),
        *("beschreibung", "descripción", "descrição", "descrizione", "описание"),
        *("说明", "描述", "說明", "説明", "설명"),
    )
)
REQUIRED = frozenset(
    (
        *("required", "required?", "mandatory", "is required", "optional"),
        *("erforderlich", "erforderlich?", "obligatoire", "requis", "obligatorio", "requerido", "necesario"),
        *("obrigatório", "necessário", "obbligatorio", "richiesto", "necessario"),
        *("обязательный", "обязательно", "обязательное", "требуется"),
        *("必需", "必填", "必选", "是否必需", "必要", "必須", "필수", "필요"),
    )
)
#: Cells of that column by which a member need not be shown.
NOT_REQUIRED = frozenset(
    (
        *("no", "false", "n", "optional", "nein", "non", "não", "нет", "否", "いいえ", "아니요", "아니오"),
        *("facultatif", "opcional", "facoltativo", "необязательно", "необязательный", "可选", "選用", "省略可能"),
        *("オプション", "선택 사항", "선택적"),
    )
)
#: Heads of the column that lists the members of an enum.
MEMBERS = frozenset(
    (
        *("member", "members", "member name", "value", "values", "name", "enum value", "possible values", "mode"),
        *("element", "mitglied", "elementname", "wert", "werte", "mögliche werte"),
        *("membre", "nom du membre", "valeur", "valeurs", "nom", "valeurs possibles"),
        *("miembro", "nombre de miembro", "valor", "valores", "nombre", "posibles valores", "valores posibles"),
        *(
            "membro",
            "nome do membro",
            "nome",
            "valores possíveis",
            "nome membro",
            "valore",
            "valori",
            "valori possibili",
        ),
        *("член", "элемент", "имя элемента", "значение", "значения", "имя", "возможные значения"),
        *("成员", "成员名称", "值", "枚举值", "名称", "可取值", "可能的值", "成員", "成員名稱", "列舉值", "名稱"),
        *("メンバー", "メンバー名", "値", "名前", "可能な値", "使用可能な値"),
        *("멤버", "구성원", "멤버 이름", "값", "이름", "가능한 값"),
    )
)
#: What sections of properties are called, beside their tables' heads.
PROPERTY_SECTIONS = PROPERTIES | {"instance attributes", "attributes"}
REPRESENTATION_SECTIONS = frozenset(
    (
        *("json representation", "representation", "json-darstellung", "représentation json", "representación json"),
        *("representação json", "rappresentazione json", "представление json", "представление в формате json"),
        *("json 表示形式", "json 表示", "json 表現", "json 表示法", "json 표현"),
    )
)
