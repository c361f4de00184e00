"""A portal on this machine, and the server of its tokens: methods under a webhook or a token, lists
by id, batches of fifty."""

from urllib.parse import parse_qs, urlsplit

from pult.integrations.calling.tests.stand import Asked

WEBHOOK = "1/abcdef123"
PAGE = 2


APPLICATION = {"client_id": "local.1", "client_secret": "secret"}


class Bitrix:
    """What the portal holds by method; `errors` are answered in place of a method's result. The
    application's `access` and `refresh` are valid now; `refusal` is why it gets no new ones."""

    def __init__(self) -> None:
        self.access, self.refresh, self.renewed = "access-0", "refresh-0", 0
        self.refusal = ""
        self.errors: dict[str, dict] = {}
        self.batches: list[int] = []
        self.rows: dict[str, list[dict]] = {
            "user.get": [
                {"ID": "1", "NAME": "Анна", "LAST_NAME": "Берёзова", "EMAIL": "anna@agency.example",
                 "ACTIVE": True},
                {"ID": "2", "NAME": "Дарья", "LAST_NAME": "Ершова", "ACTIVE": True},
                {"ID": "9", "NAME": "Фёдор", "LAST_NAME": "Ушедший", "ACTIVE": False},
            ],
            "crm.status.list": [
                {"ENTITY_ID": "COMPANY_TYPE", "STATUS_ID": "CUSTOMER", "NAME": "Клиент"},
                {"ENTITY_ID": "DEAL_STAGE", "STATUS_ID": "WON", "NAME": "Успех"},
                {"ENTITY_ID": "DEAL_STAGE_5", "STATUS_ID": "C5:NEW", "NAME": "Новая"},
                {"ENTITY_ID": "DEAL_STAGE_5", "STATUS_ID": "C5:LOSE", "NAME": "Провал"},
                {"ENTITY_ID": "SOURCE", "STATUS_ID": "CALL", "NAME": "Звонок"},
            ],
            "crm.company.list": [
                {"ID": "10", "TITLE": "Ромашка", "COMPANY_TYPE": "CUSTOMER", "ASSIGNED_BY_ID": "1",
                 "COMMENTS": "<p>Доставка <b>цветов</b></p>", "IS_MY_COMPANY": "N",
                 "PHONE": [{"VALUE": "+7 900", "VALUE_TYPE": "MOBILE"},
                           {"VALUE": "+7 495 100-00-00", "VALUE_TYPE": "WORK"}],
                 "WEB": [{"VALUE": "romashka.example", "VALUE_TYPE": "WORK"}]},
                {"ID": "11", "TITLE": "Наше агентство", "IS_MY_COMPANY": "Y"},
                {"ID": "12", "TITLE": "Василёк", "IS_MY_COMPANY": "N"},
                {"ID": "13", "TITLE": "Ирис", "IS_MY_COMPANY": "N"},
            ],
            "crm.requisite.list": [
                {"ID": "70", "ENTITY_ID": "10", "RQ_COMPANY_NAME": "ООО «Ромашка»",
                 "RQ_INN": "7700000016", "RQ_KPP": "770001001"},
            ],
            "crm.requisite.bankdetail.list": [
                {"ID": "80", "ENTITY_ID": "70", "RQ_ACC_NUM": "40702810100000000002",
                 "RQ_BIK": "044525225", "RQ_BANK_NAME": "Банк"},
            ],
            "crm.contact.list": [
                {"ID": "20", "NAME": "Ирина", "LAST_NAME": "Лес", "POST": "директор",
                 "COMPANY_ID": "10", "BIRTHDATE": "1980-03-05T03:00:00+03:00",
                 "COMMENTS": "Болеет за «Спартак»",
                 "EMAIL": [{"VALUE": "irina@romashka.example", "VALUE_TYPE": "WORK"}]},
            ],
            "crm.deal.list": [
                {"ID": "30", "TITLE": "Контекст", "OPPORTUNITY": "120000.50", "CURRENCY_ID": "RUB",
                 "STAGE_ID": "WON", "STAGE_SEMANTIC_ID": "S", "COMPANY_ID": "10", "CLOSED": "Y",
                 "BEGINDATE": "2026-01-12T03:00:00+03:00", "ASSIGNED_BY_ID": "1",
                 "CLOSEDATE": "2026-02-01T03:00:00+03:00", "CONTACT_ID": "20"},
            ],
        }  # fmt: skip
        self.tasks = [
            {"id": "40", "title": "Баннер",
             "description": "[B]Три[/B] размера, [USER=2]Дарья[/USER]",
             "status": "3", "createdBy": "1", "responsibleId": "2", "accomplices": ["9"],
             "auditors": ["1"], "deadline": "2026-03-20T12:00:00+03:00", "parentId": "0",
             "ufCrmTask": ["CO_10", "D_30"], "ufTaskWebdavFiles": [91]},
            {"id": "41", "title": "Давно", "status": "5", "ufCrmTask": False},
        ]  # fmt: skip
        self.lists = {
            "crm.deal.contact.items.get": {
                "30": [
                    {"CONTACT_ID": 21, "IS_PRIMARY": "N"},
                    {"CONTACT_ID": 20, "IS_PRIMARY": "Y"},
                ]
            },
            "task.checklistitem.getlist": {
                "40": [
                    {"ID": "1", "PARENT_ID": "0", "TITLE": "Размеры"},
                    {"ID": "2", "PARENT_ID": "1", "TITLE": "240×400", "IS_COMPLETE": "N"},
                    {"ID": "3", "PARENT_ID": "1", "TITLE": "728×90", "IS_COMPLETE": "Y"},
                ]
            },
            "crm.timeline.comment.list": {
                "30": [
                    {"ID": "50", "AUTHOR_ID": "9", "COMMENT": "Договорились [URL=https://a.example]",
                     "CREATED": "2026-02-03T12:00:00+03:00",
                     "FILES": {"7": {"id": 7, "name": "бриф.pdf", "size": 14}}},
                ]
            },
            "task.commentitem.getlist": {
                "40": [
                    {"ID": "51", "AUTHOR_ID": "2", "AUTHOR_NAME": "Дарья Ершова",
                     "POST_MESSAGE": "Логотип?", "POST_DATE": "2026-03-03T12:00:00+03:00",
                     "ATTACHED_OBJECTS": {"97": {"ATTACHMENT_ID": "97", "NAME": "лого.png",
                                                 "SIZE": "8"}}},
                ]
            },
        }  # fmt: skip

    def __call__(self, asked: Asked):
        if asked.path.startswith("/download/"):
            return 200, b"%PDF-1.4 brief"
        if asked.path == "/oauth/token/":
            return self._renew(asked.query)
        kind, _sign, method = asked.path.removeprefix("/rest/").rpartition("/")
        if kind == "" and asked.json.get("auth") != self.access:
            return 401, {"error": "expired_token", "error_description": "The token has expired"}
        if kind not in ("", WEBHOOK):
            return 401, {"error": "INVALID_CREDENTIALS", "error_description": "Invalid request"}
        return self.method(method.removesuffix(".json"), asked.json)

    def _renew(self, query: dict):
        known = {**APPLICATION, "grant_type": "refresh_token", "refresh_token": self.refresh}
        if self.refusal or query != known:
            return 400, {"error": self.refusal or "invalid_grant", "error_description": "…"}
        self.renewed += 1
        self.access, self.refresh = f"access-{self.renewed}", f"refresh-{self.renewed}"
        return 200, {
            "access_token": self.access,
            "refresh_token": self.refresh,
            "expires_in": 3600,
            "client_endpoint": "https://portal.example/rest/",
        }

    def method(self, method: str, given: dict):
        if method in self.errors:
            return 400, self.errors[method]
        if method == "batch":
            return 200, {"result": self._batch(given["cmd"])}
        if method in ("user.get", "crm.status.list") or method.startswith("crm.requisite"):
            rows, start = self.rows[method], int(given.get("start") or 0)
            found = {"result": rows[start : start + PAGE], "total": len(rows)}
            return 200, found | ({"next": start + PAGE} if len(rows) > start + PAGE else {})
        if method == "tasks.task.list":
            rows = self._after(self.tasks, given, "id")
            if "!STATUS" in given["filter"]:
                rows = [row for row in rows if row["status"] != "5"]
            return 200, {"result": {"tasks": rows[:PAGE]}}
        if method in self.rows:
            return 200, {"result": self._after(self.rows[method], given, "ID")[:PAGE]}
        if method == "crm.timeline.comment.get":
            return 200, {"result": {"FILES": {"7": {"urlDownload": "/download/7?auth=x"}}}}
        if method == "disk.attachedObject.get":
            return 200, {"result": {"NAME": "x", "DOWNLOAD_URL": "/download/97"}}
        if method == "profile":
            return 200, {"result": {"NAME": "Анна", "LAST_NAME": "Берёзова"}}
        return 404, {"error": "ERROR_METHOD_NOT_FOUND", "error_description": "Method not found!"}

    @staticmethod
    def _after(rows, given, key):
        assert given["start"] == -1
        return [row for row in rows if int(row[key]) > int(given["filter"][">ID"])]

    def _batch(self, commands: dict[str, str]):
        self.batches.append(len(commands))
        result, errors = {}, {}
        for key, command in commands.items():
            parts = urlsplit(command)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if error := self.errors.get(parts.path):
                errors[key] = error
                continue
            pk = query.get("id") or query.get("TASKID") or query["filter[ENTITY_ID]"]
            if query.get("filter[ENTITY_TYPE]", "deal") != "deal":
                pk = ""
            result[key] = self.lists[parts.path].get(pk, [])
        return {"result": result or [], "result_error": errors or []}
