#!/usr/bin/env python3
"""Checks Docs/coming-from-escnn.md: nothing of e2cnn and escnn is missing, nothing that it names is made up.

Prints each name of Docs/escnn-names.tsv without a row, each Swift name that is no public declaration, and each test or file that
does not exist. With --list it also prints the numbers of names by section.
"""
import collections
import csv
import pathlib
import re
import sys

sys.dont_write_bytecode = True
import swift_declarations

root = pathlib.Path(__file__).resolve().parent.parent
page = root / "Docs" / "coming-from-escnn.md"
problems = []


def code(cell):
    return re.findall(r"`([^`]+)`", cell)


# The tables: what stands in the columns "theirs" and "here", and where.
theirs, here = {}, []
columns = None
for number, line in enumerate(page.read_text().splitlines(), 1):
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else None
    if cells is None or columns is None:
        columns = cells if cells and cells[0] == "theirs" else None
        continue
    if set(line) <= set("|-"):
        continue
    if len(cells) != len(columns):
        problems.append(f"line {number}: {len(cells)} cells where the table has {len(columns)} columns")
        continue
    for name in code(cells[0]):
        if name in theirs:
            problems.append(f"line {number}: {name} has a row already, in line {theirs[name]}")
        theirs[name] = number
    if columns[1] == "here":
        names = code(cells[1])
        here += [(number, name) for name in names]
        if not names and not (cells[1] == "—" and cells[2]):
            problems.append(f"line {number}: says neither what it is called here nor why there is nothing")
    elif not cells[1]:
        problems.append(f"line {number}: gives no reason")

# Their names.
with open(root / "Docs" / "escnn-names.tsv") as file:
    listed = list(csv.DictReader(file, delimiter="\t"))
missing = [row["name"] for row in listed if row["name"] not in theirs]
problems += [f"missing: {name}" for name in missing]
problems += [f"line {theirs[name]}: {name} is not in the list of names" for name in theirs.keys() - {row["name"] for row in listed}]
for name, count in collections.Counter(row["name"] for row in listed).items():
    if count > 1:
        problems.append(f"escnn-names.tsv: {name} stands there {count} times")

# Our names.
types = swift_declarations.read(root / "Sources")
for number, name in here:
    if "/" in name:
        wrong = None if (root / name).exists() else "is no file"
    else:
        wrong = swift_declarations.problem(types, name)
    if wrong:
        problems.append(f"line {number}: {name}: {wrong}")

# Links: files exist, and a test that a link names exists in its file.
for text, target in re.findall(r"\[([^\]]+)\]\(([^)#]+)\)", page.read_text()):
    file = page.parent / target
    if not file.exists():
        problems.append(f"link to {target}: no such file")
    elif file.suffix == ".swift" and not re.search(rf"\bfunc {re.escape(text.strip('`'))}\b", file.read_text()):
        problems.append(f"{target} has no test {text}")

for problem in problems:
    print(f"{page.relative_to(root)}: {problem}", file=sys.stderr)
if "--list" in sys.argv:
    for (section, scope), count in collections.Counter((row["section"], row["scope"]) for row in listed).items():
        print(f"{section:10} {scope:8} {count:4}")
    print(f"{len(listed)} names, missing: {', '.join(missing) or 'nothing'}; {len(here)} Swift names checked")
sys.exit(bool(problems))
