"""What a person at a terminal sees, and what the conventions promise everywhere."""

import json
import re
import subprocess
import unittest

import fake_daemon as fake
from fake_daemon import DONE, FakeDaemon, delta, json_answer, stream
from support import Case

CHAT = "POST /v1/chat/completions"


class Terminal(Case):
    def chat(self, answer, *args):
        with FakeDaemon({CHAT: answer}) as daemon:
            self.use(daemon)
            return self.on_terminal("chat", "-m", "gpt-4o", "hi", *args)

    def test_the_answer_and_a_dim_line_under_it(self):
        ended = self.chat(stream(delta("It returns the pid."), delta(None, "stop"), fake.USAGE, DONE))
        self.check(ended)
        self.assertTrue(ended.out.startswith("\x1b[2masking gpt-4o ...\x1b[0m\r\x1b[K"), repr(ended.out))
        shown = ended.out.split("\x1b[K")[1]
        self.assertRegex(shown, r"\AIt returns the pid\.\n\n\x1b\[2mvertex/us-central1/gemini-1\.5-pro  \d+ ms to first token, "
                                r"\d+ ms  18\+24 tok\x1b\[0m\n\Z")

    def test_no_color_means_none_whatever_its_value_and_the_flag_wins(self):
        answer = stream(delta("x"), delta(None, "stop"), DONE)
        self.env["NO_COLOR"] = "0"
        self.assertNotIn("\x1b[2m", self.chat(answer).out)
        self.assertIn("\x1b[2m", self.chat(answer, "--color", "always").out)
        del self.env["NO_COLOR"]
        self.assertNotIn("\x1b[2m", self.chat(answer, "--color=never").out)

    def test_a_dumb_terminal_and_ci_get_no_line_that_comes_and_goes(self):
        answer = stream(delta("x"), delta(None, "stop"), DONE)
        for name, value in (("TERM", "dumb"), ("CI", "true")):
            self.env[name] = value
            self.assertNotIn("\x1b[K", self.chat(answer).out)
            self.env.update(TERM="xterm", CI="")

    def test_quiet_is_the_answer_alone(self):
        self.check(self.chat(stream(delta("x"), delta(None, "stop"), DONE), "-q"), 0, "x\n")

    def test_an_answer_cannot_write_to_the_screen_what_is_not_text(self):
        evil = "a\x1b]52;c;aGk=\x07b\x9b2Jc\x08\r"
        answer = stream(delta(evil), delta(None, "stop"), DONE)
        self.check(self.chat(answer, "-q"), 0, "a]52;c;aGk=b2Jc\n")
        with FakeDaemon({CHAT: answer}) as daemon:  # a pipe gets it as it is
            self.use(daemon)
            self.check(self.run_ogem("chat", "-m", "m", "hi"), 0, evil.replace("\r", "\r") + "\n")

    def test_an_error_cannot_either(self):
        refused = json_answer(fake.error("no\x1b[2Jpe", "t", "c"), 400)
        self.assertTrue(self.chat(refused).out.endswith("ogem: no[2Jpe\n"))

    def test_without_a_prompt_a_terminal_is_not_read(self):
        self.check(self.on_terminal("chat", "-m", "m"), 2)

    def test_a_dash_reads_what_is_typed(self):
        with FakeDaemon({CHAT: lambda r: stream(delta(r.json()["messages"][0]["content"]), delta(None, "stop"), DONE)}) as daemon:
            self.use(daemon)
            ended = self.on_terminal("chat", "-q", "-m", "m", "-", keys=b"typed\n\x04")
            self.check(ended)
            self.assertTrue(ended.out.endswith("typed\n"), ended)

    def test_json_is_indented_for_eyes(self):
        ended = self.chat(json_answer(fake.completion("x")), "-q", "--json")
        self.check(ended)
        self.assertIn('{\n  "id": "c1",\n', ended.out)


