"""The same-dialect lane: bytes pass untouched but for the model name (promise 8; F2, F11, F12)."""
import json
import unittest

import harness
import shapes
from harness import Fake, Ogemd, chat_body

CONFIG = """
ping_interval: 0
providers:
  fake:
    base_url: {url}
    protocol: openai
    api_key_env: FAKE_KEY
    headers: {{x-team: blue}}
    regions: {{fake: {{models: [
      {{name: gpt, other_names: [nick]}}, {{name: org/deep}}, {{name: fake-drip=5+multiline+cr}}]}}}}
"""
# As odd as JSON may be: spaces, escapes, big numbers, unknown and nested names, `model` inside strings and objects.
ODD_BODY = (' {\n "x_foo" : 1,\t"temperature":0.70, "seed": 12345678901234567890,"messages":[{"role":"user",'
            '"content":"\\u00e9 \\ud83d\\ude42 é \\"model\\":\\"no\\" \\/"}],"metadata":{"model":"inner"} ,'
            '"model" : "%s" , "top_p":1e0,"x_null":null,"stream":%s, "x_last":[ ] }\r\n')


class PassThroughTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.fake = cls.enterClassContext(Fake())
        cls.ogemd = cls.enterClassContext(
            Ogemd(CONFIG.format(url=cls.fake.url), env={"FAKE_KEY": "sk-upstream-1234567890"}))

    def setUp(self):
        self.fake.reset()

    def test_the_body_goes_up_as_it_came_but_for_the_model(self):
        names = {"gpt": "gpt", "fake/gpt": "gpt", "fake/fake/gpt": "gpt", "nick": "gpt", "org/deep": "org/deep"}
        for stream in ("false", "true"):
            for typed, upstream in names.items():
                with self.subTest(typed, stream=stream):
                    self.fake.reset()
                    answer = self.ogemd.post("/v1/chat/completions", (ODD_BODY % (typed, stream)).encode())
                    self.assertEqual(answer.status, 200, answer.text)
                    self.assertEqual(self.fake.posts()[0]["body"], ODD_BODY % (upstream, stream))

    def test_a_large_body_arrives_whole(self):
        body = json.dumps(chat_body("nick", x_large="é" * 400_000), ensure_ascii=False)
        self.assertEqual(self.ogemd.post("/v1/chat/completions", body.encode()).status, 200)
        entry = self.fake.posts()[0]
        self.assertEqual(entry["body_bytes"], len(body.encode()) - len("nick") + len("gpt"))

    def test_the_answer_and_every_chunk_carry_the_name_as_typed(self):
        for typed in ("gpt", "nick", "fake/gpt", "fake/fake/gpt", " fake/gpt , nick", "org/deep"):
            with self.subTest(typed):
                shown = typed.split(",")[0].strip()
                whole = self.ogemd.chat(typed)
                self.assertEqual(whole.json()["model"], shown)
                stream = self.ogemd.chat(typed, stream=True)
                chunks = [json.loads(event) for event in stream.events()[:-1]]
                self.assertEqual({chunk["model"] for chunk in chunks}, {shown})

    def test_the_real_route_is_in_the_headers(self):
        for stream in (False, True):
            answer = self.ogemd.chat("nick", stream)
            self.assertEqual(answer.header("x-ogem-provider"), "fake")
            self.assertEqual(answer.header("x-ogem-region"), "fake")
            self.assertEqual(answer.header("x-ogem-model"), "gpt")
            self.assertTrue(answer.header("x-request-id"))
            self.assertIn("upstream", answer.header("server-timing"))

    def test_a_request_id_of_the_client_comes_back(self):
        answer = self.ogemd.chat("gpt", headers=[("x-request-id", "mine-1")])
        self.assertEqual(answer.header("x-request-id"), "mine-1")

    def test_a_whole_answer_is_the_providers_bytes_but_for_the_model(self):
        body = self.ogemd.chat("nick").body
        self.assertEqual(body.replace(b'"nick"', b'"gpt-2024-08-06"'), self.direct_body(False))
        self.assertIn(b'"x_fake":{"kept":true}', body)

    def test_a_stream_is_the_providers_bytes_but_for_the_model(self):
        body = self.ogemd.chat("nick", stream=True).body
        self.assertEqual(body.replace(b'"nick"', b'"gpt-2024-08-06"'), self.direct_body(True))

    def direct_body(self, stream):
        with harness.wire.Connection(self.fake.address) as connection:
            connection.send(harness.chat_bytes("gpt", stream))
            return connection.answer().body

    def test_headers_of_a_stream_suit_browsers_and_proxies(self):
        answer = self.ogemd.chat("gpt", stream=True)
        self.assertTrue(answer.header("content-type").startswith("text/event-stream"))
        self.assertEqual(answer.header("cache-control"), "no-cache")
        self.assertEqual(answer.header("x-accel-buffering"), "no")
        self.assertIsNone(answer.header("content-encoding"))

    def test_our_key_goes_up_and_the_clients_does_not(self):
        keys = [("authorization", "Bearer sk-client"), ("x-api-key", "sk-client"), ("api-key", "sk-client"),
                ("x-goog-api-key", "sk-client"), ("cookie", "sk-client")]
        self.assertEqual(self.ogemd.chat("gpt", headers=keys).status, 200)
        headers = self.fake.posts()[0]["headers"]
        named = {name.lower(): value for name, value in headers}
        self.assertEqual(named["authorization"], "Bearer sk-upstream-1234567890")
        self.assertEqual(named["x-team"], "blue")
        self.assertNotIn("sk-client", json.dumps(headers))

    def test_compression_is_never_asked_of_the_provider_for_a_stream(self):
        self.ogemd.chat("gpt", stream=True, headers=[("accept-encoding", "gzip, br")])
        named = {name.lower(): value for name, value in self.fake.posts()[0]["headers"]}
        self.assertIn(named.get("accept-encoding", "identity"), ("identity", ""))

    def test_no_key_is_in_the_log(self):
        """Promise 13."""
        self.ogemd.chat("gpt", headers=[("authorization", "Bearer sk-client-secret-abc")])
        self.assertNotIn("sk-upstream-1234567890", self.ogemd.log())
        self.assertNotIn("sk-client-secret-abc", self.ogemd.log())

    def test_text_completions_and_embeddings_pass_too(self):
        text = self.ogemd.post("/v1/completions", {"model": "nick", "prompt": "say"})
        self.assertEqual((text.json()["object"], text.json()["model"]), ("text_completion", "nick"))
        for encoding in ("float", "base64"):
            vectors = self.ogemd.post("/v1/embeddings",
                                      {"model": "gpt", "input": ["a", "b"], "encoding_format": encoding})
            values = vectors.json()["data"][1]["embedding"]
            floats = values if encoding == "float" else harness.wire.floats_of(values)
            self.assertEqual(floats, [0.5, -0.25, 1.5])

    def test_models_are_listed_and_found(self):
        ids = [model["id"] for model in self.ogemd.get("/v1/models").json()["data"]]
        for name in ("gpt", "nick", "org/deep"):
            self.assertTrue(any(known == name or known.endswith("/" + name) for known in ids), (name, ids))
        self.assertEqual(self.ogemd.get("/v1/models/gpt").json()["object"], "model")
        self.assertEqual(self.ogemd.get("/v1/models/org/deep").status, 200)
        missing = self.ogemd.get("/v1/models/gptt")
        self.assertEqual((missing.status, missing.json()["error"]["code"]), (404, "model_not_found"))

    def test_an_unknown_model_is_404_with_the_nearest_names(self):
        answer = self.ogemd.chat("nik")
        self.assertEqual((answer.status, answer.json()["error"]["code"]), (404, "model_not_found"))
        self.assertIn("nick", answer.json()["error"]["message"])
        self.assertEqual(self.fake.posts(), [])

    def test_a_body_that_is_not_a_request_is_400_and_stays_here(self):
        for body in (b"", b"[]", b"{", b'{"messages":[]}', b'{"model":5,"messages":[]}', b"\xff\xfe",
                     b'{"model":"gpt","messages":[{"role":"user","content":"\xff"}]}', b'{"model":"gpt"}extra'):
            with self.subTest(body):
                answer = self.ogemd.post("/v1/chat/completions", body)
                self.assertEqual(answer.status, 400, answer.text)
                self.assertEqual(answer.json()["error"]["type"], "invalid_request_error")
        self.assertEqual(self.fake.posts(), [])

    def test_usage_is_passed_on_when_the_client_asked_and_only_then(self):
        self.assertNotIn("prompt_tokens", self.ogemd.chat("gpt", stream=True).text)
        asked = self.ogemd.chat("gpt", stream=True, stream_options={"include_usage": True})
        self.assertIn("prompt_tokens", asked.text)

    def test_odd_line_ends_reach_the_client_as_proper_events(self):
        answer = self.ogemd.chat("fake-drip=5+multiline+cr", stream=True)
        self.assertEqual(shapes.outcome_of_stream(answer), shapes.COMPLETE)
        self.assertEqual(answer.said(), shapes.USUAL_STREAM)


if __name__ == "__main__":
    harness.main()
