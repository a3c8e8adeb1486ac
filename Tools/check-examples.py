#!/usr/bin/env python3
"""Checks that every line of Swift in the README and the articles stands in a compiled file.

Snippets/ and Examples/ are built by `make test`; a line that only the documentation has could be wrong unnoticed.
Comments at the end of lines do not count.
"""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parent.parent


def code(line):
    return re.sub(r"\s*//.*$", "", line).strip()


compiled = set()
for folder in ("Snippets", "Examples"):
    for file in (root / folder).rglob("*.swift"):
        if ".build" in file.parts:
            continue
        compiled.update(code(line) for line in file.read_text().splitlines())

bad = 0
documents = [root / "README.md", *sorted((root / "Sources").rglob("*.md")), *sorted((root / "Docs").rglob("*.md"))]
for document in documents:
    inside = False
    for number, line in enumerate(document.read_text().splitlines(), 1):
        if line.startswith("```"):
            inside = line.strip() == "```swift"
            continue
        if inside and code(line) and code(line) not in compiled:
            print(f"{document.relative_to(root)}:{number}: stands in no compiled example: {line.strip()}", file=sys.stderr)
            bad = 1
sys.exit(bad)
