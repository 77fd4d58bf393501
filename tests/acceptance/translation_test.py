"""Clients of OpenAI's dialect and providers of every other, end to end (issue of translation: promises 1, 2, 8).

The fake provider validates each request as strictly as the provider it plays, so a refusal in its log is a request
that the real one would have refused.
"""
import contextlib
import json
import pathlib
import tempfile
import unittest

import harness
import shapes
from harness import Fake, Ogemd, in_parallel

MILLISECONDS = round(800 * harness.PATIENCE)
QUICK = f"timeout: {{connect: {MILLISECONDS}ms, first_byte: {MILLISECONDS}ms, idle: {MILLISECONDS}ms}}"

# A protocol of the configuration, the family of its answers, and a model whose rules the fake knows.
PROTOCOLS = {
    "anthropic": ("anthropic", "claude-sonnet-4-5"),
    "vertex-anthropic": ("anthropic", "claude-sonnet-4-5@20250929"),
    "gemini": ("gemini", "gemini-2.5-flash"),
    "vertex": ("gemini", "gemini-3-pro-preview"),
    "azure": ("openai", "gpt-4o"),
}
TRANSLATED = [name for name in PROTOCOLS if name != "azure"]

WEATHER = {"type": "function", "function": {
    "name": "get_weather", "description": "Weather of a city",
    "parameters": {"type": "object", "properties": {"city": {"type": "string", "description": "Its name"}}, "required": ["city"],
                   "additionalProperties": False}}}
PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def provider(name, protocol, fake, models, more=""):
    """A custom provider; its one region is called like itself."""
    google = protocol.startswith("vertex")
    key = "" if google else ", api_key_env: FAKE_KEY"
    listed = ", ".join(f'{{name: "{model}"}}' for model in models)
    return (f'  {name}: {{protocol: {protocol}, base_url: "http://127.0.0.1:{fake.port}"{key}, {more or QUICK}, '
            f"regions: {{{name}: {{models: [{listed}]}}}}}}\n")


def config(*providers, more=""):
    return f"google_cloud_project: fake-project\n{more}\nproviders:\n{''.join(providers)}"


def environment(folder, fake):
    """Credentials of every kind; Google's tokens come from the fake."""
    path = folder / "credentials.json"
    path.write_text(json.dumps({
        "type": "authorized_user", "client_id": "client", "client_secret": "secret", "refresh_token": "refresh",
        "token_uri": f"http://127.0.0.1:{fake.port}/token"}))
    return {"FAKE_KEY": "k", "GOOGLE_APPLICATION_CREDENTIALS": str(path)}


def start(test, fake, text):
    folder = pathlib.Path(test.enterClassContext(tempfile.TemporaryDirectory(prefix="ogem-test-")))
    return test.enterClassContext(Ogemd(text, env=environment(folder, fake)))


class ConversationTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.fake = cls.enterClassContext(Fake())
        names = {protocol: protocol.replace("vertex-anthropic", "vclaude") for protocol in PROTOCOLS}
        cls.ogemd = start(cls, cls.fake, config(*(
            provider(names[protocol], protocol, cls.fake, [model]) for protocol, (_, model) in PROTOCOLS.items())))
        cls.models = {protocol: f"{names[protocol]}/{model}" for protocol, (_, model) in PROTOCOLS.items()}

    @contextlib.contextmanager
    def accepted(self, protocol):
        """A subtest in which the provider refuses nothing."""
        with self.subTest(protocol):
            before = len(self.fake.refusals())
            yield
            self.assertEqual(self.fake.refusals()[before:], [])

    def ask(self, protocol, messages, stream=False, **more):
        if isinstance(messages, str):
            messages = [{"role": "user", "content": messages}]
        answer = self.ogemd.post("/v1/chat/completions", {
            "model": self.models[protocol], "messages": messages, **({"stream": True} if stream else {}), **more})
        self.assertEqual(answer.status, 200, answer.text)
        return answer

    def message(self, protocol, messages, **more):
        choice = self.ask(protocol, messages, **more).json()["choices"][0]
        return choice["message"], choice["finish_reason"]

    def test_it_says_what_the_provider_said_whole_and_streamed(self):
        for protocol in TRANSLATED:
            with self.accepted(protocol):
                whole = self.ask(protocol, "good morning").json()
                self.assertEqual(whole["choices"][0]["message"]["content"], "good morning")
                self.assertEqual(whole["model"], self.models[protocol])
                self.assertGreater(whole["usage"]["total_tokens"], 0)
                stream = self.ask(protocol, "good morning", stream=True, stream_options={"include_usage": True})
                self.assertEqual((stream.said(), stream.events()[-1]), ("good morning", "[DONE]"))
                self.assertEqual(json.loads(stream.events()[-2])["usage"]["total_tokens"], whole["usage"]["total_tokens"])

    def test_system_and_developer_messages_anywhere_and_turns_of_any_order(self):
        for protocol in TRANSLATED:
            with self.accepted(protocol):
                said, _ = self.message(protocol, [
                    {"role": "assistant", "content": "I begin."}, {"role": "system", "content": "Be brief."},
                    {"role": "user", "content": "one"}, {"role": "user", "content": [{"type": "text", "text": "two"}]},
                    {"role": "developer", "content": [{"type": "text", "text": "In English."}]},
                    {"role": "assistant", "content": ""}, {"role": "user", "content": "three"}])
                self.assertIn("three", said["content"])

    def test_a_tool_is_called_answered_and_told_of(self):
        for protocol in TRANSLATED:
            with self.accepted(protocol):
                for stream in (False, True):
                    history = [{"role": "user", "content": "call the tool"}]
                    if stream:
                        calls = self.streamed_calls(self.ask(protocol, history, stream=True, tools=[WEATHER]))
                    else:
                        message, finish = self.message(protocol, history, tools=[WEATHER])
                        self.assertEqual(finish, "tool_calls")
                        calls = message["tool_calls"]
                    self.assertEqual([call["function"]["name"] for call in calls], ["get_weather"])
                    self.assertIn("city", json.loads(calls[0]["function"]["arguments"]))
                    history += [{"role": "assistant", "content": None, "tool_calls": calls},
                                {"role": "tool", "tool_call_id": calls[0]["id"], "content": "12 C"}]
                    said, _ = self.message(protocol, history, tools=[WEATHER])
                    self.assertIn("12 C", said["content"])

    @staticmethod
    def streamed_calls(stream):
        calls = {}
        for event in stream.events()[:-1]:
            for choice in json.loads(event)["choices"]:
                for piece in choice["delta"].get("tool_calls", []):
                    call = calls.setdefault(piece["index"], {"id": piece.get("id"), "type": "function",
                                                             "function": {"name": "", "arguments": ""}})
                    for member in ("name", "arguments"):
                        call["function"][member] += piece["function"].get(member) or ""
        return [calls[index] for index in sorted(calls)]

    def test_parallel_calls_and_their_results_in_any_order(self):
        second = json.loads(json.dumps(WEATHER).replace("get_weather", "get_time"))
        for protocol in TRANSLATED:
            with self.accepted(protocol):
                history = [{"role": "user", "content": "call every tool"}]
                message, _ = self.message(protocol, history, tools=[WEATHER, second])
                calls = message["tool_calls"]
                self.assertEqual(len({call["id"] for call in calls}), 2)
                history += [message] + [{"role": "tool", "tool_call_id": call["id"], "content": call["function"]["name"]}
                                        for call in reversed(calls)] + [{"role": "user", "content": "and now?"}]
                self.message(protocol, history, tools=[WEATHER, second])

    def test_tool_choices_of_every_kind(self):
        named = {"type": "function", "function": {"name": "get_weather"}}
        allowed = {"type": "allowed_tools", "allowed_tools": {
            "mode": "required", "tools": [{"type": "function", "function": {"name": "get_weather"}}]}}
        for protocol in TRANSLATED:
            with self.accepted(protocol):
                for choice in ("required", named, allowed):
                    message, _ = self.message(protocol, "hello", tools=[WEATHER], tool_choice=choice,
                                              parallel_tool_calls=False)
                    self.assertEqual(message["tool_calls"][0]["function"]["name"], "get_weather")
                message, _ = self.message(protocol, "call the tool", tools=[WEATHER], tool_choice="none")
                self.assertNotIn("tool_calls", message)

    def test_json_is_json(self):
        schema = {"type": "json_schema", "json_schema": {"name": "city", "strict": True,
                                                         "schema": WEATHER["function"]["parameters"]}}
        for protocol in TRANSLATED:
            with self.accepted(protocol):
                message, finish = self.message(protocol, "Paris", response_format=schema)
                self.assertIn("city", json.loads(message["content"]))
                self.assertEqual(finish, "stop")
                self.message(protocol, "answer in JSON", response_format={"type": "json_object"})

    def test_images_sampling_stops_and_limits(self):
        for protocol in TRANSLATED:
            with self.accepted(protocol):
                self.message(protocol, [{"role": "user", "content": [
                    {"type": "text", "text": "what is it?"}, {"type": "image_url", "image_url": {"url": PIXEL}}]}],
                    temperature=0.5, stop=["never"], seed=1 << 40, user="u1")
                _, finish = self.message(protocol, "one two three four five six", max_tokens=2)
                self.assertEqual(finish, "length")

    def test_thinking_and_thoughts_that_the_client_drops(self):
        for protocol in TRANSLATED:
            with self.accepted(protocol):
                history = [{"role": "user", "content": "call the tool"}]
                message, _ = self.message(protocol, history, tools=[WEATHER], reasoning_effort="high", max_tokens=20000)
                kept = {"role": "assistant", "content": message["content"], "tool_calls": message["tool_calls"]}
                history += [kept, {"role": "tool", "tool_call_id": kept["tool_calls"][0]["id"], "content": "12 C"}]
                said, _ = self.message(protocol, history, tools=[WEATHER], reasoning_effort="high", max_tokens=20000)
                self.assertIn("12 C", said["content"])

    def test_several_answers(self):
        for protocol in TRANSLATED:
            with self.accepted(protocol):
                answer = self.ask(protocol, "hello", n=2).json()
                self.assertEqual([choice["index"] for choice in answer["choices"]], [0, 1])
                stream = self.ask(protocol, "hello", n=2, stream=True)
                indices = {choice["index"] for event in stream.events()[:-1] for choice in json.loads(event)["choices"]}
                self.assertEqual(indices, {0, 1})

    def test_text_completions_by_way_of_chat(self):
        for protocol in TRANSLATED:
            with self.accepted(protocol):
                answer = self.ogemd.post("/v1/completions", {"model": self.models[protocol], "prompt": "once upon"})
                self.assertEqual(answer.status, 200, answer.text)
                self.assertEqual((answer.json()["object"], answer.json()["choices"][0]["text"]),
                                 ("text_completion", "once upon"))

    def test_embeddings_where_there_are_any(self):
        for protocol in ("gemini", "vertex", "azure"):
            with self.accepted(protocol):
                answer = self.ogemd.post("/v1/embeddings", {"model": self.models[protocol], "input": ["a", "b"]})
                self.assertEqual(answer.status, 200, answer.text)
                self.assertEqual([item["index"] for item in answer.json()["data"]], [0, 1])
        for protocol in ("anthropic", "vertex-anthropic"):
            answer = self.ogemd.post("/v1/embeddings", {"model": self.models[protocol], "input": "a"})
            self.assertEqual((answer.status, answer.json()["error"]["code"]), (400, "unsupported_endpoint"))

    def test_azure_is_asked_at_the_deployment(self):
        with self.accepted("azure"):
            self.ask("azure", "hello")
        self.assertEqual(self.fake.posts()[-1]["path"],
                         "/openai/deployments/gpt-4o/chat/completions?api-version=2024-06-01")

    def test_what_a_dialect_cannot_carry_is_named(self):
        for protocol in TRANSLATED:
            with self.accepted(protocol):
                answer = self.ask(protocol, "hello", logit_bias={"1": 1}, store=True)
                self.assertEqual(answer.header("x-ogem-dropped"), "logit_bias,store")


