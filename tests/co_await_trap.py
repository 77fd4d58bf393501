"""Finds the statements that GCC 12 miscompiles: a co_await and, in the same full expression, a braced temporary or a
capturing lambda. The compiler copies those bitwise into the coroutine frame and frees them twice.

Measured with g++ 12.2 under ASan, a double free each: `co_await f(Agg{s, 1})`, `f(Agg{s, 1}, co_await g())`,
`Agg a{s, co_await g()}`, `co_return Agg{s, co_await g()}`, `v.push_back({s, co_await g()})`. Right: `f(make_agg(s))`,
`Agg a = co_await g()`, a named object, std::string. Whether a brace makes an aggregate is not to be seen from the
text, so every brace in such a statement counts; `Agg(s, 1)` cannot be told from a constructor and is left to ASan.
"""

import re

TOKEN = re.compile(r"[A-Za-z_]\w*|->|::|&&|[^\s\w]|\d[\w'.]*")
HEADS = {"if", "while", "for", "switch", "constexpr"}
BEFORE_BLOCK = {")", ";", "{", "}", ":", "else", "do", "try", "const", "noexcept", "override", "final", "mutable", ""}


class Statement:
    def __init__(self):
        self.awaits = None  # where the first co_await of this full expression stands
        self.trapped = False


def captures(tokens, i):
    """True if the [ at i begins a lambda that captures; not a subscript, an attribute or a structured binding."""
    before, after = tokens[i - 1][0] if i else "", tokens[i + 1][0] if i + 1 < len(tokens) else ""
    subscript = before in (")", "]", "auto", "&&") or re.match(r"\w", before) and before not in ("return", "co_return",
                                                                                           "co_await", "co_yield")
    if before == "&" and i > 1 and tokens[i - 2][0] == "auto":
        return False
    return not subscript and before != "[" and after not in ("]", "[")


def is_block(tokens, i):
    """True if the { at i opens statements (a body) and not a list of values."""
    before = tokens[i - 1][0] if i else ""
    if before in BEFORE_BLOCK or before == "]":
        return True
    for token, _ in reversed(tokens[max(0, i - 40):i]):  # `-> Task<Result<Reply>> {`, `struct Name {`
        if token in ("->", "struct", "class", "namespace", "enum", "union", "extern", "requires"):
            return True
        if token in ";{}()=,":
            return False
    return False


def trapped_statements(code):
    """Offsets of the co_await of every statement at risk in `code` (comments and literals already blanked)."""
    tokens = [(m.group(), m.start()) for m in TOKEN.finditer(code)]
    stack = [("block", Statement())]  # a block's Statement is the one being read in it

    def finish():
        kind, statement = stack[-1]
        stack[-1] = (kind, Statement())
        return [statement.awaits] if statement.trapped and statement.awaits is not None else []

    found = []
    for i, (token, offset) in enumerate(tokens):
        statement = stack[-1][1]
        if token == "co_await" and statement.awaits is None:
            statement.awaits = offset
        elif token == "(":
            is_head = i and tokens[i - 1][0] in HEADS
            stack.append(("head", Statement()) if is_head else ("inner", statement))
        elif token == "[":
            statement.trapped |= bool(captures(tokens, i))
        elif token == "{" and is_block(tokens, i):
            if stack[-1][0] == "block" and tokens[i - 1][0] != "]":
                found += finish()
            stack.append(("block", Statement()))
        elif token == "{":
            statement.trapped = True
            stack.append(("inner", statement))
        elif token == ";" and stack[-1][0] in ("block", "head"):
            found += finish()
        elif token in ")}" and len(stack) > 1:
            if stack[-1][0] in ("block", "head"):
                found += finish()
            stack.pop()
    return found
