"""Whether a few words are found in a text, by the rules of the big search.

For what is short and already in memory: clauses, pages, people. Word forms, ё and the other
keyboard layout are forgiven alike.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

from pult.kernel.search import query_tokens, tokens
from pult.kernel.search.tokens import Term, Word

Item = TypeVar("Item")


def matching(text: str, items: Iterable[Item], said: Callable[[Item], str]) -> list[Item]:
    """The items whose words (`said`) hold every word of `text`; all of them for an empty text.

    When nothing is found the text is also read as typed on the other layout.
    """
    given = list(items)
    if not text.strip():
        return given
    return _found(query_tokens(text), given, said) or _found(
        query_tokens(text, forgiving=True), given, said
    )


def _found(query: list[Word], items: list[Item], said: Callable[[Item], str]) -> list[Item]:
    if not query:
        return []
    return [item for item in items if _holds(query, _tokens(said(item)))]


@lru_cache(maxsize=4096)
def _tokens(text: str) -> frozenset[str]:
    return frozenset(tokens(text))


def _holds(query: list[Word], known: frozenset[str]) -> bool:
    return all(
        any(all(any(_has(term, known) for term in group) for group in reading) for reading in word)
        for word in query
    )


def _has(term: Term, known: frozenset[str]) -> bool:
    if term.token in known:
        return True
    return term.prefix and any(token.startswith(term.token) for token in known)