class Conventions(Case):
    def test_help_is_standard_output_and_begins_with_examples(self):
        for words in (["--help"], ["chat", "-h"], ["help", "chat"], ["daemon", "--help"], ["help"]):
            ended = self.run_ogem(*words)
            self.check(ended, 0, err="")
            self.assertEqual(ended.out.splitlines()[2], "Examples:", words)
            self.assertLessEqual(max(map(len, ended.out.splitlines())), 100)

    def test_help_has_topics(self):
        table = self.run_ogem("help", "exit-codes")
        self.check(table, 0, err="")
        self.assertEqual([int(line.split()[0]) for line in table.out.splitlines()],
                         [*range(12), 130, 141, 143])
        for topic in ("environment", "formats"):
            self.check(self.run_ogem("help", topic), 0, err="")
        self.check(self.run_ogem("help", "nothing"), 2, "", "ogem: there is no help on 'nothing'; see ogem help\n")

    def test_usage_errors_are_standard_error_and_2(self):
        for words, sentence in ((["chatt"], "'chatt' is not a command of ogem; did you mean 'chat'?"),
                                (["daemon", "stat"], "'stat' is not a command of ogem daemon; did you mean 'start'?"),
                                (["--bogus"], "unknown option --bogus; see ogem --help"),
                                (["chat", "--bogus", "x"], "unknown option --bogus; see ogem chat --help"),
                                (["--timeout", "soon", "status"], None), (["--color", "red", "status"], None),
                                (["--timeout", "-1s", "status"], "--timeout: -1s is negative"), (["hello there"], None), ([], None)):
            ended = self.run_ogem(*words)
            self.check(ended, 2, "")
            self.assertTrue(ended.err.startswith("ogem: "), ended)
            if sentence:
                self.assertEqual(ended.err, f"ogem: {sentence}\n")

    def test_with_json_even_a_usage_error_is_json(self):
        ended = self.run_ogem("--json", "--bogus")
        self.check(ended, 2, "")
        self.assertEqual(json.loads(ended.err)["error"]["exit"], 2)

    def test_flags_count_before_and_after_the_command(self):
        with FakeDaemon({"GET /v1/models": json_answer({"data": [{"id": "a"}]})}) as daemon:
            for words in (["--socket", daemon.path, "--json", "models"], ["models", "--json", "--socket", daemon.path]):
                self.check(self.run_ogem(*words), 0, '[{"id":"a"}]\n', "")

    def test_version_names_the_daemon_too(self):
        self.assertRegex(self.run_ogem("--version").out, r"^ogem \d+\.\d+\.\d+( \([0-9a-f]+\))?\n$")
        with FakeDaemon({"GET /ogem/v1/status": json_answer({})}) as daemon:
            self.use(daemon)
            self.assertRegex(self.run_ogem("--version").out, r" daemon 9\.9\.9\n$")
            self.assertEqual(json.loads(self.run_ogem("--version", "--json").out)["daemon"], "9.9.9")

    def test_version_does_not_hang_on_a_daemon_that_does(self):
        with FakeDaemon({"GET /ogem/v1/status": [20]}) as daemon:
            self.use(daemon)
            self.assertRegex(self.run_ogem("--version").out, r"^ogem ")

    def test_a_closed_or_full_standard_output_is_a_failure(self):
        for redirection in (">&-", "> /dev/full"):
            ended = subprocess.run(["sh", "-c", f'"{self.ogem}" help {redirection}'], env=self.env, capture_output=True,
                                   timeout=20)
            self.assertEqual(ended.returncode, 1, ended)
            self.assertRegex(ended.stderr.decode(), "^ogem: cannot write to standard output: ")

    def test_an_answer_never_goes_into_a_file_that_took_the_place_of_a_closed_output(self):
        with FakeDaemon({CHAT: stream(delta("x"), delta(None, "stop"), DONE)}) as daemon:
            self.use(daemon)
            ended = subprocess.run(["sh", "-c", f'"{self.ogem}" chat -m m hi <&- >&-'], env=self.env, capture_output=True,
                                   timeout=20)
            self.assertEqual(ended.returncode, 1, ended)

    def test_it_links_neither_tls_nor_curl(self):
        libraries = subprocess.run(["ldd", self.ogem], capture_output=True, text=True).stdout
        self.assertIsNone(re.search("libssl|libcurl|libsqlite|libboost", libraries), libraries)


if __name__ == "__main__":
    unittest.main()
