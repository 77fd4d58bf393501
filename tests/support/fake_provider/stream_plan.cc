// Streams of server-sent events, and what can be wrong with them.
#include "base/text.h"
#include "planner.h"

#include <algorithm>
#include <optional>

namespace ogem::fake {

namespace {

constexpr std::size_t kDistinct = 64;  // later events repeat one text, so that plans stay small

// The fault that keeps a stream from its proper end.
struct Stop {
    std::string_view word;
    Ending ending;
    bool open;  // the body is not ended either
};

constexpr Stop kStops[] = {
    {"reset-after-head", Ending::reset, true},
    {"close-after-head", Ending::close, true},
    {"cut", Ending::close, true},
    {"reset", Ending::reset, true},
    {"bad-chunk", Ending::close, true},
    {"cut-clean", Ending::keep, false},
    {"error", Ending::keep, false},
    {"error-event", Ending::keep, false},
};

const Stop* stop_of(const Script& script) {
    const auto* const at =
        std::ranges::find_if(kStops, [&](const Stop& stop) { return script.has(stop.word); });
    return at == std::end(kStops) ? nullptr : at;
}

// The events of one stream, collected as steps.
class StreamBuilder {
public:
    StreamBuilder(const Script& script, const Ask& ask)
        : script_(script),
          ask_(ask),
          end_(script.has("crlf") ? "\r\n"
               : script.has("cr") ? "\r"
                                  : "\n"),
          gap_(milliseconds_in(script, "gap")) {}

    std::vector<Step> build(const Stop* stop);

private:
    void tell(std::size_t events);
    void tell_middle();
    void stall();
    void stop_with(const Stop& stop);
    void finish();
    void event(std::string_view data, std::string_view name = {}, std::size_t repeat = 1);
    std::string data_lines(std::string_view data) const;
    std::size_t count(std::string_view word, std::int64_t absent) const {
        return static_cast<std::size_t>(script_.number(word, absent));
    }
    std::string chunk(std::size_t index) const {
        const auto size = count("size", 0);
        const auto text = size > 0 ? "" : event_text(index);
        return text_chunk(ask_.endpoint, ask_.model, text, size);
    }

    const Script& script_;
    const Ask& ask_;
    std::string_view end_;
    Microseconds gap_;
    std::vector<Step> steps_;
    std::size_t told_ = 0;  // content events so far
};

// In several lines, data is broken after its first "{", where JSON allows space.
std::string StreamBuilder::data_lines(std::string_view data) const {
    if (!script_.has("multiline") || data.front() != '{') return cat("data: ", data, end_);
    return cat("data: {", end_, "data:", end_, "data: ", data.substr(1), end_);
}

void StreamBuilder::event(std::string_view data, std::string_view name, std::size_t repeat) {
    std::string out;
    if (steps_.empty() && script_.has("bom")) out += "\xef\xbb\xbf";
    if (script_.has("comments")) append(out, ": still here", end_);
    if (!name.empty()) append(out, "event: ", name, end_);
    append(out, data_lines(data), end_);
    steps_.push_back({std::move(out), gap_, static_cast<std::uint32_t>(repeat)});
}

// Content events until `events` have been told.
void StreamBuilder::tell(std::size_t events) {
    for (; told_ < std::min(events, kDistinct); ++told_) event(chunk(told_));
    if (told_ < events) event(chunk(told_), {}, events - told_);
    told_ = std::max(told_, events);
}

void StreamBuilder::stall() {
    const auto silence = milliseconds_in(script_, "stall");
    const auto pause =
        std::max<Microseconds>(milliseconds_in(script_, "pings"), Microseconds{1000});
    if (!script_.has("pings")) {
        steps_.push_back({{}, silence, 1});
    } else {
        const auto pings = std::max<std::int64_t>(silence / pause, 1);
        steps_.push_back({cat(": ping", end_, end_), pause, static_cast<std::uint32_t>(pings)});
    }
}

// What happens among the content events without ending them.
void StreamBuilder::tell_middle() {
    if (script_.has("malformed")) {
        tell(count("malformed", 2));
        const auto whole = chunk(told_);
        event(whole.substr(0, whole.size() / 2));
    }
    if (script_.has("huge-line")) {
        tell(count("after", 2));
        event(text_chunk(ask_.endpoint, ask_.model, "", count("huge-line", 0)));
    }
    if (script_.has("stall")) {
        tell(count("after", 2));
        stall();
    }
}

void StreamBuilder::stop_with(const Stop& stop) {
    if (stop.word.starts_with("error")) {
        const auto error = error_answer(500, "the fake provider failed midway");
        event(error, stop.word == "error-event" ? "error" : "");
        if (script_.has("done")) event("[DONE]");
    }
    // What was sent should be read before the reset throws away what was not.
    if (stop.ending == Ending::reset) steps_.push_back({{}, Microseconds{5000}, 1});
}

void StreamBuilder::finish() {
    if (script_.has("no-finish")) return;
    event(finish_chunk(ask_.endpoint, ask_.model));
    const bool usage = (ask_.usage || script_.has("usage")) && !script_.has("no-usage");
    if (usage) event(usage_chunk(ask_.endpoint, ask_.model));
    if (script_.has("no-done")) return;
    event("[DONE]");
    if (script_.has("double-done")) event("[DONE]");
    if (script_.has("extra")) event(text_chunk(ask_.endpoint, ask_.model, "EXTRA"));
}

std::vector<Step> StreamBuilder::build(const Stop* stop) {
    const bool head_only = stop && stop->word.ends_with("after-head");
    const auto events = head_only ? 0 : count(stop ? stop->word : "events", 4);
    const bool fault_first = stop ? events == 0 : script_.number("malformed", 1) == 0;
    const bool role = !fault_first || script_.has("role");
    if (role && ask_.endpoint == Endpoint::chat) event(role_chunk(ask_.endpoint, ask_.model));
    if (!fault_first || !stop) tell_middle();
    tell(events);
    stop ? stop_with(*stop) : finish();
    return std::move(steps_);
}

Framing framing_of(const Script& script) {
    if (script.has("http10")) return Framing::until_close;
    const bool length =
        script.has("length") || script.has("length-long") || script.has("length-short");
    return length ? Framing::length : Framing::chunked;
}

std::size_t promised_length(const Script& script, std::size_t length, bool open) {
    if (open) return length + 1000;
    const auto shorter = static_cast<std::size_t>(script.number("length-short", 0));
    const auto longer = static_cast<std::size_t>(script.number("length-long", 0));
    return length + longer - std::min(length, shorter);
}

}  // namespace

Plan stream_plan(const Script& script, const Ask& ask) {
    const Stop* const stop = stop_of(script);
    auto payload = StreamBuilder(script, ask).build(stop);
    if (script.has("gzip")) payload = gzipped(payload);
    const bool open = stop && stop->open;
    const auto length = promised_length(script, size_of(payload), open);
    const Body body{script.has("wrong-type") ? "application/json" : "text/event-stream",
                    framing_of(script), length, open};
    Plan plan{framed(script, std::move(payload), body), stop ? stop->ending : Ending::keep,
              Microseconds{-1}, 200};
    if (script.has("bad-chunk")) plan.steps.push_back({"zz\r\nnot a chunk\r\n", {}, 1});
    if (script.has("length-long")) plan.ending = Ending::close;
    return plan;
}

}  // namespace ogem::fake
