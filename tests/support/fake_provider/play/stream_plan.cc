// Streams of server-sent events, and what can be wrong with them.
#include "base/text.h"
#include "play/planner.h"

#include <algorithm>
#include <optional>

namespace ogem::fake {

namespace {

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
          score_(ask.voice->score(reply_of(script, ask, true))),
          end_(script.has("crlf") ? "\r\n"
               : script.has("cr") ? "\r"
                                  : "\n"),
          gap_(milliseconds_in(script, "gap")) {}

    std::vector<Step> build(const Stop* stop);

private:
    void tell(std::size_t events);
    void tell_middle();
    void tell_malformed();
    void stall();
    void stop_with(const Stop& stop);
    void finish();
    void frames(const std::vector<Frame>& all) {
        for (const auto& one : all) frame(one);
    }
    void frame(const Frame& frame, std::uint32_t repeat = 1);
    void close_array(bool whole);
    std::string data_lines(std::string_view data) const;
    std::size_t count(std::string_view word, std::int64_t absent) const {
        return static_cast<std::size_t>(script_.number(word, absent));
    }

    const Script& script_;
    const Ask& ask_;
    Score score_;
    std::string_view end_;
    Microseconds gap_;
    std::vector<Step> steps_;
    std::size_t told_ = 0;     // content events so far
    std::size_t beat_ = 0;     // of score_
    std::uint32_t round_ = 0;  // of that beat's repeats
};

// In several lines, data is broken after its first "{", where JSON allows space.
std::string StreamBuilder::data_lines(std::string_view data) const {
    if (!script_.has("multiline") || !data.starts_with('{')) return cat("data: ", data, end_);
    return cat("data: {", end_, "data:", end_, "data: ", data.substr(1), end_);
}

void StreamBuilder::frame(const Frame& frame, std::uint32_t repeat) {
    std::string out;
    if (!ask_.route.sse) {
        const std::string_view between = steps_.empty() ? "[" : ",\r\n";
        // The first of an array's elements has another beginning than its repetitions.
        if (repeat > 1 && steps_.empty()) {
            this->frame(frame);
            return this->frame(frame, repeat - 1);
        }
        steps_.push_back({cat(between, frame.data), gap_, repeat});
        return;
    }
    if (steps_.empty() && script_.has("bom")) out += "\xef\xbb\xbf";
    if (script_.has("comments")) append(out, ": still here", end_);
    if (!frame.name.empty()) append(out, "event: ", frame.name, end_);
    if (frame.bare)
        append(out, frame.data, end_, end_);
    else
        append(out, data_lines(frame.data), end_);
    steps_.push_back({std::move(out), gap_, repeat});
}

// Content events until `events` have been told, or all of them.
void StreamBuilder::tell(std::size_t events) {
    while (told_ < events && beat_ < score_.beats.size()) {
        const auto& beat = score_.beats[beat_];
        const auto left = std::min<std::size_t>(events - told_, beat.repeat - round_);
        if (beat.frames.size() == 1)
            frame(beat.frames[0], static_cast<std::uint32_t>(left));
        else
            for (std::size_t i = 0; i < left; ++i) frames(beat.frames);
        told_ += left;
        round_ += static_cast<std::uint32_t>(left);
        if (round_ < beat.repeat) return;
        ++beat_;
        round_ = 0;
    }
}

void StreamBuilder::stall() {
    const auto silence = milliseconds_in(script_, "stall");
    const auto pause =
        std::max<Microseconds>(milliseconds_in(script_, "pings"), Microseconds{1000});
    if (!script_.has("pings") || !ask_.route.sse) {
        steps_.push_back({{}, silence, 1});
        return;
    }
    const auto pings = std::max<std::int64_t>(silence / pause, 1);
    const auto ping =
        ask_.voice->ping.empty() ? cat(": ping", end_, end_) : std::string(ask_.voice->ping);
    steps_.push_back({ping, pause, static_cast<std::uint32_t>(pings)});
}

void StreamBuilder::tell_malformed() {
    tell(count("malformed", 2));
    const auto beat = std::min(beat_, score_.beats.size() - 1);
    if (score_.beats.empty()) return;
    auto whole = score_.beats[beat].frames[0];
    whole.data.resize(whole.data.size() / 2);
    frame(whole);
}

// What happens among the content events without ending them.
void StreamBuilder::tell_middle() {
    if (script_.has("malformed")) tell_malformed();
    if (!script_.has("stall")) return;
    tell(count("after", 2));
    stall();
}

void StreamBuilder::stop_with(const Stop& stop) {
    if (stop.word.starts_with("error")) {
        const auto trouble = trouble_of(script_, static_cast<int>(script_.number("code", 500)),
                                        "the fake provider failed midway");
        frame(ask_.voice->stream_error(trouble, stop.word == "error-event"));
        if (script_.has("done")) frames(score_.terminal);
    }
    if (!stop.open) close_array(stop.word != "cut-clean");
    // What was sent should be read before the reset throws away what was not.
    if (stop.ending == Ending::reset) steps_.push_back({{}, Microseconds{5000}, 1});
}

void StreamBuilder::close_array(bool whole) {
    if (!ask_.route.sse && whole) steps_.push_back({steps_.empty() ? "[]" : "]\r\n", {}, 1});
}

void StreamBuilder::finish() {
    if (!script_.has("no-finish")) {
        frames(score_.finish);
        if (!script_.has("no-done")) frames(score_.terminal);
        // Where nothing is but the finish, it is the terminal.
        if (script_.has("double-done"))
            frames(score_.terminal.empty() ? score_.finish : score_.terminal);
        if (script_.has("extra") && !score_.beats.empty()) frames(score_.beats[0].frames);
    }
    close_array(true);
}

std::vector<Step> StreamBuilder::build(const Stop* stop) {
    const bool head_only = stop && stop->word.ends_with("after-head");
    const auto events = head_only ? 0 : stop ? count(stop->word, 0) : ~std::size_t{0};
    const bool fault_first = stop ? events == 0 : script_.number("malformed", 1) == 0;
    if (!fault_first || script_.has("role")) frames(score_.opening);
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
    const bool json = script.has("wrong-type") == ask.route.sse;
    const Body body{json ? "application/json" : "text/event-stream", framing_of(script), length,
                    open, ask.voice->headers};
    Plan plan{framed(script, std::move(payload), body), stop ? stop->ending : Ending::keep,
              Microseconds{-1}, 200, ""};
    if (script.has("bad-chunk")) plan.steps.push_back({"zz\r\nnot a chunk\r\n", {}, 1});
    if (script.has("length-long")) plan.ending = Ending::close;
    return plan;
}

}  // namespace ogem::fake
