"""Writes a version wherever it stands: `make release VERSION=1.2.3`.

Refuses where the changelog has nothing to say under "Unreleased", or the number is no higher one. A test
(`Tests/HouseTests`) holds the places together.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACES = {
    "Sources/Laboratory/Laboratory.swift": 'package static let version = "{}"',
    "python/sweeplab/__init__.py": '__version__ = "{}"',
    "CITATION.cff": "version: {}\n",
}
CHANGELOG = ROOT / "CHANGELOG.md"


def numbers(version):
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        sys.exit(f"'{version}' is no version: three numbers with points between them, as 1.2.3")
    return tuple(map(int, version.split(".")))


def main(version):
    before = re.search(r'version = "([^"]+)"', (ROOT / "Sources/Laboratory/Laboratory.swift").read_text())[1]
    if numbers(version) <= numbers(before):
        sys.exit(f"{version} is not above {before}")
    changes = CHANGELOG.read_text()
    head = "## [Unreleased]\n"
    news = changes.partition(head)[2].partition("\n## [")[0].strip()
    if not news:
        sys.exit("CHANGELOG.md says nothing under Unreleased")
    for name, line in PLACES.items():
        text = (ROOT / name).read_text()
        if line.format(before) not in text:
            sys.exit(f"{name} does not say {line.format(before)!r}")
        (ROOT / name).write_text(text.replace(line.format(before), line.format(version), 1))
    CHANGELOG.write_text(changes.replace(head, f"{head}\n## [{version}]\n", 1))
    print(f"{before} → {version}; read the diff, run .ci/run, commit, tag v{version}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
