"""Search in Russian: one tokeniser for documents and queries, the same hits on both databases."""

from pult.kernel.search.anywhere import anywhere, whole
from pult.kernel.search.finding import Hit, search
from pult.kernel.search.indexing import (
    Document,
    index_document,
    index_documents,
    remove_document,
)
from pult.kernel.search.tokens import query_tokens, tokens

__all__ = [
    "Document",
    "Hit",
    "anywhere",
    "index_document",
    "index_documents",
    "query_tokens",
    "remove_document",
    "search",
    "tokens",
    "whole",
]
