"""How a client speaks to each provider the fake can be, and what it reads in the answers.

    anthropic = DIALECTS["anthropic"]
    answer = anthropic.ask(fake, "claude-sonnet-4-5", stream=True)
    anthropic.said(answer), anthropic.is_complete(answer)

Nothing here knows of ogemd: tests put it between, or not.
"""
import dataclasses
import json
import typing

import wire

TOKEN = "ya29.eternal"  # an access token that the fake always takes
VERTEX = "/v1/projects/fake-project/locations/us-east5/publishers"


@dataclasses.dataclass(frozen=True)
class Dialect:
    name: str
    family: str  # whose events and errors: openai, anthropic, gemini
    path: typing.Callable  # of model and stream
    headers: tuple
    names_model: bool  # in the body

    def body(self, model, stream, text="hello", **more):
        if self.family == "gemini":
            return {"contents": [{"role": "user", "parts": [{"text": text}]}], **more}
        body = {"messages": [{"role": "user", "content": text}]}
        body |= {"model": model} if self.names_model else {}
        body |= {"stream": True} if stream else {}
        body |= {"max_tokens": 4096} if self.family == "anthropic" else {}
        body |= {"anthropic_version": "vertex-2023-10-16"} if self.name == "vclaude" else {}
        return {**body, **more}

    def ask(self, fake, model, stream=False, headers=None, timeout=5.0, **more):
        body = wire.json_bytes(self.body(model, stream, **more))
        lines = [("content-type", "application/json"), *(self.headers if headers is None else headers)]
        with wire.Connection(fake.address, timeout) as connection:
            connection.send(wire.request_bytes("POST", self.path(model, stream), body, lines))
            return connection.answer()

    def events(self, answer):
        return [json.loads(event) for event in answer.events() if event != "[DONE]"]

    def text_of(self, event):
        """The text that one event or a whole answer of this dialect adds."""
        if self.family == "anthropic":
            blocks = event.get("content", [event.get("delta") or {}])
            return "".join(block.get("text", "") for block in blocks)
        if self.family == "gemini":
            parts = [part for candidate in event.get("candidates", [])
                     for part in candidate.get("content", {}).get("parts", [])]
            return "".join(part.get("text", "") for part in parts if not part.get("thought"))
        choices = event.get("choices", [])
        return "".join((choice.get("delta") or choice.get("message") or {}).get("content") or "" for choice in choices)

    def said(self, answer):
        if "event-stream" not in answer.header("content-type", ""):
            return self.text_of(answer.json())
        return "".join(self.text_of(event) for event in self.events(answer))

    def is_complete(self, answer):
        """A client of this dialect takes the stream for a whole answer."""
        if answer is None or answer.status != 200 or answer.ended == "cut":
            return False
        try:
            if any("error" in event for event in self.events(answer)):
                return False
        except ValueError:
            return False
        events = answer.events()
        if self.family == "anthropic":
            return any('"message_stop"' in event for event in events)
        if self.family == "gemini":
            return any('"finishReason"' in event for event in events)
        return "[DONE]" in events


def studio(model, stream):
    return f"/v1beta/models/{model}:" + ("streamGenerateContent?alt=sse" if stream else "generateContent")


def vertex(model, stream):
    return f"{VERTEX}/google/models/{model}:" + ("streamGenerateContent?alt=sse" if stream else "generateContent")


def vclaude(model, stream):
    return f"{VERTEX}/anthropic/models/{model}:" + ("streamRawPredict" if stream else "rawPredict")


def azure(model, stream):
    return f"/openai/deployments/{model}/chat/completions?api-version=2024-10-21"


BEARER = (("authorization", f"Bearer {TOKEN}"),)
DIALECTS = {dialect.name: dialect for dialect in [
    Dialect("openai", "openai", lambda model, stream: "/v1/chat/completions", (("authorization", "Bearer sk"),), True),
    Dialect("azure", "openai", azure, (("api-key", "k"),), False),
    Dialect("anthropic", "anthropic", lambda model, stream: "/v1/messages",
            (("x-api-key", "k"), ("anthropic-version", "2023-06-01")), True),
    Dialect("vclaude", "anthropic", vclaude, BEARER, False),
    Dialect("studio", "gemini", studio, (("x-goog-api-key", "k"),), False),
    Dialect("vertex", "gemini", vertex, BEARER, False),
]}
