#!/usr/bin/env python3
"""Refuses what would bend the house: an include against the layers, a cycle, a foreign header away from its home,
I/O in a pure folder, the form of co_await that GCC 12 miscompiles, a path of somebody's machine, an unfinished note.

    tests/layers.py [ROOT]      prints path:line: error: sentence; ends with 1 if there was an error

The layers are the DEPS in lib/*/CMakeLists.txt and apps/*/CMakeLists.txt, the same lines that CMake links by.
tests/layers_test.py shows each rule failing.
"""

import re
import sys
from pathlib import Path
from typing import NamedTuple

from co_await_trap import trapped_statements


class Finding(NamedTuple):
    path: Path
    line: int
    text: str
    level: str = "error"


# Folders of lib/, and folders in them, that decide and never touch a socket, a disk, a clock or a thread
# (docs/architecture.md section 1).
PURE = {"json", "chat", "wire", "config", "route", "batch", "auth/google"}
LONG_FILE = 300  # lines; a longer one hides a second idea

# Where a foreign header may be included: a file, or a folder ending in "/". Sources only, except in lib/json.
HOMES = [
    (r"boost/beast(/|\.hpp)", ["lib/net/http1.cc"]),
    (r"boost/", ["lib/net/"]),
    (r"openssl/(aes|crypto|err|evp|hmac|opensslv|rand|sha|types)\.h", ["lib/base/", "lib/net/", "lib/auth/", "tests/"]),
    (r"openssl/(bio|pem)\.h", ["lib/net/", "lib/auth/google/rs256.cc", "tests/"]),  # private keys of service accounts
    (r"openssl/", ["lib/net/", "tests/"]),
    (r"(curl/|zlib\.h)", ["lib/net/", "tests/"]),
    (r"yaml-cpp/", ["lib/config/"]),
    (r"(nlohmann/|simdjson\.h)", ["lib/json/"]),
    (r"CLI/", ["apps/ogem/cli.cc", "apps/ogemd/options.cc"]),
    (r"doctest/", ["tests/"]),
]
HEADERS_MAY_INCLUDE_FOREIGN = ("lib/json/", "tests/")
SYSTEM = re.compile(r"[a-z0-9_]+$|(sys|netinet|arpa|net|linux|mach|mach-o)/[a-z0-9_]+\.h$|"
                    r"(dirent|dlfcn|endian|errno|execinfo|fcntl|ifaddrs|grp|limits|malloc|netdb|poll|pthread|pwd|sched|signal|spawn|"
                    r"syslog|termios|time|unistd|stdlib|string)\.h$")
NOT_IN_PURE = re.compile(r"(sys|netinet|net|linux)/|(netdb|poll|fcntl|pthread)\.h$|"
                         r"(thread|fstream|filesystem|iostream|coroutine)$|base/task\.h$")
# Sources of pure folders that ask the machine one question, and which.
ASKS_THE_MACHINE = {
    "lib/config/paths.cc": "whose the runtime directory is",
    "lib/config/text/values.cc": "how many cores there are, for `workers: auto`",
}
CLOCK_READ = re.compile(r"\b(Clock|steady_clock|system_clock|high_resolution_clock)::now\s*\(|\bclock_gettime\s*\(")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]', re.M)
TARGET = re.compile(r"ogem_(?:library|program)\s*\(\s*(\w+)([^)]*)\)")
COMMENT_OR_LITERAL = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'|//[^\n]*|/\*.*?\*/', re.S)
RAW_STRING = re.compile(r'R"([^()\s\\]*)\(.*?\)\1"', re.S)


def code_only(text):
    """The text with comments and literals blanked, every line where it was."""
    def blank(match):
        found = match.group()
        return ('""' if found[0] in "\"'R" else "") + "\n" * found.count("\n")
    return COMMENT_OR_LITERAL.sub(blank, RAW_STRING.sub(blank, text))


def line_at(text, offset):
    return text.count("\n", 0, offset) + 1


def files_below(root, folders, suffixes):
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in suffixes and path.is_file():
                yield path


def declared_deps(root, top):
    """{folder: DEPS} as the CMakeLists.txt of the folders of `top` say."""
    deps = {}
    for path in sorted((root / top).glob("*/CMakeLists.txt")):
        for name, body in TARGET.findall(re.sub(r"#.*", "", path.read_text())):
            listed = re.search(r"\bDEPS\b([^A-Z]*)", body)
            deps[name] = listed.group(1).split() if listed else []
    return deps


def reachable(deps, start):
    seen, waiting = set(), list(deps.get(start, []))
    while waiting:
        folder = waiting.pop()
        if folder not in seen:
            seen.add(folder)
            waiting += deps.get(folder, [])
    return seen


def cycles(root, deps):
    for folder in deps:
        if folder in reachable(deps, folder):
            yield Finding(root / "lib" / folder / "CMakeLists.txt", 1, f"{folder} depends on itself through its DEPS")


