"""The public declarations of Swift sources, read well enough to check names in documentation against them.

Not a compiler: it knows types, extensions, members, enum cases, argument labels, and which type inherits from which.
"""
import collections
import dataclasses
import pathlib
import re

TOKEN = re.compile(r"[A-Za-z_]\w*|`\w+`|[-+*/%=<>!&|^~?.]+|[(){}\[\],:;@#]|\n")
MODIFIERS = {
    "public", "open", "package", "internal", "private", "fileprivate", "static", "class", "final", "override", "mutating",
    "nonmutating", "convenience", "required", "nonisolated", "indirect", "lazy", "weak", "unowned", "prefix", "postfix",
    "consuming", "borrowing", "dynamic", "optional", "isolated",
}
TYPES = {"struct", "class", "enum", "protocol", "actor"}
OPENING, CLOSING = "([{", ")]}"


@dataclasses.dataclass
class Type:
    name: str
    is_public: bool = False
    kind: str = ""
    bases: list = dataclasses.field(default_factory=list)
    members: dict = dataclasses.field(default_factory=lambda: collections.defaultdict(list))


def without_comments_and_strings(text):
    """The text with comments dropped and strings emptied; what strings interpolate is dropped too."""
    out, i, n = [], 0, len(text)
    while i < n:
        if text.startswith("//", i):
            i = text.find("\n", i) if "\n" in text[i:] else n
        elif text.startswith("/*", i):
            i = text.find("*/", i) + 2
        elif text[i] == '"':
            i = end_of_string(text, i)
            out.append("_string")
        else:
            out.append(text[i])
            i += 1
    return "".join(out)


def end_of_string(text, i):
    quote = '"""' if text.startswith('"""', i) else '"'
    i += len(quote)
    while not text.startswith(quote, i):
        if text.startswith("\\(", i):
            depth, i = 1, i + 2
            while depth:
                if text[i] == '"':
                    i = end_of_string(text, i)
                    continue
                depth += {"(": 1, ")": -1}.get(text[i], 0)
                i += 1
        else:
            i += 2 if text[i] == "\\" else 1
    return i + len(quote)


