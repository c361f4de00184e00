"""Small packs for tests: the shipped words and numbers, and one file of cards."""

import shutil
from pathlib import Path

from pult.regulation.language.pack import Pack, load_pack
from pult.regulation.pack_path import default_pack

CARD = """\
## 5.3 Счёт заранее · Invoice ahead
> Счёт отправлен заранее.

| правило        | обязанность                             |
|:---------------|:----------------------------------------|
| о ком          | услуга                                  |
| когда          | прогноз окончания средств               |
| срок           | за **7 рабочих дней** (invoice.lead) до |
| доказательство | счёт отправлен                          |
| кто            | аккаунт-менеджер                        |

| пример | прогноз окончания средств | счёт отправлен   | сейчас           | ожидаем    |
|:-------|:--------------------------|:-----------------|:-----------------|:-----------|
| успели | 2026-03-20                | 2026-03-10 12:00 | 2026-03-11 12:00 | исполнено  |
| забыли | 2026-03-20                | —                | 2026-03-13 12:00 | просрочено |
"""


def write_pack(folder: Path, text: str, language: str = "ru") -> Path:
    """A pack `folder/agency` of one file `05-invoice.md`."""
    pack = folder / "regulations" / "agency"
    pack.mkdir(parents=True)
    for name in ("vocabulary.toml", "parameters.toml"):
        shutil.copy(default_pack() / name, pack / name)
    if language != "ru":
        vocabulary = pack / "vocabulary.toml"
        vocabulary.write_text(vocabulary.read_text("utf-8").replace('"ru"', f'"{language}"'))
    (pack / "05-invoice.md").write_text(text, "utf-8")
    return pack


def load(folder: Path, text: str, language: str = "ru") -> Pack:
    """The pack of one file, loaded."""
    return load_pack(write_pack(folder, text, language))


def messages(folder: Path, text: str, language: str = "ru") -> list[str]:
    """What the loader says of a file, without the folder's name."""
    problems = load(folder, text, language).problems
    return [str(problem).removeprefix("regulations/agency/") for problem in problems]


def swap(old: str, new: str) -> str:
    """The good card with one text changed; a test that changes nothing is a mistake."""
    assert old in CARD
    return CARD.replace(old, new)


def card(rule: str, examples: str = "", clause: str = "9.9") -> str:
    """A card of the given rows: `label | value` lines."""
    rows = "".join(f"| {line.strip()} |\n" for line in rule.strip().splitlines())
    table = "".join(f"| {line.strip()} |\n" for line in examples.strip().splitlines())
    return f"## {clause} Пункт · Clause\n> Слова.\n\n{rows}\n{table}\n"
