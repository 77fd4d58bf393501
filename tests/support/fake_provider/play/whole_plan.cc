// Answers that come in one piece, and what can be wrong with them.
#include "play/planner.h"

namespace ogem::fake {

namespace {

// Makes the last text of `reply` longer by `padding` bytes.
void pad(Reply& reply, std::size_t padding) {
    for (auto& block : reply.blocks)
        if (block.kind == Block::Kind::text) block.pieces.back().padding += padding;
}

std::string body_of(const Script& script, const Ask& ask) {
    if (script.has("error") || script.has("error-event"))
        return ask.voice->error(trouble_of(script, static_cast<int>(script.number("code", 500)),
                                           "the fake provider failed midway"));
    const bool speaks =
        ask.route.endpoint == Endpoint::chat || ask.route.endpoint == Endpoint::completions;
    if (!speaks) return ask.voice->plain(ask);
    auto reply = reply_of(script, ask, false);
    auto body = ask.voice->whole(reply);
    const auto bytes = static_cast<std::size_t>(script.number("body", 0));
    if (bytes <= body.size()) return body;
    pad(reply, bytes - body.size());
    return ask.voice->whole(reply);
}

// The fault that strikes after half the body, if any.
Ending ending_of(const Script& script) {
    if (script.has("reset") || script.has("reset-after-head")) return Ending::reset;
    const bool cut = script.has("cut") || script.has("close-after-head");
    return cut || script.has("length-long") ? Ending::close : Ending::keep;
}

std::size_t promised_length(const Script& script, std::size_t length) {
    const auto longer = script.number("length-long", 0);
    const auto shorter = script.number("length-short", 0);
    return length + static_cast<std::size_t>(longer) -
           std::min(length, static_cast<std::size_t>(shorter));
}

// `body` as steps, as much of it as the script lets out.
std::vector<Step> let_out(const Script& script, const std::string& body) {
    const auto half = body.size() / 2;
    if (script.has("reset-after-head") || script.has("close-after-head")) return {};
    if (script.has("cut") || script.has("reset")) return {{body.substr(0, half), {}, 1}};
    if (script.has("stall"))
        return {{body.substr(0, half), milliseconds_in(script, "stall"), 1},
                {body.substr(half), {}, 1}};
    return {{body, {}, 1}};
}

Framing framing_of(const Script& script) {
    if (script.has("http10")) return Framing::until_close;
    return script.has("bad-chunk") || script.has("cut-clean") ? Framing::chunked : Framing::length;
}

}  // namespace

Plan whole_plan(const Script& script, const Ask& ask) {
    auto body = body_of(script, ask);
    if (script.has("malformed") || script.has("cut-clean")) body.resize(body.size() / 2);
    if (script.has("bom")) body.insert(0, "\xef\xbb\xbf");
    auto payload = let_out(script, body);
    if (script.has("gzip")) payload = gzipped(payload);
    const auto whole = script.has("gzip") ? size_of(payload) : body.size();
    const Body frame{script.has("wrong-type") ? "text/plain" : "application/json",
                     framing_of(script), promised_length(script, whole), script.has("bad-chunk"),
                     ask.voice->headers};
    Plan plan{framed(script, std::move(payload), frame), ending_of(script), Microseconds{-1}, 200,
              ""};
    if (script.has("bad-chunk")) plan.steps.push_back({"zz\r\nnot a chunk\r\n", {}, 1});
    if (script.has("extra")) plan.steps.push_back({"bytes after the body", {}, 1});
    return plan;
}

}  // namespace ogem::fake
