"""What pyproject.toml cannot say: compiled catalogues and the pack of cards go along."""

import sys
from pathlib import Path
from shutil import copytree

from setuptools import setup
from setuptools.command.build_py import build_py

PACK = Path("regulations") / "agency"


class BuildWithPack(build_py):
    """Compiles the languages first and lays the shipped pack inside the package."""

    def run(self) -> None:
        sys.path.insert(0, str(Path(__file__).resolve().parent))
        from pult.kernel.catalogues import compile_catalogues

        list(compile_catalogues())
        super().run()
        if not self.editable_mode:
            copytree(PACK, Path(self.build_lib) / "pult" / PACK, dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithPack})
