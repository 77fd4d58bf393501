#include "base/text.h"
#include "json/writer.h"
#include "play/planner.h"

#include <algorithm>
#include <cstdio>

namespace ogem::fake {

namespace {

constexpr std::size_t kDistinct = 64;  // later pieces repeat one text, so that plans stay small

std::size_t count_in(const Script& script, std::string_view word, std::int64_t absent) {
    return static_cast<std::size_t>(script.number(word, absent));
}

Block text_block(std::string text) {
    return {Block::Kind::text, {{std::move(text)}}, "", ""};
}

// As many content events as the script counts to, unless it says how many there are.
std::size_t events_in(const Script& script) {
    if (script.has("events")) return count_in(script, "events", 0);
    std::size_t events = 4;
    for (const std::string_view word :
         {"cut", "reset", "bad-chunk", "cut-clean", "error", "error-event"})
        events = std::max(events, count_in(script, word, 0));
    if (script.has("malformed")) events = std::max(events, count_in(script, "malformed", 0) + 1);
    for (const std::string_view word : {"stall", "huge-line"})
        if (script.has(word)) events = std::max(events, count_in(script, "after", 2));
    return events;
}

std::vector<Piece> streamed_pieces(const Script& script) {
    const auto events = events_in(script);
    const auto size = count_in(script, "size", 0);
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < std::min(events, kDistinct + 1); ++i)
        pieces.push_back({size > 0 ? "" : event_text(i), size, 1});
    if (events > kDistinct) pieces.back().repeat = static_cast<std::uint32_t>(events - kDistinct);
    if (script.has("huge-line")) {
        const auto at = std::min(count_in(script, "after", 2), pieces.size());
        pieces.insert(pieces.begin() + static_cast<std::ptrdiff_t>(at),
                      {"", count_in(script, "huge-line", 0), 1});
    }
    return pieces;
}

Block thinking_block(std::size_t events) {
    Block block{Block::Kind::thinking, {}, "", ""};
    for (std::size_t i = 0; i < events; ++i)
        block.pieces.push_back({cat("thought ", i, " \u2026 ")});
    return block;
}

Block tool_block(const Script& script, const Ask& ask, std::size_t index) {
    const auto& tools = ask.talk.tools;
    Block block{Block::Kind::tool, {}, fresh_id(""), cat("fake_tool_", index)};
    if (!tools.empty()) block.name = tools[index % tools.size()].name;
    if (!script.has("no-args"))
        for (const auto piece : kArguments) block.pieces.push_back({std::string(piece)});
    return block;
}

struct Reason {
    std::string_view word;
    Finish finish;
};

constexpr Reason kReasons[] = {
    {"max-tokens", Finish::length},
    {"stop-sequence", Finish::stop_sequence},
    {"refusal", Finish::refusal},
    {"blocked", Finish::blocked},
    {"pause", Finish::pause},
    {"context-full", Finish::context_full},
    {"malformed-call", Finish::malformed_call},
    {"recitation", Finish::recitation},
    {"continuation", Finish::continuation},
};

void set_usage(const Script& script, Reply& reply) {
    reply.usage.cache_read = script.number("cache-read", 0);
    reply.usage.cache_write = script.number("cache-write", 0);
    const bool thinks = std::ranges::any_of(reply.blocks, [](const Block& block) {
        return block.kind == Block::Kind::thinking || block.kind == Block::Kind::redacted;
    });
    reply.usage.thinking = thinks ? 5 : 0;
    reply.usage.told = !script.has("no-usage");
}

// OpenAI tells the usage of a stream to those who ask.
bool hides_usage(const Script& script, const Ask& ask, bool streamed) {
    const bool asks = ask.route.dialect == Dialect::openai || ask.route.dialect == Dialect::azure;
    return asks && streamed && !ask.usage && !script.has("usage");
}

void say_script(const Script& script, const Ask& ask, bool streamed, Reply& reply) {
    auto& blocks = reply.blocks;
    if (script.has("thinking")) blocks.push_back(thinking_block(count_in(script, "thinking", 0)));
    if (script.has("redacted")) blocks.push_back({Block::Kind::redacted, {}, "", ""});
    if (streamed) {
        auto pieces = streamed_pieces(script);
        if (!pieces.empty()) blocks.push_back({Block::Kind::text, std::move(pieces), "", ""});
    } else if (script.number("events", 1) > 0) {
        blocks.push_back(text_block(std::string(kGreeting)));
    }
    for (std::size_t i = 0; i < count_in(script, "tools", 0); ++i)
        blocks.push_back(tool_block(script, ask, i));
    if (script.has("tools")) reply.finish = Finish::tool_calls;
}

}  // namespace

std::string event_text(std::size_t index) {
    return cat("w", index, "\u00e9\u4e16\U0001f642 ");
}

std::string text_of(const Block& block) {
    std::string out;
    for (const auto& piece : block.pieces)
        for (std::uint32_t i = 0; i < piece.repeat; ++i) {
            out += piece.text;
            out.append(piece.padding, 'x');
        }
    return out;
}

// Padding goes in after the quoting, which takes too long for megabytes.
std::string quoted_text(const Piece& piece) {
    auto out = json::quoted(piece.text);
    out.insert(out.size() - 1, piece.padding, 'x');
    return out;
}

std::string quoted_text(const Block& block) {
    std::string out = "\"";
    for (const auto& piece : block.pieces) {
        const auto text = quoted_text(piece);
        for (std::uint32_t i = 0; i < piece.repeat; ++i) out.append(text, 1, text.size() - 2);
    }
    return out + '"';
}

std::string signature_of(std::string_view model, std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a
    for (const std::string_view part : {model, std::string_view("\0", 1), text})
        for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    char digits[17];
    std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash));
    return cat("fakesig0", digits);  // 24 letters of base64's alphabet
}

std::string fresh_id(std::string_view prefix) {
    static std::uint64_t last = 0;
    char digits[17];
    std::snprintf(digits, sizeof digits, "%012llu", static_cast<unsigned long long>(++last));
    return cat(prefix, "fake", digits);
}

Reply reply_of(const Script& script, const Ask& ask, bool streamed) {
    Reply reply{ask.route,
                ask.model,
                {},
                Finish::stop,
                "",
                {},
                ask.choices,
                ask.talk.hide_thoughts,
                script.has("together")};
    if (ask.echo || script.has("echo"))
        say_echo(ask.talk, reply);
    else
        say_script(script, ask, streamed, reply);
    for (const auto& [word, finish] : kReasons)
        if (script.has(word)) reply.finish = finish;
    if (reply.finish == Finish::blocked) reply.blocks.clear();
    if (reply.finish == Finish::stop_sequence && reply.stop_sequence.empty())
        reply.stop_sequence = ask.talk.stops.empty() ? "STOP" : ask.talk.stops[0];
    set_usage(script, reply);
    if (hides_usage(script, ask, streamed)) reply.usage.told = false;
    return reply;
}

}  // namespace ogem::fake