class TruthTest(unittest.TestCase):
    """Promise 1, for each dialect of a provider: no answer that is not complete is told as complete."""

    @classmethod
    def setUpClass(cls):
        cls.fake = cls.enterClassContext(Fake())
        backup = cls.enterClassContext(Fake())
        cls.cases = [(protocol, index, shape) for protocol, (family, _) in PROTOCOLS.items()
                     for index, shape in enumerate(shapes.shapes_of(family))]
        providers = [provider(cls.name(protocol, index), protocol, cls.fake, [f"fake-{shape.words}"])
                     for protocol, index, shape in cls.cases]
        providers.append(harness.provider("backup", backup, ["good"]))
        cls.ogemd = start(cls, cls.fake, config(*providers, more="routing: {max_attempts: 1}"))

    @staticmethod
    def name(protocol, index):
        return f"{protocol[0]}{len(protocol)}-{index}"

    def model(self, protocol, index, shape):
        return f"{self.name(protocol, index)}/fake-{shape.words}"

    def answers(self, cases, stream, suffix=""):
        def job(case):
            def run():
                with self.ogemd.connect() as connection:
                    connection.send(harness.chat_bytes(self.model(*case) + suffix, stream))
                    return connection.answer()
            return run
        return zip(cases, in_parallel([job(case) for case in cases]))

    def test_every_streamed_shape_is_complete_or_said_to_be_broken(self):
        for (protocol, _, shape), answer in self.answers(self.cases, stream=True):
            with self.subTest(shape.words, protocol=protocol):
                outcome = shapes.outcome_of_stream(answer)
                self.assertIn(outcome, shape.streamed)
                if outcome == shapes.COMPLETE:
                    self.assertEqual(answer.said(), shape.said or shapes.USUAL_STREAM)

    def test_every_whole_shape_is_complete_or_an_error(self):
        for (protocol, _, shape), answer in self.answers(self.cases, stream=False):
            with self.subTest(shape.words, protocol=protocol):
                self.assertIn(shapes.outcome_of_whole(answer), shape.whole)

    def test_every_early_fault_is_rescued_by_another_provider(self):
        """Promise 2."""
        early = [case for case in self.cases if case[2].rescued]
        for (protocol, _, shape), answer in self.answers(early, stream=True, suffix=",backup/good"):
            with self.subTest(shape.words, protocol=protocol):
                self.assertEqual(shapes.outcome_of_stream(answer), shapes.COMPLETE)
                self.assertEqual(answer.said(), shapes.USUAL_STREAM)


if __name__ == "__main__":
    harness.main()
