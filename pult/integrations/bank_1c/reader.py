"""Reads a statement section by section, keeping the line of everything it could not take."""

from django.utils.translation import gettext_lazy as _

from pult.integrations.bank_1c.document import DocumentBuilder, Layout, more_faults, pick, told_by
from pult.integrations.bank_1c.keys import (
    ACCOUNT_BEGINS,
    ACCOUNT_ENDS,
    DOCUMENT_BEGINS,
    DOCUMENT_ENDS,
    FILE_ENDS,
    known_key,
    mark_of,
)
from pult.integrations.bank_1c.lines import MAX_LINE, UNREADABLE, Lines, find_encoding
from pult.integrations.bank_1c.section import DocumentSection
from pult.integrations.statement.errors import UnknownFormat
from pult.integrations.statement.faults import MOST_EXPLAINED, BadField, one_reason
from pult.integrations.statement.model import AccountSection, BankDocument, Problem, Statement
from pult.integrations.statement.values import BadValue, currency_of, day, kopecks

MAX_FILE = 256 << 20
_EXPORT_AGAIN = _("Export the statement from the bank again; the file may be cut short.")
_ASK_BANK = _("Check the row in the bank's program and enter the payment by hand.")


def read(data: bytes) -> Statement:
    """The statement in `data`, whose first line is `1CClientBankExchange`.

    A document that cannot be trusted (no sum, impossible date, section never closed) is a
    Problem with the line of the field, or of the section where the field is absent; the rest is
    offered. Raises UnknownFormat for a file of absurd size.
    """
    if len(data) > MAX_FILE:
        raise UnknownFormat(
            "1CClientBankExchange",
            _("The file is larger than %(limit)s MB.") % {"limit": MAX_FILE >> 20},
            _("Export a shorter period."),
        )
    return _Reader(data).read()


