"""ogem api: raw requests on the socket."""

import json
import unittest

import fake_daemon as fake
from fake_daemon import FakeDaemon, answer, json_answer
from support import Case


class Api(Case):
    def setUp(self):
        super().setUp()
        self.daemon = FakeDaemon({"GET /v1/models": answer('{"data": []}'),
                                  "POST /v1/embeddings": json_answer({"data": [{"embedding": [1, 2]}]}),
                                  "DELETE /ogem/v1/cache": json_answer({"ok": True})})
        self.daemon.__enter__()
        self.addCleanup(self.daemon.close)
        self.use(self.daemon)

    def test_the_answer_comes_as_it_is(self):
        self.check(self.run_ogem("api", "/v1/models"), 0, '{"data": []}', "")

    def test_data_makes_it_a_post_with_json(self):
        self.check(self.run_ogem("api", "/v1/embeddings", "-d", '{"input":"x"}', "-H", "x-ogem-timeout: 5s"))
        sent = self.daemon.requests[-1]
        self.assertEqual((sent.method, sent.json(), sent.headers["content-type"], sent.headers["x-ogem-timeout"]),
                         ("POST", {"input": "x"}, "application/json", "5s"))

    def test_data_comes_from_a_file_or_standard_input(self):
        self.write("r.json", "{}")
        self.run_ogem("api", "/v1/embeddings", "-d", "@r.json")
        self.run_ogem("api", "post", "/v1/embeddings", "-d", "-", text="[]")
        self.assertEqual([r.body for r in self.daemon.requests], [b"{}", b"[]"])

    def test_any_method_can_be_named(self):
        self.check(self.run_ogem("api", "DELETE", "/ogem/v1/cache"), 0, '{"ok": true}', "")

    def test_get_names_one_value(self):
        self.check(self.run_ogem("api", "/v1/embeddings", "-d", "{}", "--get", "/data/0/embedding"), 0, "[1,2]\n", "")

    def test_an_error_is_shown_and_decides_how_it_ends(self):
        ended = self.run_ogem("api", "/v1/nothing")
        self.check(ended, 6, err="ogem: no /v1/nothing\n")
        self.assertEqual(json.loads(ended.out)["error"]["code"], "not_found")

    def test_a_cut_answer_is_10_promise_1(self):
        self.daemon.answers["GET /cut"] = fake.stream(fake.event("x"), fake.HANG_UP)
        self.check(self.run_ogem("api", "/cut"), 10, "data: x\n\n", "ogem: the answer was cut off before its end\n")

    def test_what_is_no_request_is_refused(self):
        for words in (["v1/models"], ["GET", "/a", "b"], ["G3T", "/a"], ["/a b"], ["/a\r\nx: y"]):
            self.check(self.run_ogem("api", *words), 2, "",
                       "ogem: ogem api takes [METHOD] PATH, like: ogem api GET /v1/models\n")
        for header in ("none", ": x", "a: b\r\nc: d"):
            self.assertEqual(self.run_ogem("api", "/a", "-H", header).code, 2)


if __name__ == "__main__":
    unittest.main()
