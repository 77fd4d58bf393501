"""Promise 1: no client is ever told that an answer is complete when it is not.

Every fault shape of an upstream is sent through ogemd, streamed and whole. Each shape has a provider of its own,
so that no breaker opened by one can answer for another.
"""
import unittest

import harness
import shapes
from harness import Fake, Ogemd, chat_bytes, config, in_parallel, provider

MILLISECONDS = round(800 * harness.PATIENCE)
QUICK = f"timeout: {{connect: {MILLISECONDS}ms, first_byte: {MILLISECONDS}ms, idle: {MILLISECONDS}ms}}"


def shape_providers(fake):
    return [provider(f"s{i}", fake, [f"fake-{shape.words}"], QUICK) for i, shape in enumerate(shapes.SHAPES)]


class StreamTruthTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.fake = cls.enterClassContext(Fake())
        cls.ogemd = cls.enterClassContext(
            Ogemd(config(*shape_providers(cls.fake), more="routing: {max_attempts: 1}")))

    def ask(self, stream, unix=False):
        """The answer to each shape, in order; all asked at the same time."""
        def job(i, shape):
            def run():
                with self.ogemd.connect(unix) as connection:
                    connection.send(chat_bytes(f"s{i}/fake-{shape.words}", stream))
                    return connection.answer()
            return run
        return in_parallel([job(i, shape) for i, shape in enumerate(shapes.SHAPES)])

    def test_every_streamed_shape_is_complete_or_said_to_be_broken(self):
        for shape, answer in zip(shapes.SHAPES, self.ask(stream=True)):
            with self.subTest(shape.words):
                self.assertIn(shapes.outcome_of_stream(answer), shape.streamed)
                if shapes.outcome_of_stream(answer) == shapes.COMPLETE:
                    self.assertEqual(answer.said(), shape.said or shapes.USUAL_STREAM)

    def test_every_whole_shape_is_complete_or_an_error(self):
        for shape, answer in zip(shapes.SHAPES, self.ask(stream=False)):
            with self.subTest(shape.words):
                self.assertIn(shapes.outcome_of_whole(answer), shape.whole)

    def test_the_unix_socket_tells_the_same_truth(self):
        for shape, answer in zip(shapes.SHAPES, self.ask(stream=True, unix=True)):
            with self.subTest(shape.words):
                self.assertIn(shapes.outcome_of_stream(answer), shape.streamed)


class ErrorTest(unittest.TestCase):
    """What the errors say (behaviour 4.16, promise 10)."""

    @classmethod
    def setUpClass(cls):
        cls.fake = cls.enterClassContext(Fake())
        models = ["fake-" + words for words in ("status=429+retry-after=7", "status=503", "status=400", "status=401",
                                                "silent", "html", "reset-before-head", "status=422", "status=404")]
        providers = [provider(f"p{i}", cls.fake, [model], QUICK) for i, model in enumerate(models)]
        closed = type("Closed", (), {"url": f"http://127.0.0.1:{harness.free_port()}/v1"})
        nowhere = type("Nowhere", (), {"url": "http://no-such-host.invalid/v1"})
        providers += [provider("closed", closed, ["gpt"], QUICK), provider("nowhere", nowhere, ["gpt"], QUICK)]
        # A short request_timeout, so that a limited endpoint is not waited for.
        cls.ogemd = cls.enterClassContext(
            Ogemd(config(*providers, more=f"routing: {{max_attempts: 1}}\nrequest_timeout: {2 * MILLISECONDS}ms")))
        cls.models = {model: f"p{i}/{model}" for i, model in enumerate(models)}

    def error(self, words, stream=True):
        answer = self.ogemd.chat(self.models["fake-" + words], stream)
        self.assertEqual(shapes.outcome_of_error(answer), shapes.ERROR)
        return answer, answer.json()["error"]

    def test_a_limit_of_the_provider_is_429_with_its_hint(self):
        answer, error = self.error("status=429+retry-after=7")
        self.assertEqual((answer.status, error["type"]), (429, "rate_limit_error"))
        self.assertLessEqual(int(answer.header("retry-after")), 7)
        self.assertGreater(int(answer.header("retry-after")), 0)

    def test_client_errors_of_the_provider_pass_through(self):
        for status in (400, 404, 422):
            answer, error = self.error(f"status={status}")
            self.assertEqual(answer.status, status)
            self.assertIn("was told to answer", error["message"])

    def test_a_refused_key_of_ours_is_503_upstream_auth(self):
        answer, error = self.error("status=401")
        self.assertEqual((answer.status, error["code"]), (503, "upstream_auth"))

    def test_a_failing_provider_is_502_or_503(self):
        for words in ("status=503", "html", "reset-before-head"):
            answer, error = self.error(words)
            self.assertIn(answer.status, (502, 503))
            self.assertEqual(error["ogem"]["who"], "provider")
            self.assertEqual(len(error["ogem"]["attempts"]), 1)

    def test_a_silent_provider_is_504(self):
        answer, error = self.error("silent")
        self.assertEqual((answer.status, error["type"]), (504, "timeout_error"))

    def test_an_unreachable_provider_is_502_and_named(self):
        for name in ("closed", "nowhere"):
            answer = self.ogemd.chat(f"{name}/gpt")
            self.assertIn(answer.status, (502, 503))
            self.assertIn(name, answer.text)

    def test_once_our_attempts_are_spent_the_client_is_told_not_to_retry(self):
        """Promise 6."""
        answer, _ = self.error("status=503", stream=False)
        self.assertEqual(answer.header("x-should-retry"), "false")


if __name__ == "__main__":
    harness.main()