class Reader:
    """Walks over the tokens of one file and adds what it declares to `types`."""

    def __init__(self, text, types):
        self.tokens = TOKEN.findall(without_comments_and_strings(text))
        self.types = types

    def read(self):
        scopes, pending, depth = [], None, 0   # a scope is (type name or None for a body, whether members are public)
        for i, token in enumerate(self.tokens):
            if token == "{":
                scopes.append(pending if pending and depth == 0 else (None, False))
                pending = None if depth == 0 else pending
            elif token == "}":
                if scopes:
                    scopes.pop()
            elif token in "([":
                depth += 1
            elif token in ")]":
                depth = max(0, depth - 1)
            elif depth == 0 and all(name for name, _ in scopes):
                pending = self.declaration(i, token, scopes) or pending

    def declaration(self, i, token, scopes):
        modifiers = self.modifiers(i)
        owner, inherits_access = scopes[-1] if scopes else ("", False)
        is_public = bool({"public", "open"} & modifiers) or (inherits_access and not {"private", "fileprivate"} & modifiers)
        next_token = self.tokens[i + 1] if i + 1 < len(self.tokens) else ""
        if token in TYPES and re.match(r"[A-Z]", next_token):
            name = f"{owner}.{next_token}" if owner else next_token
            declared = self.types.setdefault(name, Type(name))
            declared.is_public, declared.kind = is_public, token
            declared.bases += self.bases(i + 2)
            return name, is_public and token == "protocol"
        if token == "extension":
            name = next_token
            for k in range(i + 2, len(self.tokens), 2):
                if self.tokens[k] != ".":
                    break
                name += "." + self.tokens[k + 1]
            self.types.setdefault(name, Type(name)).bases += self.bases(i + 2)
            return name, "public" in modifiers
        members = self.types.setdefault(owner, Type(owner)).members
        if token == "typealias" and is_public and not owner:
            self.types[next_token] = Type(next_token, is_public=True, kind=token)
        elif token == "case" and self.types[owner].is_public:
            self.cases(i + 1, members)
        elif is_public and token in ("var", "let", "typealias"):
            members[next_token.strip("`")].append(None)
        elif is_public and token == "func":
            members[next_token.strip("`")].append(self.labels(i + 2))
        elif is_public and token in ("init", "subscript"):
            members[token].append(self.labels(i + 1))
        return None

    def modifiers(self, i):
        found, k = set(), i - 1
        while k >= 0 and self.tokens[k] in MODIFIERS | {"(", ")", "set", "\n"}:
            if self.tokens[k] == "\n" and self.tokens[k - 1] not in MODIFIERS:
                break
            if self.tokens[k] == ")" and self.tokens[k - 1] != "set":
                break
            if self.tokens[k] == "(":   # private(set) says nothing about reading
                k -= 1
            else:
                found.add(self.tokens[k])
            k -= 1
        return found

    def bases(self, i):
        names = []
        while i < len(self.tokens) and self.tokens[i] not in "{" and self.tokens[i] != "where":
            if re.match(r"[A-Z]", self.tokens[i]):
                names.append(self.tokens[i])
            i += 1
        return names

    def cases(self, i, members):
        while True:
            members[self.tokens[i].strip("`")].append(self.labels(i + 1) if self.tokens[i + 1] == "(" else None)
            depth, i = 0, i + 1
            while depth or self.tokens[i] not in (",", "\n", "}"):
                depth += (self.tokens[i] in OPENING) - (self.tokens[i] in CLOSING)
                i += 1
            if self.tokens[i] != ",":
                return
            i += 1
            while self.tokens[i] == "\n":
                i += 1

    def labels(self, i):
        while self.tokens[i] != "(":
            i += 1
        labels, depth, angle, expecting = [], 1, 0, True
        i += 1
        while depth:
            token = self.tokens[i]
            if token in OPENING:
                depth += 1
            elif token in CLOSING:
                depth -= 1
            elif token == "<":
                angle += 1
            elif set(token) == {">"}:
                angle = max(0, angle - len(token))
            elif token == "," and depth == 1 and angle == 0:
                expecting = True
                i += 1
                continue
            if depth == 1 and expecting and re.match(r"\w", token):
                labels.append(token if self.tokens[i + 1] == ":" or re.match(r"\w", self.tokens[i + 1]) else "_")
                expecting = False
            i += 1
        return labels


def read(folder):
    """All types declared in the Swift files under a folder, by name; what belongs to no type is under ""."""
    types = {"": Type("")}
    for file in sorted(pathlib.Path(folder).rglob("*.swift")):
        Reader(file.read_text(), types).read()
    return types


def members(types, name, seen=()):
    """The members of a type and of what it inherits from or conforms to."""
    found = collections.defaultdict(list)
    if name in types and name not in seen:
        for member, signatures in types[name].members.items():
            found[member] += signatures
        for base in types[name].bases:
            for member, signatures in members(types, base, (*seen, name)).items():
                if member != "init" or not types[name].members["init"]:   # initializers are inherited all or none
                    found[member] += signatures
    return found


def contains_in_order(labels, wanted):
    remaining = iter(labels)
    return all(label in remaining for label in wanted)


def problem(types, name):
    """What is wrong with a name such as `Type`, `Type.member`, `Type.method(label:)` or `Type(label:)`; nothing if right.

    Labels may be left out, but those that stand there must belong to one declaration, in its order.
    """
    match = re.fullmatch(r"((?:[A-Z]\w*\.?)+|)(?:(?<=\.)|\b|)([a-z]\w*|[-+*/@=]+)?(?:\(([\w:, ]*)\))?", name)
    if not match:
        return "is not of the form Type.member(label:)"
    path, member, arguments = match.group(1).rstrip("."), match.group(2), match.group(3)
    if path and not (path in types and types[path].is_public):
        return f"{path} is no public type"
    wanted = None if arguments is None else re.findall(r"(\w+):", arguments)
    member = member or ("init" if arguments is not None else None)
    if member is None:
        return None
    signatures = members(types, path)[member]
    if not signatures:
        return f"{path or 'no module'} has no public {member}"
    if wanted is None or any(labels is not None and contains_in_order(labels, wanted) for labels in signatures):
        return None
    return f"no {member} of {path} takes the labels {wanted}; there is " + ", ".join(map(str, signatures))
