"""Megaplan on this machine: a token for a login, JSON in the query, pages after an entity."""

import json
import re

from pult.integrations.calling.tests.stand import Asked

LOGIN, PASSWORD = "anna", "пароль"


def entity(kind, pk, **fields):
    return {"contentType": kind, "id": str(pk), **fields}


def at(text):
    return {"contentType": "DateTime", "value": text}


class Megaplan:
    """What the account holds by path; a list shows the fields asked for."""

    def __init__(self) -> None:
        self.token, self.signed_in = "first", 0
        self.refused: set[str] = set()
        anna, romashka = entity("Employee", 1), entity("ContractorCompany", 10)
        self.lists: dict[str, list[dict]] = {
            "employee": [
                entity("Employee", 1, name="Анна Берёзова",
                       contactInfo=[{"type": "email", "value": "anna@agency.example"}]),
                entity("Employee", 9, name="Фёдор Ушедший", email="f@agency.example",
                       fireDay={"contentType": "DateOnly", "year": 2025, "month": 0, "day": 5}),
            ],
            "program": [
                entity("Program", 3, name="Продажи", states=[
                    entity("ProgramState", 31, name="Переговоры", type="inProgress"),
                    entity("ProgramState", 32, name="Выиграна", type="positive"),
                    entity("ProgramState", 33, name="Проиграна", type="negative")]),
            ],
            "contractorCompany": [
                entity("ContractorCompany", 10, name="Ромашка", inn="7700000016", kpp="770001001",
                       legalName="ООО «Ромашка»", legalAddress="Москва", manager=anna,
                       description="<p>Цветы</p>", site="romashka.example",
                       status=entity("ContractorStatus", 7, name="Постоянный клиент"),
                       contactInfo=[{"type": "phone", "value": "+7 495 100-00-00"}]),
            ],
            "contractorHuman": [
                entity("ContractorHuman", 20, firstName="Ирина", lastName="Лес", company=romashka,
                       email="irina@romashka.example", description="Не любит звонки",
                       birthday={"contentType": "DateOnly", "year": 1980, "month": 2, "day": 5}),
                entity("ContractorHuman", 21, name="Пётр Ключ", status="Частный клиент"),
            ],
            "deal": [
                entity("Deal", 30, name="Контекст", contractor=romashka, manager=anna,
                       price={"contentType": "Money", "value": 120000.5, "currency": "RUB"},
                       state=entity("ProgramState", 32),
                       timeCreated=at("2026-01-12T10:00:00+03:00"),
                       contacts=[entity("ContractorHuman", 20)]),
                entity("Deal", 31, name="Удалена", isDropped=True),
            ],
            "project": [
                entity("Project", 35, name="Сайт", contractor=romashka),
            ],
            "task": [
                entity("Task", 42, name="Часть", status="accepted", parent=entity("Task", 40)),
                entity("Task", 40, name="Баннер", statement="<b>Три</b> размера<br>к марту",
                       status="assigned", owner=anna, responsible=entity("Employee", 2),
                       executors=[entity("Employee", 9)], auditors=[anna],
                       deadline=at("2026-03-20T12:00:00+03:00"), deals=[entity("Deal", 30)],
                       attaches=[entity("File", 60, name="лого.png", size=8, path="/attach/60")]),
                entity("Task", 41, name="Давно", status="completed"),
                entity("Task", 43, name="По проекту", status="expired",
                       project=entity("Project", 35), commentsCount=0,
                       deadline={"contentType": "DateOnly", "year": 2026, "month": 2, "day": 20}),
            ],
            "task/40/comments": [
                entity("Comment", 50, content="Логотип?", owner=entity("Employee", 9),
                       timeCreated=at("2026-03-03T12:00:00+03:00"),
                       attaches=[entity("File", 61, name="бриф.pdf")]),
                entity("Comment", 51, content="Стёрто", isDropped=True),
            ],
        }  # fmt: skip

    def __call__(self, asked: Asked):
        path = asked.path.removeprefix("/api/v3/")
        if path == "auth/access_token":
            return self._sign_in(asked)
        if asked.headers.get("authorization") != f"Bearer {self.token}":
            return self._told(401, "Unauthorized")
        if asked.path == "/attach/60":
            return 200, b"\x89PNG\r\n\x1a\n"
        if path.partition("/")[0] in self.refused:
            return self._told(403, "Нет прав")
        if path.endswith("/comments") or path in self.lists:
            return self._page(self.lists.get(path, []), json.loads(asked.raw or "{}"))
        return self._told(404, "Not found")

    def _page(self, rows: list[dict], given: dict):
        if strange := given.keys() - {"limit", "pageAfter", "fields"}:
            return self._told(422, f"Unknown: {strange}")
        first = 0
        if after := given.get("pageAfter"):
            ids = [(row["contentType"], row["id"]) for row in rows]
            first = ids.index((after["contentType"], after["id"])) + 1
        shown = rows[first : first + given.get("limit", 100)]
        if fields := given.get("fields"):
            kept = {"contentType", "id", *fields}
            shown = [{key: row[key] for key in row if key in kept} for row in shown]
        meta = {"status": 200, "errors": [], "pagination": {"count": len(rows)}}
        return 200, {"meta": meta, "data": shown}

    def _sign_in(self, asked: Asked):
        form = dict(re.findall(r'name="(\w+)"\r\n\r\n(.*?)\r\n', asked.body.decode()))
        if (form["username"], form["password"], form["grant_type"]) != (
            LOGIN, PASSWORD, "password",
        ):  # fmt: skip
            return 400, {"error": "invalid_grant"}
        self.signed_in += 1
        return 200, {"access_token": self.token, "expires_in": 172800, "token_type": "bearer"}

    @staticmethod
    def _told(status: int, words: str):
        return status, {"meta": {"status": status, "errors": [{"message": words}]}, "data": None}
