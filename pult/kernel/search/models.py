"""The rows search runs over; the index beside them is made by `pult.kernel.search.schema`."""

from django.db import models


class SearchDocument(models.Model):
    """One thing that can be found. Written only by `pult.kernel.search.indexing`."""

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    root_id = models.BigIntegerField(help_text="The client; 0 is the agency and its people")
    title = models.TextField()
    title_tokens = models.TextField(default="", blank=True)
    tokens = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"], name="search_document_once_per_object"
            )
        ]
        indexes = [models.Index(fields=["root_id"], name="search_document_root")]

    def __str__(self) -> str:
        return self.title
