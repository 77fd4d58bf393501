"""The fake provider in each dialect it speaks, seen from the wire: every shape is what it says, errors are worded as the
provider words them, and a request that breaks a rule is refused and noted."""
import json
import unittest

import harness
import shapes
import wire
from dialects import DIALECTS
from harness import Fake


class FakeDialectsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.fake = cls.enterClassContext(Fake())

    def each(self):
        for dialect in DIALECTS.values():
            with self.subTest(dialect.name):
                yield dialect

    def shapes(self, *, streamed):
        """Every shape that ends soon, in every dialect, and its answer."""
        left_out = ("silent", "12000", "big-head")  # slow; or a matter of the reader's limits
        jobs = [(dialect, shape) for dialect in DIALECTS.values() for shape in shapes.shapes_of(dialect.family)
                if not any(word in shape.words for word in left_out)]

        def ask(dialect, shape):
            try:
                return dialect.ask(self.fake, f"fake-{shape.words}", stream=streamed, timeout=30)
            except (ValueError, OSError):  # bad-chunk; not HTTP
                return None

        answers = harness.in_parallel([lambda d=d, s=s: ask(d, s) for d, s in jobs])
        return [(dialect, shape, answer) for (dialect, shape), answer in zip(jobs, answers)]

    def test_broken_streams_are_broken_and_odd_ones_whole_in_every_dialect(self):
        for dialect, shape, answer in self.shapes(streamed=True):
            with self.subTest(shape.words, dialect=dialect.name):
                if shape.streamed == (shapes.COMPLETE,):
                    said = dialect.said(answer)
                    # OpenAI's and Anthropic's extra event comes after the terminal.
                    said = said[:len(shapes.USUAL_STREAM)] if shape.words == "extra" else said
                    self.assertEqual(said, shape.said or shapes.USUAL_STREAM)
                    self.assertTrue(dialect.is_complete(answer) or shape.words == "no-done")
                elif shapes.COMPLETE not in shape.streamed:
                    self.assertFalse(dialect.is_complete(answer))

    def test_whole_answers_are_what_their_shape_says(self):
        for dialect, shape, answer in self.shapes(streamed=False):
            with self.subTest(shape.words, dialect=dialect.name):
                if shape.whole == (shapes.COMPLETE,) and shape.words != "extra":
                    self.assertEqual(dialect.said(answer), shapes.USUAL_WHOLE)
                elif shape.whole == (shapes.ERROR,) and answer and answer.status == 200 and answer.ended != "cut":
                    try:
                        self.assertNotEqual(dialect.said(answer), shapes.USUAL_WHOLE)
                    except (ValueError, AttributeError):
                        pass

    def test_an_answer_without_a_script_acts_on_the_request(self):
        for dialect in self.each():
            model = "fake-echo" if dialect.family == "openai" else "some-model"
            for stream in (False, True):
                self.assertEqual(dialect.said(dialect.ask(self.fake, model, stream, text="Grüße 世界")), "Grüße 世界")

    def test_errors_come_in_their_providers_words(self):
        def error(name, words):
            answer = DIALECTS[name].ask(self.fake, f"fake-{words}")
            return answer, answer.json()

        answer, body = error("anthropic", "status=529")
        self.assertEqual((answer.status, body["type"], body["error"]["type"]), (529, "error", "overloaded_error"))
        self.assertEqual(body["request_id"], answer.header("request-id"))
        self.assertEqual(error("vclaude", "quota")[1]["error"]["details"]["error_code"], "enforced_spend_limit_reached")
        answer, body = error("studio", "status=429+retry-after=46")
        self.assertEqual((body["error"]["code"], body["error"]["status"]), (429, "RESOURCE_EXHAUSTED"))
        self.assertEqual([d.get("retryDelay") for d in body["error"]["details"]], [None, "46s"])
        self.assertIn("PerDay", json.dumps(error("vertex", "quota")[1]))
        self.assertEqual(error("azure", "status=429")[1]["error"]["code"], "429")
        self.assertNotIn("type", error("azure", "status=500")[1]["error"])
        self.assertEqual(error("openai", "quota")[1]["error"]["code"], "insufficient_quota")

    def test_every_way_to_end_has_its_word(self):
        ends = {
            "max-tokens": ("length", "max_tokens", "MAX_TOKENS"), "refusal": ("stop", "refusal", "SAFETY"),
            "stop-sequence": ("stop", "stop_sequence", "STOP"), "tools=2": ("tool_calls", "tool_use", "STOP"),
            "pause": ("stop", "pause_turn", "STOP"), "malformed-call": ("stop", "end_turn", "MALFORMED_FUNCTION_CALL"),
            "context-full": ("length", "model_context_window_exceeded", "MAX_TOKENS"),
        }
        for words, reasons in ends.items():
            for name, reason in zip(("openai", "anthropic", "studio"), reasons):
                for stream in (False, True):
                    with self.subTest(words, dialect=name, stream=stream):
                        answer = DIALECTS[name].ask(self.fake, f"fake-{words}", stream)
                        self.assertIn(json.dumps(reason), answer.text)

    def test_counters_of_caches_and_thinking_are_told(self):
        words = "fake-thinking+cache-read=100+cache-write=10"
        usage = DIALECTS["openai"].ask(self.fake, words).json()["usage"]
        self.assertEqual((usage["prompt_tokens"], usage["completion_tokens"], usage["total_tokens"]), (119, 17, 136))
        self.assertEqual(usage["completion_tokens_details"]["reasoning_tokens"], 5)
        usage = DIALECTS["anthropic"].ask(self.fake, words).json()["usage"]
        self.assertEqual((usage["input_tokens"], usage["cache_read_input_tokens"], usage["output_tokens"]), (9, 100, 17))
        usage = DIALECTS["studio"].ask(self.fake, words).json()["usageMetadata"]
        self.assertEqual((usage["promptTokenCount"], usage["candidatesTokenCount"], usage["thoughtsTokenCount"],
                          usage["totalTokenCount"]), (119, 12, 5, 136))

    def test_a_refusal_is_noted_and_uses_up_no_script(self):
        self.fake.reset()
        self.fake.script("m", "status=503", "ok")
        wrong = DIALECTS["anthropic"].ask(self.fake, "m", seed=1)
        self.assertEqual(wrong.status, 400)
        self.assertEqual(self.fake.refusals(), ["seed: Extra inputs are not permitted"])
        self.assertEqual(DIALECTS["anthropic"].ask(self.fake, "m").status, 503)
        self.assertEqual(DIALECTS["anthropic"].ask(self.fake, "m").status, 200)

    def test_a_clouds_door_is_google_s_and_the_model_behind_it_anthropic_s(self):
        vclaude = DIALECTS["vclaude"]
        self.assertEqual(vclaude.ask(self.fake, "m", headers=[]).json()["error"]["status"], "UNAUTHENTICATED")
        self.assertEqual(vclaude.ask(self.fake, "m", seed=1).json()["error"]["type"], "invalid_request_error")

    def test_gemini_streams_come_as_an_array_too(self):
        body = wire.json_bytes(DIALECTS["studio"].body("m", True))
        headers = [("content-type", "application/json"), *DIALECTS["studio"].headers]
        for words, length in (("ok", 5), ("error=2", 3)):
            with wire.Connection(self.fake.address) as connection:
                connection.send(wire.request_bytes("POST", f"/v1beta/models/fake-{words}:streamGenerateContent", body, headers))
                chunks = connection.answer().json()
            self.assertEqual(len(chunks), length)
            self.assertEqual("error" in chunks[-1], words != "ok")


if __name__ == "__main__":
    harness.main()
