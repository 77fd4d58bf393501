"""Every fault shape of an upstream, and what a client may be shown of it.

Outcomes of a streamed answer:
  complete  the whole text, [DONE], and a proper end of the body
  error     an HTTP error with an error object in JSON; nothing of an answer
  told      the part that came, an in-band error event, and a body cut without its last chunk
A clean end without [DONE], or [DONE] after less than everything, is what must never happen.
"""
import dataclasses

COMPLETE, ERROR, TOLD = "complete", "error", "told"


@dataclasses.dataclass(frozen=True)
class Shape:
    words: str
    streamed: tuple  # outcomes that are honest
    whole: tuple
    said: str = ""  # what the answer's text must be, where it is not the usual one
    rescued: bool = False  # nothing meaningful came: another endpoint must answer instead


def fault(words, *, whole=(ERROR,)):
    """Fails before anything was said."""
    return Shape(words, (ERROR,), whole, rescued=True)


def broken(words, *, whole=(ERROR,)):
    """Fails after something was said."""
    return Shape(words, (TOLD,), whole)


def odd(words, *, streamed=(COMPLETE,), whole=(COMPLETE,), said=""):
    """Strange, but all there."""
    return Shape(words, streamed, whole, said)


# Upstream timeouts in the tests' configurations are about a second; stalls are much longer or much shorter.
SHAPES = [
    fault("reset-before-head"),
    fault("close-before-head"),
    fault("half-head"),
    fault("garbage"),
    fault("reset-after-head"),
    fault("close-after-head"),
    fault("silent"),
    fault("head-delay=12000"),
    fault("empty"),
    fault("html"),
    fault("big-head"),
    fault("redirect"),
    fault("status=429"),
    fault("status=429+retry-after=1"),
    fault("status=500"),
    fault("status=503"),
    fault("status=503+html"),
    fault("status=502+html"),
    fault("error=0"),
    fault("error=0+done"),
    fault("error-event=0"),
    fault("cut=0"),
    fault("reset=0"),
    fault("cut-clean=0"),
    fault("malformed=0"),
    fault("bad-chunk=0"),
    broken("error=2"),
    broken("error=2+done"),
    broken("error-event=2"),
    broken("cut=1"),
    broken("cut=3"),
    broken("reset=3"),
    broken("cut-clean=3"),
    broken("cut=3+gap=20"),
    broken("http10+cut-clean=3"),
    broken("length+cut=3"),
    broken("bad-chunk=2+gap=20"),
    broken("malformed=2"),
    broken("stall=12000"),
    broken("stall=12000+pings=50"),
    broken("no-finish", whole=(COMPLETE,)),
    odd("stall=100"),
    odd("head-delay=100"),
    odd("no-done"),
    odd("no-usage"),
    odd("usage"),
    odd("double-done"),
    odd("extra"),
    odd("crlf"),
    odd("cr"),
    odd("multiline"),
    odd("comments"),
    odd("bom", whole=(COMPLETE, ERROR)),
    odd("drip=1"),
    odd("drip=7"),
    odd("drip=1+crlf"),
    odd("drip=3+cr+multiline+bom", whole=(COMPLETE, ERROR)),
    odd("informational"),
    odd("informational=100"),
    odd("close"),
    odd("http10"),
    odd("length"),
    odd("idle-close"),
    odd("gap=5"),
    odd("wrong-type", streamed=(COMPLETE, ERROR), whole=(COMPLETE, ERROR)),
    odd("gzip", streamed=(COMPLETE, ERROR), whole=(COMPLETE, ERROR)),
    odd("length-long", streamed=(COMPLETE, TOLD), whole=(ERROR,)),
    odd("length-short", streamed=(COMPLETE, TOLD), whole=(ERROR,)),
    odd("huge-line+events=2", said="w0é世🙂 w1é世🙂 " + "x" * (8 << 20)),
]

# Where a provider's dialect makes another shape of the same words; None: the words mean nothing there.
DIFFERENT = {
    # The stop_reason came, but not message_stop: both readings are honest.
    "anthropic": {"no-done": odd("no-done", streamed=(COMPLETE, TOLD))},
    # Gemini's stream has no terminal, so nothing can come after it.
    "gemini": {"extra": None},
}


def shapes_of(family):
    """SHAPES as they are in the dialect of a family: openai, anthropic, gemini."""
    different = DIFFERENT.get(family, {})
    shapes = [different.get(shape.words, shape) for shape in SHAPES]
    return [shape for shape in shapes if shape]


USUAL_STREAM = "w0é世🙂 w1é世🙂 w2é世🙂 w3é世🙂 "
USUAL_WHOLE = "Hello from the fake provider: é 世界 🙂."


def outcome_of_stream(answer):
    """Which of the outcomes a streamed answer is; anything dishonest is described instead."""
    if answer is None:
        return "no answer at all"
    if answer.status != 200:
        return outcome_of_error(answer)
    events = answer.events()
    error_at = next((i for i, event in enumerate(events) if '"error"' in event), None)
    if answer.ended == "complete":
        if events and events[-1] == "[DONE]" and events.count("[DONE]") == 1 and error_at is None:
            return COMPLETE
        return f"SILENT: a clean end after {events[-2:]}"
    if error_at is None:
        return f"cut ({answer.ended}) without an error event, after {events[-2:]}"
    if error_at != len(events) - 1 or "[DONE]" in events:
        return f"glued: {events[error_at:]}"
    return TOLD


def outcome_of_whole(answer):
    if answer is None:
        return "no answer at all"
    if answer.status != 200:
        return outcome_of_error(answer)
    if answer.ended != "complete":
        return f"200 with a cut body ({answer.ended})"
    try:
        said = answer.json()["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError):
        return f"SILENT: 200 with {answer.text[:80]!r}"
    return COMPLETE if said == USUAL_WHOLE else f"SILENT: 200 with other words: {said[:80]!r}"


def outcome_of_error(answer):
    try:
        error = answer.json()["error"]
        well_formed = error["message"] and error["type"] and "code" in error and "param" in error
    except (ValueError, KeyError, TypeError):
        well_formed = False
    if answer.ended != "complete" or not well_formed:
        return f"{answer.status} without an error object: {answer.text[:80]!r} ({answer.ended})"
    return ERROR
