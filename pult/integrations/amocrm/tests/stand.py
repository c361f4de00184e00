"""amoCRM on this machine: pages of HAL, 204 for an empty list, tokens that run out."""

from pult.integrations.calling.tests.stand import Asked

UNTIL = 2  # objects on a page, so that small tests turn pages


def field(name, value, code="", kind="text"):
    return {
        "field_id": 1,
        "field_name": name,
        "field_code": code,
        "field_type": kind,
        "values": [{"value": value}],
    }


class Amo:
    """What the account holds by list; `token` and `refresh` are those valid now."""

    def __init__(self) -> None:
        self.token, self.refresh = "first", "refresh-1"
        self.renewed = 0
        self.lists: dict[str, list[dict]] = {
            "users": [
                {"id": 1, "name": "Анна Берёзова", "email": "anna@agency.example",
                 "rights": {"is_active": True}},
                {"id": 9, "name": "Фёдор Ушедший", "email": "f@agency.example",
                 "rights": {"is_active": False}},
                {"id": 2, "name": "Дарья Ершова", "email": "darya@agency.example"},
            ],
            "companies": [
                {"id": 10, "name": "Ромашка", "responsible_user_id": 1, "updated_at": 1772000000,
                 "custom_fields_values": [
                     field("Реквизиты", {"name": "ООО «Ромашка»", "vat_id": "7700000016",
                                         "kpp": "770001001", "address": "Москва"},
                           kind="legal_entity"),
                     field("Web", "https://romashka.example", "WEB", "url"),
                     field("Телефон", "+7 495 100-00-00", "PHONE", "multitext")]},
                {"id": 11, "name": "Василёк", "responsible_user_id": 1, "updated_at": 1700000000,
                 "custom_fields_values": None},
                {"id": 12, "name": "Ирис", "responsible_user_id": 0, "updated_at": 1700000000},
            ],
            "contacts": [
                {"id": 20, "name": "Ирина Лес", "responsible_user_id": 1, "updated_at": 1772000000,
                 "custom_fields_values": [
                     field("Email", "irina@romashka.example", "EMAIL", "multitext"),
                     field("Должность", "директор", "POSITION"),
                     field("Родилась", 321137999, kind="birthday")],
                 "_embedded": {"companies": [{"id": 10}]}},
            ],
            "leads": [
                {"id": 30, "name": "Контекст", "price": 120000, "status_id": 142, "pipeline_id": 5,
                 "responsible_user_id": 1, "created_at": 1768200000, "closed_at": 1770000000,
                 "updated_at": 1772000000, "is_deleted": False,
                 "_embedded": {"companies": [{"id": 10}],
                               "contacts": [{"id": 21}, {"id": 20, "is_main": True}]}},
                {"id": 31, "name": "Ушло", "is_deleted": True, "updated_at": 1772000000},
            ],
            "tasks": [
                {"id": 40, "text": "Позвонить <b>про</b> баннер", "entity_id": 30,
                 "entity_type": "leads", "complete_till": 1773997140, "is_completed": False,
                 "responsible_user_id": 2, "created_by": 1, "updated_at": 1772000000},
                {"id": 41, "text": "", "task_type_id": 2, "entity_id": 10, "is_completed": True,
                 "entity_type": "companies", "complete_till": 1773997140, "updated_at": 1772000000},
            ],
            "leads/notes": [
                {"id": 50, "entity_id": 30, "note_type": "common", "created_by": 9,
                 "created_at": 1770112800, "params": {"text": "Договорились о сроках"}},
                {"id": 51, "entity_id": 30, "note_type": "call_in", "created_by": 1,
                 "created_at": 1770112800, "params": {"phone": "+7495", "duration": 125}},
                {"id": 52, "entity_id": 30, "note_type": "service_message", "created_by": 0,
                 "created_at": 1770112800, "params": {"text": "Робот"}},
                {"id": 53, "entity_id": 30, "note_type": "attachment", "created_by": 1,
                 "created_at": 1770112800,
                 "params": {"file_uuid": "u-1", "file_name": "бриф.pdf"}},
                {"id": 54, "entity_id": 30, "note_type": "attachment", "created_by": 1,
                 "created_at": 1770112800,
                 "params": {"original_name": "лого.png", "attachment": "abc.png"}},
            ],
            "contacts/notes": [],
            "companies/notes": [],
            "customers": [
                {"id": 60, "name": "Василёк, сопровождение", "next_price": 45000, "status_id": 88,
                 "responsible_user_id": 1, "created_at": 1768200000, "updated_at": 1772000000,
                 "_embedded": {"companies": [{"id": 11}], "contacts": [{"id": 20}]}},
                {"id": 61, "name": "Стёрт", "is_deleted": True, "updated_at": 1772000000},
            ],
            "customers/notes": [
                {"id": 55, "entity_id": 60, "note_type": "common", "created_by": 1,
                 "created_at": 1770112800, "params": {"text": "Продлили на год"}},
            ],
        }  # fmt: skip
        self.customers_mode = "disabled"
        self.address = ""

    def __call__(self, asked: Asked):
        if asked.path == "/oauth2/access_token":
            return self._renew(asked.json)
        if asked.headers.get("authorization") != f"Bearer {self.token}":
            return 401, {"title": "Unauthorized", "status": 401}
        path = asked.path.removeprefix("/api/v4/")
        if path == "account":
            about = {"name": "romashka", "drive_url": self.address}
            return 200, about | {"customers_mode": self.customers_mode}
        if path.startswith("customers") and self.customers_mode == "disabled":
            return 403, {"title": "Forbidden", "status": 403}
        if path == "customers/statuses":
            return 200, {"_embedded": {"statuses": [{"id": 88, "name": "Покупает"}]}}
        if path == "leads/pipelines":
            return 200, PIPELINES
        if asked.path == "/v1.0/files/u-1":
            return 200, {"_links": {"download": {"href": f"{self.address}/signed/u-1"}}}
        if asked.path == "/signed/u-1":
            return 200, b"%PDF-1.4 brief"
        if asked.path == "/download/abc.png":
            return 200, b"\x89PNG\r\n\x1a\n"
        if path in self.lists:
            return self._page(path, asked)
        return 404, {}

    def _page(self, path: str, asked: Asked):
        rows = self.lists[path]
        if since := asked.query.get("filter[updated_at][from]"):
            rows = [row for row in rows if row.get("updated_at", 0) >= int(since)]
        if asked.query.get("filter[is_completed]") == "0":
            rows = [row for row in rows if not row["is_completed"]]
        page = int(asked.query["page"])
        shown = rows[(page - 1) * UNTIL : page * UNTIL]
        if not shown:
            return 204, b""
        links = {"next": {"href": "…"}} if len(rows) > page * UNTIL else {}
        name = path.rpartition("/")[2]
        return 200, {"_page": page, "_links": links, "_embedded": {name: shown}}

    def _renew(self, body: dict):
        if body.get("refresh_token") != self.refresh or body.get("client_secret") != "secret":
            return 400, {"hint": "Token has been revoked", "status": 400}
        self.renewed += 1
        self.token, self.refresh = f"token-{self.renewed}", f"refresh-{self.renewed + 1}"
        return 200, {
            "token_type": "Bearer",
            "expires_in": 86400,
            "access_token": self.token,
            "refresh_token": self.refresh,
        }


PIPELINES = {
    "_embedded": {
        "pipelines": [
            {
                "id": 5,
                "name": "Продажи",
                "_embedded": {
                    "statuses": [
                        {"id": 77, "name": "Переговоры"},
                        {"id": 142, "name": "Успешно реализовано"},
                        {"id": 143, "name": "Закрыто и не реализовано"},
                    ]
                },
            }
        ]
    }
}
