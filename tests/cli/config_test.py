"""ogem config: show, check, path."""

import json
import unittest

from fake_daemon import FakeDaemon, answer, json_answer
from support import Case


class Check(Case):
    def setUp(self):
        super().setUp()
        self.with_fake_ogemd()

    def test_ogemd_judges_and_its_words_and_code_are_ours(self):
        self.check(self.run_ogem("config", "check", "x.yaml"), 5, "x.yaml:1:1: error: bad [E100]\n1 error, 0 warnings\n", "")
        self.assertEqual(self.calls(), ["--check --check-format text --config x.yaml"])

    def test_every_flag_reaches_it(self):
        self.run_ogem("config", "check", "--env", "--strict", "--format", "github", "https://example.org/c.yaml")
        self.assertEqual(self.calls(), ["--check --check-format github --check-env --check-strict "
                                        "--config https://example.org/c.yaml"])

    def test_without_a_source_ogemd_looks_where_it_always_looks(self):
        self.run_ogem("config", "check")
        self.run_ogem("--config", "c.yaml", "config", "check")
        self.assertEqual(self.calls(), ["--check --check-format text", "--check --check-format text --config c.yaml"])

    def test_json_is_json_and_get_takes_a_part_of_it(self):
        self.check(self.run_ogem("config", "check", "x", "--json"), 5, '{"ok":false,"errors":1}\n', "")
        self.check(self.run_ogem("config", "check", "x", "--get", "/errors"), 5, "1\n", "")


class Path(Case):
    def test_it_says_where_things_live(self):
        del self.env["OGEM_SOCKET"]
        self.env["XDG_STATE_HOME"] = self.env["XDG_CONFIG_HOME"] = self.env["XDG_CACHE_HOME"] = "/x"
        self.check(self.run_ogem("config", "path"), 0,
                   f"WHAT\tWHERE\nsocket\t{self.home}/ogem/ogemd.sock\nstate\t/x/ogem\nconfig\t/x/ogem\ncache\t/x/ogem\n", "")
        self.check(self.run_ogem("config", "path", "--get", "/socket"), 0, self.home + "/ogem/ogemd.sock\n", "")

    def test_a_path_may_be_any_bytes(self):
        self.env["OGEM_SOCKET"] = b"/tmp/\xff"
        self.check(self.run_ogem("config", "path", "--json", "--get", "/socket"), 0, err="")
        self.assertIn("\ufffd", self.run_ogem("config", "path", "--json").out)

    def test_the_flag_wins_over_the_variable(self):
        self.check(self.run_ogem("--socket", "/s", "config", "path", "--get", "/socket"), 0, "/s\n", "")


class Show(Case):
    def test_the_bare_noun_shows_what_is_in_force(self):
        model = {"name": {"value": "gpt-4o", "origin": "c.yaml:9:3"}, "rpm": {"value": 60, "origin": "c.yaml:9:20"}}
        config = {"source": "c.yaml", "listen": {"value": ["127.0.0.1:8080"], "origin": "environment PORT"},
                  "cache": {"enabled": {"value": True, "origin": "default"}}, "clients": [],
                  "providers": [{"name": {"value": "openai", "origin": "c.yaml:7:1"}, "models": [model]}]}
        with FakeDaemon({"GET /ogem/v1/config": json_answer(config)}) as daemon:
            self.use(daemon)
            for words in (["config"], ["config", "show"]):
                self.check(self.run_ogem(*words), 0, "KEY\tVALUE\tORIGIN\nsource\tc.yaml\t-\n"
                           "listen\t[\"127.0.0.1:8080\"]\tenvironment PORT\ncache.enabled\ttrue\tdefault\n"
                           "clients\t-\t-\nproviders.openai.name\topenai\tc.yaml:7:1\n"
                           "providers.openai.models.gpt-4o.name\tgpt-4o\tc.yaml:9:3\n"
                           "providers.openai.models.gpt-4o.rpm\t60\tc.yaml:9:20\n", "")
            self.assertEqual(json.loads(self.run_ogem("config", "--json").out), config)
            self.check(self.run_ogem("config", "--get", "/listen/value/0"), 0, "127.0.0.1:8080\n", "")

    def test_an_answer_that_is_not_json_is_a_failure(self):
        with FakeDaemon({"GET /ogem/v1/config": answer("oops")}) as daemon:
            self.use(daemon)
            self.check(self.run_ogem("config"), 1, "")


if __name__ == "__main__":
    unittest.main()
