#include "play/script.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace ogem::fake {

namespace {

constexpr std::int64_t kNone = -1;    // the word takes no number
constexpr std::int64_t kNeeded = -2;  // the word means nothing without one

struct Word {
    std::string_view name;
    std::int64_t standard;  // its number when it stands alone, or kNone, kNeeded
    std::string_view meaning;
};

constexpr Word kWords[] = {
    {"ok", kNone, "a proper answer"},
    {"events", kNeeded, "number of content events in a stream (4)"},
    {"size", kNeeded, "bytes of text in each event"},
    {"body", kNeeded, "bytes of a whole answer"},
    {"gap", kNeeded, "ms between two events"},
    {"head-delay", kNeeded, "ms before the response head"},
    {"silent", kNone, "the request is read and never answered"},
    {"reset-before-head", kNone, "RST instead of an answer"},
    {"close-before-head", kNone, "FIN instead of an answer"},
    {"half-head", kNone, "half a response head, then FIN"},
    {"garbage", kNone, "bytes that are not HTTP, then FIN"},
    {"reset-after-head", kNone, "response head, then RST"},
    {"close-after-head", kNone, "response head, then FIN"},
    {"empty", kNone, "200 with an empty body"},
    {"html", kNone, "an HTML page, with the status asked for (200)"},
    {"status", kNeeded, "that HTTP status with a JSON error"},
    {"retry-after", kNeeded, "seconds in a retry-after header"},
    {"retry-after-ms", kNeeded, "milliseconds in a retry-after-ms header"},
    {"redirect", 307, "a redirect with that status"},
    {"informational", 103, "one 1xx response before the real one"},
    {"error", 2, "in-band error object after that many events; whole answers: 200 with it"},
    {"error-event", 2, "the same with `event: error`"},
    {"done", kNone, "with error: [DONE] follows all the same"},
    {"cut", 2, "FIN after that many events without the last chunk; whole answers: half the body"},
    {"reset", 2, "RST after that many events; whole answers: after half the body"},
    {"cut-clean", 2, "after that many events the body ends properly, but the answer does not"},
    {"stall", kNeeded, "ms of silence after `after` events; whole answers: after half the body"},
    {"after", kNeeded, "events before a stall or a huge line (2)"},
    {"pings", 100, "during a stall: a comment line each that many ms"},
    {"malformed", 2, "event number N is half a JSON object; whole answers: half a JSON body"},
    {"no-finish", kNone, "no finish_reason and no [DONE], body ended properly"},
    {"no-done", kNone, "finish_reason, but no [DONE]"},
    {"no-usage", kNone, "usage is never told"},
    {"usage", kNone, "usage is told unasked"},
    {"double-done", kNone, "[DONE] twice"},
    {"extra", kNone, "events after [DONE]; whole answers: bytes after the body"},
    {"wrong-type", kNone, "application/json for a stream, text/plain for JSON"},
    {"gzip", kNone, "content-encoding: gzip, whatever was asked"},
    {"length", kNone, "a stream with content-length instead of chunks"},
    {"length-long", 10, "content-length that many bytes too long, then FIN"},
    {"length-short", 10, "content-length that many bytes too short, kept alive"},
    {"bad-chunk", 2, "a chunk size that is not a number, after that many events"},
    {"role", kNone, "with a fault after 0 events: the role chunk is sent before it all the same"},
    {"drip", 1, "that many bytes at a time, head and body"},
    {"drip-gap", kNeeded, "microseconds between drips (200)"},
    {"crlf", kNone, "CRLF line ends in the stream"},
    {"cr", kNone, "bare CR line ends in the stream"},
    {"multiline", kNone, "each event in several data lines"},
    {"comments", kNone, "a comment line before each event"},
    {"huge-line", 8 << 20, "one event with that many bytes of text"},
    {"bom", kNone, "a byte order mark before the first event"},
    {"big-head", 64 << 10, "a response head of that many bytes"},
    {"close", kNone, "connection: close, and FIN after the answer"},
    {"idle-close", 0, "kept alive, but FIN once idle for that many ms"},
    {"http10", kNone, "an HTTP/1.0 answer that ends with the connection"},
    {"echo", kNone, "the answer acts on the request (the standard of dialects that are validated)"},
    {"strict", kNone, "OpenAI's dialect is validated too"},
    {"tools", 1, "that many tool calls after the text, of the tools offered"},
    {"no-args", kNone, "those calls have no arguments"},
    {"together", kNone, "all calls of a stream in its last chunk (Gemini)"},
    {"thinking", 2, "that many events of thinking before the text"},
    {"redacted", kNone, "thinking that is not shown (Anthropic)"},
    {"cache-read", 100, "that many input tokens from the cache"},
    {"cache-write", 100, "that many input tokens put into the cache"},
    {"max-tokens", kNone, "it ended at the limit of tokens"},
    {"stop-sequence", kNone, "it ended at a stop sequence"},
    {"refusal", kNone, "it ended because the model or a filter refused"},
    {"blocked", kNone, "the prompt was refused"},
    {"pause", kNone, "stop_reason pause_turn (Anthropic)"},
    {"context-full", kNone, "it ended at the context window (Anthropic)"},
    {"malformed-call", kNone, "finishReason MALFORMED_FUNCTION_CALL (Gemini)"},
    {"recitation", kNone, "finishReason RECITATION (Gemini)"},
    {"continuation", kNone, "finishReason CONTINUATION (Gemini)"},
    {"code", kNeeded, "status that an in-band error tells of (500)"},
    {"quota", kNone, "a 429 that is final: a quota of days or money is used up"},
    {"expires", kNeeded, "seconds that an access token is good for (3600)"},
    {"invalid-grant", kNone, "the token endpoint does not take the credentials"},
};

const Word* find_word(std::string_view name) {
    const auto* const at =
        std::ranges::find_if(kWords, [&](const Word& word) { return word.name == name; });
    return at == std::end(kWords) ? nullptr : at;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0) return {};
    return value;
}

}  // namespace

Result<Script> Script::parse(std::string_view text) {
    Script script;
    if (text.empty()) return script;
    for (const auto word : split(text, '+'))
        if (auto added = script.add(word); !added) return fail_as(added);
    return script;
}

Result<void> Script::add(std::string_view text) {
    const auto equals = text.find('=');
    const Word* const word = find_word(text.substr(0, equals));
    if (!word)
        return fail(Kind::invalid, cat("script word \"", text,
                                       "\" is unknown; fake_provider --scripts lists them all"));
    if (equals == std::string_view::npos) {
        if (word->standard == kNeeded)
            return fail(Kind::invalid,
                        cat("script word \"", text, "\" needs a number: ", text, "=N"));
        words_[std::string(word->name)] = std::max<std::int64_t>(word->standard, 0);
        return {};
    }
    const auto value = whole_number(text.substr(equals + 1));
    if (!value || word->standard == kNone)
        return fail(Kind::invalid, cat("script word \"", text,
                                       "\": ", value ? "takes no number" : "not a whole number"));
    words_[std::string(word->name)] = *value;
    return {};
}

std::int64_t Script::number(std::string_view word, std::int64_t absent) const {
    const auto at = words_.find(word);
    return at == words_.end() ? absent : at->second;
}

std::string script_help() {
    std::string out;
    for (const auto& word : kWords) {
        std::string name(word.name);
        if (word.standard == kNeeded) name += "=N";
        if (word.standard >= 0) append(name, "[=", word.standard, "]");
        append(out, name, std::string(name.size() < 22 ? 22 - name.size() : 1, ' '), word.meaning,
               "\n");
    }
    return out;
}

}  // namespace ogem::fake