def against_layers(root, lib, apps):
    """Our own includes: a folder sees itself and what its DEPS reach."""
    for path in files_below(root, ["lib", "apps"], {".h", ".cc"}):
        top, folder = path.relative_to(root).parts[:2]
        allowed = reachable({**lib, folder: (lib if top == "lib" else apps).get(folder, [])}, folder)
        text = path.read_text()
        for match in INCLUDE.finditer(text):
            target = match.group(2).split("/")[0]
            foreign = match.group(1) == "<" or target not in lib
            if not foreign and target not in allowed | ({folder} if top == "lib" else set()):
                yield Finding(path, line_at(text, match.start(1)),
                              f'{top}/{folder} may not include "{match.group(2)}": {target} is not among its DEPS')


def foreign_headers(root):
    """Every foreign library has one home, and its headers stay in the sources there."""
    for path in files_below(root, ["lib", "apps", "tests"], {".h", ".cc"}):
        where = path.relative_to(root).as_posix()
        text = path.read_text()
        for match in INCLUDE.finditer(text):
            header, line = match.group(2), line_at(text, match.start(1))
            homes = next((homes for known, homes in HOMES if re.match(known, header)), None)
            if homes is None:
                if match.group(1) == "<" and not SYSTEM.match(header):
                    yield Finding(path, line, f"<{header}> has no home: give it one in HOMES of tests/layers.py")
            elif not any(where == home or home.endswith("/") and where.startswith(home) for home in homes):
                yield Finding(path, line, f"<{header}> may only be included in {' '.join(homes)}")
            elif path.suffix == ".h" and not where.startswith(HEADERS_MAY_INCLUDE_FOREIGN):
                yield Finding(path, line, f"<{header}> in a header would spread: include it in the source")


def io_in_pure_folders(root):
    for path in files_below(root, ["lib"], {".h", ".cc"}):
        where = path.relative_to(root / "lib").as_posix()
        folder = next((pure for pure in PURE if where.startswith(pure + "/")), None)
        if folder is None or "lib/" + where in ASKS_THE_MACHINE:
            continue
        text = path.read_text()
        for match in INCLUDE.finditer(text):
            if NOT_IN_PURE.match(match.group(2)):
                yield Finding(path, line_at(text, match.start(1)),
                              f"lib/{folder} is pure and may not include {match.group(2)}")
        code = code_only(text)
        for match in CLOCK_READ.finditer(code):
            yield Finding(path, line_at(code, match.start()), f"lib/{folder} is pure: take `now` as an argument")


def compiler_trap(root):
    for path in files_below(root, ["lib", "apps", "tests"], {".h", ".cc"}):
        code = code_only(path.read_text())
        for offset in trapped_statements(code):
            yield Finding(path, line_at(code, offset),
                          "GCC 12 miscompiles a temporary or capturing lambda beside co_await: name it, then await it")


def long_files(root):
    for path in files_below(root, ["lib", "apps", "tests"], {".h", ".cc", ".py"}):
        lines = path.read_text().count("\n")
        if lines > LONG_FILE:
            yield Finding(path, lines, f"{lines} lines: look for the second idea hiding in it", "warning")


MACHINE_PATH = re.compile(r"(?<![\w.}-])/(?:work|root|home/(?!you\b)\w+|Users/\w+)/")
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX)\b")
WRITTEN = {".h", ".cc", ".py", ".sh", ".md", ".txt", ".cmake", ".json", ".yaml", ".yml", ".service", ".socket", ".js",
           ".mjs", ".ts", ""}


def words(root):
    """What must not be in anything that people wrote here; recorded bytes (fixtures, corpora) are not ours to judge."""
    top = [path for path in root.iterdir() if path.is_file() and path.suffix in WRITTEN and path.name != ".git"]
    folders = ["lib", "apps", "tests", "cmake", "packaging", "docs", "share", ".ci"]
    for path in [*top, *files_below(root, folders, WRITTEN)]:
        if {"fixtures", "corpus", "node_modules", "__pycache__"} & set(path.relative_to(root).parts):
            continue
        text = path.read_text(errors="replace")
        for match in MACHINE_PATH.finditer(text):
            if match.group().startswith("/home/") and path.is_relative_to(root / "tests"):
                continue  # somebody's home as test data
            yield Finding(path, line_at(text, match.start()), f"{match.group()} is a path of one machine")
        for match in UNFINISHED.finditer(text):
            yield Finding(path, line_at(text, match.start()), f"{match.group()}: do it, or open an issue")


def check(root):
    lib, apps = declared_deps(root, "lib"), declared_deps(root, "apps")
    for rule in (cycles(root, lib), against_layers(root, lib, apps), foreign_headers(root), io_in_pure_folders(root),
                 compiler_trap(root), long_files(root), words(root)):
        yield from rule


def main(arguments):
    root = Path(arguments[0] if arguments else Path(__file__).parent.parent).resolve()
    findings = list(check(root))
    for finding in findings:
        print(f"{finding.path.relative_to(root)}:{finding.line}: {finding.level}: {finding.text}")
    errors = sum(finding.level == "error" for finding in findings)
    print(f"layers: {errors} errors, {len(findings) - errors} warnings")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
