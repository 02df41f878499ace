"""A copy of the checkout that can be spoilt, and mended again."""

import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path


class Tree:
    """What git tracks, as it stands in the checkout now, copied elsewhere."""

    def __init__(self, checkout, folder):
        self.folder = Path(folder)
        tracked = subprocess.run(
            ["git", "ls-files", "-z"],  # noqa: S607 - git is wherever it is
            cwd=checkout,
            capture_output=True,
            check=True,
        )
        for name in filter(None, tracked.stdout.decode().split("\0")):
            source, target = Path(checkout, name), self.folder / name
            if source.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)

    @contextmanager
    def without(self, removal):
        """Take the protection out for a while.

        Raises:
            Moved: The code is not where the removal looks for it.
        """
        before = {}
        try:
            for edit in removal.edits:
                path = self.folder / edit.path
                text = path.read_text(encoding="utf-8")
                spoilt = edit.applied(text)
                before.setdefault(path, text)
                path.write_text(spoilt, encoding="utf-8")
            yield
        finally:
            for path, text in before.items():
                path.write_text(text, encoding="utf-8")
