"""Style sheets and modules of the interface, listed from the folder in the order of their names."""

from functools import lru_cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.safestring import SafeString

from pult.ui.markup import fill, join

FOLDER = Path(__file__).parent / "static" / "ui"


@lru_cache(maxsize=2)
def names(kind: str) -> tuple[str, ...]:
    """`css` or `js` files of the interface as static names."""
    return tuple(f"ui/{kind}/{path.name}" for path in sorted((FOLDER / kind).glob(f"*.{kind}")))


@lru_cache(maxsize=1)
def stylesheets() -> SafeString:
    """A `<link>` for each sheet; the file names carry the order of the layers."""
    return join(fill('<link rel="stylesheet" href="{}">', static(name)) for name in names("css"))


@lru_cache(maxsize=1)
def scripts() -> SafeString:
    """htmx, then our modules: independent files, so no import map and nothing inline."""
    htmx = fill('<script src="{}" defer></script>', static("django_htmx/htmx-2.min.js"))
    return join(
        [
            htmx,
            *(
                fill('<script type="module" src="{}"></script>', static(name))
                for name in names("js")
            ),
        ]
    )
