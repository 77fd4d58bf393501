#!/usr/bin/env python3
"""Shows every rule of layers.py failing on a tree that breaks it, and holding on one that does not."""

import tempfile
import unittest
from pathlib import Path

import layers
from co_await_trap import trapped_statements

TREE = {
    "lib/base/CMakeLists.txt": "ogem_library(base SOURCES text.cc)",
    "lib/json/CMakeLists.txt": "ogem_library(json SOURCES value.cc DEPS base USES simdjson)",
    "lib/wire/CMakeLists.txt": "ogem_library(wire SOURCES sse.cc DEPS json)",
    "lib/net/CMakeLists.txt": "ogem_library(net SOURCES http1.cc DEPS wire USES OpenSSL::SSL)",
    "lib/auth/CMakeLists.txt": "ogem_library(auth SOURCES google/jwt.cc DEPS net)",
    "apps/ogem/CMakeLists.txt": "ogem_program(ogem SOURCES main.cc DEPS wire)",
    "lib/wire/sse.cc": '#include "wire/sse.h"\n#include "base/text.h"\n#include <string>\n',
}


def complaints(files):
    """What layers.py says about TREE with `files` added, as "path:line: text"."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in {**TREE, **files}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return [f"{f.path.relative_to(root)}:{f.line}: {f.text}" for f in layers.check(root)]


class Rules(unittest.TestCase):
    def refused(self, name, text, expected):
        said = complaints({name: text})
        self.assertEqual(len(said), 1, said)
        self.assertIn(expected, said[0])

    def accepted(self, name, text):
        self.assertEqual(complaints({name: text}), [])

    def test_a_sound_tree_gives_no_complaint(self):
        self.assertEqual(complaints({}), [])

    def test_an_include_against_the_layers_is_refused_with_its_line(self):
        self.refused("lib/json/value.cc", '#include <string>\n#include "wire/sse.h"\n',
                     "lib/json/value.cc:2: lib/json may not include \"wire/sse.h\"")

    def test_a_program_sees_only_what_its_deps_reach(self):
        self.refused("apps/ogem/main.cc", '#include "net/loop.h"\n', "apps/ogem may not include")
        self.accepted("apps/ogem/main.cc", '#include "cli.h"\n#include "base/text.h"\n')

    def test_a_cycle_is_refused(self):
        said = complaints({"lib/base/CMakeLists.txt": "ogem_library(base SOURCES text.cc DEPS wire)"})
        self.assertEqual(sum("depends on itself" in line for line in said), 3, said)

    def test_a_foreign_header_away_from_its_home_is_refused(self):
        for name, header in [("lib/net/server.cc", "boost/beast/http.hpp"), ("lib/base/hash.cc", "openssl/ssl.h"),
                             ("lib/wire/sse.cc", "openssl/evp.h"), ("apps/ogem/main.cc", "curl/curl.h"),
                             ("lib/net/http1.cc", "yaml-cpp/yaml.h"), ("lib/wire/sse.cc", "nlohmann/json.hpp"),
                             ("tests/net/http1_test.cc", "simdjson.h"), ("apps/ogem/main.cc", "CLI/CLI.hpp"),
                             ("lib/base/text.cc", "doctest/doctest.h"), ("lib/wire/sse.cc", "zlib.h")]:
            with self.subTest(header=header):
                self.refused(name, f"#include <{header}>\n", "may only be included in")

    def test_a_foreign_header_at_home_is_accepted_in_a_source_and_refused_in_a_header(self):
        self.accepted("lib/net/http1.cc", "#include <boost/beast/http.hpp>\n#include <openssl/ssl.h>\n")
        self.accepted("lib/base/hash.cc", "#include <openssl/evp.h>\n")
        self.accepted("lib/json/value.h", "#include <nlohmann/json.hpp>\n")
        self.refused("lib/net/tls.h", "#include <openssl/ssl.h>\n", "would spread")

    def test_a_foreign_header_nobody_has_named_is_refused(self):
        self.refused("lib/net/server.cc", "#include <fmt/format.h>\n", "has no home")

    def test_io_threads_and_clocks_are_refused_in_pure_folders(self):
        for line in ["#include <sys/socket.h>", "#include <thread>", '#include "base/task.h"',
                     "auto t = Clock::now();", "clock_gettime(CLOCK_REALTIME, &t);"]:
            with self.subTest(line=line):
                self.refused("lib/wire/sse.cc", line + "\n", "is pure")
                self.refused("lib/auth/google/jwt.cc", line + "\n", "is pure")
                self.accepted("lib/auth/keyring.cc", line + "\n")
                self.accepted("lib/net/loop.cc", line + "\n")

    def test_a_comment_is_not_code(self):
        self.accepted("lib/wire/sse.cc", '// Clock::now() is for net\nauto text = "co_await f(Agg{1})";\n')

    def test_a_file_over_300_lines_is_mentioned_but_passes(self):
        self.refused("lib/wire/sse.cc", "\n" * 301, "301 lines")

    def test_a_path_of_somebodys_machine_is_refused_except_in_recorded_bytes(self):
        for path in ["/" "work/main/x", "/" "root/.ssh", "/" "home/ann/x", "/" "Users/ann/x"]:
            with self.subTest(path=path):
                self.refused("docs/guide.md", f"see {path}\n", "path of one machine")
                self.accepted("tests/fixtures/recorded.txt", f"see {path}\n")
        self.accepted("docs/guide.md", "https://example.com/work/x and /home/you/x\n")
        self.accepted("tests/config/paths_test.cc", "/" "home/ann/.config\n")

    def test_an_unfinished_note_is_refused(self):
        for word in ["TO" "DO", "FIX" "ME", "X" "XX"]:
            with self.subTest(word=word):
                self.refused("lib/wire/sse.cc", f"// {word} later\n", "open an issue")
        self.accepted("lib/wire/sse.cc", '// mkdtemp("ogem-XXXXXX")\n')


class CompilerTrap(unittest.TestCase):
    def test_a_brace_or_capturing_lambda_in_a_statement_that_awaits_is_found(self):
        for body in ["co_await f(Agg{a, 1});", "auto r = co_await f({a, 1});", "co_await f({.a = 1});",
                     "use(Agg{a, 1}, co_await g());", "Agg a{s, co_await g()};", "co_return Agg{s, co_await g()};",
                     "v.push_back({s, co_await g()});", "co_await [x]() -> Task<> { co_return; }();",
                     "co_await g([&](int n) { return n; });", "if (co_await f(Agg{1})) return;",
                     "for (auto x : co_await f({1, 2})) use(x);", "co_await f<T>(std::vector<int>{1});",
                     "auto t = [x]() -> Task<> { co_await f(Agg{1}); };"]:
            with self.subTest(body=body):
                self.assertEqual(len(trapped_statements("Task<> go() { first(); " + body + " last(); }")), 1)

    def test_the_sound_forms_are_left_alone(self):
        for body in ["auto job = Job{a, 1}; co_await run(std::move(job));", "auto r = co_await f(make(a));",
                     "if (!co_await g()) co_return Error{kind, text};", "co_return Agg{a, 1};",
                     "auto [a, b] = co_await g();", "auto& [a, b] = co_await g();", "auto x = co_await v[i];",
                     "while (co_await more()) { auto a = Agg{1}; use(a); }", "auto t = [x]() -> Task<> { co_await g(); };",
                     "if (x) { use({1}); } co_await g();", "[[maybe_unused]] auto r = co_await g();",
                     "co_await g([](int n) { return n; });", "switch (n) { case 1: { co_await g(); } }",
                     "auto work = [x]() -> Task<Result<Agg>> { auto r = co_await g(); co_return r; };"]:
            with self.subTest(body=body):
                self.assertEqual(trapped_statements("Task<> go(A a) { first(); " + body + " last(); }"), [])


if __name__ == "__main__":
    unittest.main()