class _Reader:
    def __init__(self, data: bytes) -> None:
        encoding = find_encoding(data)
        self._lines = Lines(data, encoding)
        self._statement = Statement(format="1CClientBankExchange", encoding=encoding)
        self._builder = DocumentBuilder()

    def read(self) -> Statement:
        next(iter(self._lines), None)
        mark, value = self._read_header()
        while mark:
            if mark == DOCUMENT_BEGINS:
                mark, value = self._read_document(kind=value)
            elif mark == ACCOUNT_BEGINS:
                mark, value = self._read_account()
            elif mark == FILE_ENDS:
                self._check_nothing_follows()
                return self._statement
            else:
                mark, value = self._skip_to_mark(field=mark, line=self._lines.number)
        self._problem(
            self._lines.number, FILE_ENDS, "unclosed", _("the file has no last line"), _EXPORT_AGAIN
        )
        return self._statement

    def _read_header(self) -> tuple[str, str]:
        """Keys before the first section; account and document kinds may repeat."""
        statement = self._statement
        for text in self._lines:
            line = text.strip()
            mark, rest = mark_of(line)
            if mark:
                return mark, rest
            name, equals, value = line.partition("=")
            key, value = known_key(name), value.strip()
            if not line or not equals or not value:
                continue
            if key == "РасчСчет":
                statement.header_accounts.append(value)
            elif key == "Отправитель":
                statement.sender = value[:200]
            elif key == "ДатаНачала":
                statement.period_from = self._day_or_warning(key, value)
            elif key == "ДатаКонца":
                statement.period_to = self._day_or_warning(key, value)
            elif key == "ВерсияФормата" and value not in ("1.01", "1.02", "1.03", "2.00"):
                statement.warnings.append(
                    _("Line %(line)s: format version “%(version)s” is not known; check the result")
                    % {"line": self._lines.number, "version": value[:20]}
                )
        return "", ""

    def _read_document(self, kind: str) -> tuple[str, str]:
        """One document and those of the same shape after it; answers the next mark."""
        begun = self._lines.number
        while (learned := self._lines.learned_document()) is not None:
            layout, values = learned
            self._add_document(begun, kind, layout.pick(values), layout)
            following = self._lines.next_document()
            if following is None:
                return self._skip_to_mark()
            begun, kind = self._lines.number, following
        return self._read_by_lines(begun, kind)

    def _read_by_lines(self, begun: int, kind: str) -> tuple[str, str]:
        section = DocumentSection()
        for text in self._lines:
            mark, rest = mark_of(text)
            if mark == DOCUMENT_ENDS:
                self._add_document(begun, kind, pick(section.fields), section)
                if section.regular:
                    self._lines.learn(section.keys)
                return self._skip_to_mark()
            if mark:
                self._unclosed(begun, DOCUMENT_BEGINS)
                return mark, rest
            section.take(text)
        self._unclosed(begun, DOCUMENT_BEGINS)
        return "", ""

    def _add_document(
        self,
        begun: int,
        kind: str,
        picked: tuple[tuple[str, ...], dict[str, str]],
        source: DocumentSection | Layout,
    ) -> None:
        try:
            if isinstance(source, DocumentSection) and source.trouble:
                raise source.trouble
            document = self._builder.build(begun, kind, *picked)
        except BadField as bad:
            self._refuse(begun + source.lines.get(bad.field, 0), bad, picked[0])
            return
        if self._lines.unreadable and _is_spoilt(document):
            self._statement.warnings.append(
                _("Line %(line)s: some letters of the document could not be read") % {"line": begun}
            )
        self._statement.documents.append(document)

    def _refuse(self, line: int, bad: BadField, values: tuple[str, ...]) -> None:
        problems = self._statement.problems
        if len(problems) < MOST_EXPLAINED:
            reason = one_reason([bad, *more_faults(values, bad)])
            problem = Problem(line, bad.field, bad.code, reason, _ASK_BANK, told_by(values))
        else:
            problem = Problem(line, bad.field, bad.code, bad.reason, _ASK_BANK)
        problems.append(problem)

    def _read_account(self) -> tuple[str, str]:
        begun = self._lines.number
        fields: dict[str, str] = {}
        for text in self._lines:
            mark, rest = mark_of(text)
            if mark == ACCOUNT_ENDS:
                self._add_account(begun, fields)
                return self._skip_to_mark()
            if mark:
                self._unclosed(begun, ACCOUNT_BEGINS)
                return mark, rest
            name, equals, value = text.partition("=")
            if equals and value.strip() and len(text) <= MAX_LINE:
                fields.setdefault(known_key(name), value.strip())
        self._unclosed(begun, ACCOUNT_BEGINS)
        return "", ""

    def _add_account(self, begun: int, fields: dict[str, str]) -> None:
        account = fields.get("РасчСчет", "")
        if not account:
            self._problem(
                begun, "РасчСчет", "required", _("the section names no account"), _EXPORT_AGAIN
            )
            return
        field = ""
        try:
            sums = {}
            for field in ("НачальныйОстаток", "ВсегоПоступило", "ВсегоСписано", "КонечныйОстаток"):
                sums[field] = kopecks(fields[field]) if field in fields else None
            days = {}
            for field in ("ДатаНачала", "ДатаКонца"):
                days[field] = day(fields[field]) if field in fields else None
        except BadValue as bad:
            self._problem(begun, field, bad.code, bad.reason, _EXPORT_AGAIN)
            return
        self._statement.accounts.append(
            AccountSection(
                account,
                fields.get("БИК", ""),
                *sums.values(),
                *days.values(),
                currency=currency_of(account),
                line=begun,
            )
        )

    def _skip_to_mark(self, field: str = "", line: int = 0) -> tuple[str, str]:
        """The next mark; anything but blank lines before it belongs to no section."""
        for text in self._lines:
            if not text.strip():
                continue
            mark, rest = mark_of(text)
            if mark in (ACCOUNT_BEGINS, DOCUMENT_BEGINS, FILE_ENDS):
                break
            field, line = field or text.partition("=")[0].strip()[:60], line or self._lines.number
        else:
            mark, rest = "", ""
        if line:
            self._problem(line, field, "stray", _("these lines stand in no section"), _EXPORT_AGAIN)
        return mark, rest

    def _check_nothing_follows(self) -> None:
        for text in self._lines:
            if text.strip("\x1a\0 \t\r\n"):
                self._problem(
                    self._lines.number,
                    FILE_ENDS,
                    "stray",
                    _("the file goes on after its last line; what follows was not read"),
                    _("Import the second statement as a file of its own."),
                )
                return

    def _day_or_warning(self, key: str, value: str):
        try:
            return day(value)
        except BadValue as bad:
            self._statement.warnings.append(
                _("Line %(line)s, %(field)s: %(reason)s")
                % {"line": self._lines.number, "field": key, "reason": bad.reason}
            )
            return None

    def _unclosed(self, begun: int, mark: str) -> None:
        self._problem(begun, mark, "unclosed", _("the section is never closed"), _EXPORT_AGAIN)

    def _problem(self, line: int, field: str, code: str, reason, cure) -> None:
        self._statement.problems.append(Problem(line, field, code, reason, cure))


def _is_spoilt(document: BankDocument) -> bool:
    texts = (document.purpose, document.payer.name, document.payee.name)
    return any(UNREADABLE in text for text in texts)
