"""What a person presses and fills: buttons, menus, fields, filters."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pult.ui.components.marks import kbd
from pult.ui.markup import EMPTY, attributes, classes, fill, icon, join, safe


def button(
    label: Any,
    *,
    href: str = "",
    tone: str = "",
    icon_name: str = "",
    key: str = "",
    size: str = "",
    opens: str = "",
    closes: bool = False,
    only_icon: bool = False,
    **extra: Any,
) -> SafeString:
    """A button, or a link that looks like one when it has `href`.

    `key` is the single key that presses it; the key is printed on the button. `opens` is the id
    of a dialog; `closes` closes the dialog it stands in. `tone`: primary, quiet or danger.
    """
    kind = "" if href else extra.pop("type", "button" if opens or closes else "submit")
    return _button(
        safe(label),
        safe(href),
        kind,
        tone,
        icon_name,
        key,
        size,
        opens,
        closes,
        only_icon,
        attributes(extra) if extra else "",
    )


@lru_cache(maxsize=2048)
def _button(
    label: str,
    href: str,
    kind: str,
    tone: str,
    icon_name: str,
    key: str,
    size: str,
    opens: str,
    closes: bool,
    only_icon: bool,
    extra: str,
) -> SafeString:
    """The button itself; `label`, `href` and `extra` are escaped already, so the key is exact."""
    common = {
        "class": classes(
            "btn",
            f"btn--{tone}" if tone else "",
            f"btn--{size}" if size else "",
            "btn--icon" if only_icon else "",
        ),
        "data-key": key or None,
        "aria-keyshortcuts": key or None,
        "data-opens": opens or None,
        "aria-haspopup": "dialog" if opens else None,
        "data-closes": closes,
    }
    words = SafeString(label)
    if only_icon:
        common |= {"aria-label": words, "title": words}
    inside = join(
        [
            icon(icon_name) if icon_name else EMPTY,
            EMPTY if only_icon else fill('<span class="btn__label">{}</span>', words),
            kbd(key) if key and not only_icon else EMPTY,
        ]
    )
    name, first = ("a", {"href": SafeString(href)}) if href else ("button", {"type": kind})
    return SafeString(f"<{name}{attributes(first | common)}{extra}>{inside}</{name}>")


def post_button(
    label: Any, url: str, token: str, *, target: str = "", confirm: Any = "", **looks: Any
) -> SafeString:
    """A form of one button: a verb is a POST to a noun. With `target`, htmx swaps that element.

    Names starting with `field_` become hidden fields: `field_reason="…"`.
    """
    fields = {name[6:]: looks.pop(name) for name in list(looks) if name.startswith("field_")}
    hidden = join(
        fill('<input type="hidden" name="{}" value="{}">', name, value)
        for name, value in {"csrfmiddlewaretoken": token, **fields}.items()
    )
    enhanced = {"hx-post": url, "hx-target": target, "hx-swap": "outerHTML"} if target else {}
    form = {"class": "inline-form", "method": "post", "action": url, **enhanced}
    if confirm:
        form["data-confirm"] = confirm
    return fill("<form{}>{}{}</form>", attributes(form), hidden, button(label, **looks))


def why_button(href: str) -> SafeString:
    """ "Why this date?": opens the day-by-day count, `?` on the keyboard."""
    address = safe(href)
    return fill(
        '<a class="btn btn--quiet btn--icon" href="{}" hx-get="{}" hx-target="#why"'
        ' hx-swap="innerHTML" data-dialog="why-dialog" data-key="?" aria-keyshortcuts="?"'
        ' aria-label="{}" title="{}">{}</a>',
        SafeString(address),
        SafeString(address),
        words := _("Why?"),
        words,
        icon("circle-question-mark"),
    )


def menu(content: Any, label: Any, id: str, icon_name: str = "ellipsis") -> SafeString:
    """A button that opens a list of actions (popover); `id` must be unique on the page."""
    return fill(
        '<button type="button" class="btn btn--quiet btn--icon" popovertarget="{}"'
        ' aria-label="{}" title="{}">{}</button>'
        '<div class="menu" id="{}" popover data-menu>{}</div>',
        id,
        label,
        label,
        icon(icon_name),
        id,
        content,
    )


def control(
    name: str,
    label: Any,
    *,
    type: str = "text",
    value: Any = "",
    help: Any = "",
    error: Any = "",
    hide_label: bool = False,
    icon_name: str = "",
    **extra: Any,
) -> SafeString:
    """A labelled input without a Django form, as filters use it."""
    own = extra.pop("id", f"id_{name}")
    field = fill(
        "<input{}>",
        attributes(
            {
                "class": "input",
                "type": type,
                "name": name,
                "id": own,
                "value": value if value not in (None, "") else None,
                "aria-describedby": _described(own, help, error),
                "aria-invalid": "true" if error else None,
                **extra,
            }
        ),
    )
    if icon_name:
        field = fill('<span class="input-with">{}{}</span>', icon(icon_name), field)
    is_required = bool(extra.get("required"))
    return wrap_field(own, label, field, help, [error] if error else [], hide_label, is_required)


def choice(
    name: str,
    label: Any,
    options: Iterable[tuple[Any, Any]],
    *,
    value: Any = "",
    hide_label: bool = False,
    **extra: Any,
) -> SafeString:
    """A labelled select of (value, label) pairs."""
    own = extra.pop("id", f"id_{name}")
    inside = join(
        fill(
            "<option{}>{}</option>",
            attributes({"value": str(code), "selected": str(code) == str(value or "")}),
            text,
        )
        for code, text in options
    )
    field = fill(
        "<select{}>{}</select>",
        attributes({"class": "input", "name": name, "id": own, **extra}),
        inside,
    )
    return wrap_field(own, label, field, "", [], hide_label, bool(extra.get("required")))


def _described(own: str, help: Any, error: Any) -> str | None:
    ids = [f"{own}_helptext" if help else "", f"{own}_error" if error else ""]
    return " ".join(filter(None, ids)) or None


def wrap_field(
    own: str,
    label: Any,
    field: Any,
    help: Any = "",
    errors: Iterable[Any] = (),
    hide_label: bool = False,
    required: bool = False,
    tick: bool = False,
) -> SafeString:
    """Label, control, help and errors in the order a screen reader wants them."""
    wrong = list(errors)
    name = fill(
        '<label class="{}" for="{}">{}{}</label>',
        classes("field__label", "sr-only" if hide_label else ""),
        own,
        label,
        fill('<span class="field__required" title="{}">*</span>', _("required"))
        if required
        else EMPTY,
    )
    return fill(
        '<div class="{}">{}{}{}{}</div>',
        classes("field", "field--error" if wrong else "", "field--tick" if tick else ""),
        field if tick else name,
        name if tick else field,
        fill('<div class="field__help" id="{}_helptext">{}</div>', own, help) if help else EMPTY,
        fill(
            '<div class="field__error" id="{}_error">{}{}</div>',
            own,
            icon("circle-alert", size=14),
            join(wrong, " "),
        )
        if wrong
        else EMPTY,
    )


def bound_field(bound: Any, hide_label: bool = False, **extra: Any) -> SafeString:
    """A field of a Django form, drawn natively; hidden fields come bare."""
    if bound.is_hidden:
        return bound.as_widget()
    kind = getattr(bound.field.widget, "input_type", "")
    tick = kind == "checkbox"
    several = kind == "radio" or (
        tick and getattr(bound.field.widget, "allow_multiple_selected", 0)
    )
    looks = {} if tick or several else {"class": "input"}
    names = {raw.rstrip("_").replace("_", "-"): value for raw, value in extra.items()}
    own = bound.id_for_label or bound.auto_id
    if bound.errors:
        names["aria-describedby"] = _described(own, bound.help_text, True)
    widget = bound.as_widget(attrs={**looks, **names})
    return wrap_field(
        own,
        bound.label,
        widget,
        bound.help_text,
        bound.errors,
        hide_label,
        required=bound.field.required and not tick,
        tick=tick and not several,
    )


def form_errors(form: Any) -> SafeString:
    """What stops the whole form, in a box that takes the focus; nothing when nothing does."""
    if not form.errors:
        return EMPTY
    named = join(
        fill(
            '<li><a href="#{}">{}</a>: {}</li>',
            form[name].id_for_label,
            form[name].label,
            join(errors, " "),
        )
        for name, errors in form.errors.items()
        if name != "__all__"
    )
    general = join(fill("<li>{}</li>", error) for error in form.non_field_errors())
    return fill(
        '<div class="callout callout--breach" role="alert" tabindex="-1" data-focus>{}'
        '<div class="callout__body"><strong>{}</strong><ul>{}{}</ul></div></div>',
        icon("circle-alert", size=18),
        _("This was not saved"),
        general,
        named,
    )
