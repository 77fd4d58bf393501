// An answer that acts on the request, so that conversations work without a script:
//   tool results are answered with what they say;
//   a tool is called if it must be, or if the user's text holds the word "call" or "tool" ("every
//     tool": each of them once), with arguments that follow its schema;
//   where JSON is asked for, a value that follows the schema;
//   else the user's last text comes back.
// Words beyond the limit of tokens (one each) are cut off, and so is a stop sequence with all
// behind it.
#include "base/text.h"
#include "play/planner.h"

namespace ogem::fake {

namespace {

constexpr std::size_t kFragment = 5;  // code points of arguments in one event

// The text as words with the space behind them.
std::vector<Piece> words_of(std::string_view text) {
    std::vector<Piece> pieces;
    while (!text.empty()) {
        const auto space = text.find(' ');
        const auto end = space == std::string_view::npos ? text.size() : space + 1;
        pieces.push_back({std::string(text.substr(0, end))});
        text.remove_prefix(end);
    }
    return pieces;
}

// The text in fragments that no character is split by.
std::vector<Piece> fragments_of(std::string_view text) {
    std::vector<Piece> pieces;
    std::size_t points = 0, start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xc0) == 0x80) continue;
        if (points++ % kFragment != 0 || i == 0) continue;
        pieces.push_back({std::string(text.substr(start, i - start))});
        start = i;
    }
    pieces.push_back({std::string(text.substr(start))});
    return pieces;
}

bool wants_call(const Talk& talk) {
    if (talk.tools.empty() || !talk.may_call || !talk.results.empty()) return false;
    if (talk.must_call) return true;
    const auto said = to_lower(talk.said);
    return said.find("call") != std::string::npos || said.find("tool") != std::string::npos;
}

void say_calls(const Talk& talk, Reply& reply) {
    const bool every = to_lower(talk.said).find("every tool") != std::string::npos && !talk.serial;
    for (const auto& tool : talk.tools) {
        if (!talk.only.empty() && tool.name != talk.only) continue;
        const auto arguments = sample_of(tool.schema).dump();
        reply.blocks.push_back({Block::Kind::tool,
                                fragments_of(arguments == "null" ? "{}" : arguments), fresh_id(""),
                                tool.name});
        if (!every) break;
    }
    reply.finish = Finish::tool_calls;
}

std::string answer_to(const Talk& talk) {
    if (talk.format) {
        const auto value = sample_of(*talk.format);
        return value.is_null() ? R"({"answer":"fake"})" : value.dump();
    }
    if (!talk.results.empty()) return cat("The tool said: ", join(talk.results, "; "));
    return talk.said.empty() ? "You said nothing." : talk.said;
}

void say_text(const Talk& talk, Reply& reply) {
    auto text = answer_to(talk);
    for (const auto& stop : talk.stops) {
        const auto at = stop.empty() ? std::string::npos : text.find(stop);
        if (at == std::string::npos) continue;
        text.resize(at);
        reply.finish = Finish::stop_sequence;
        reply.stop_sequence = stop;
    }
    auto pieces = words_of(text);
    if (talk.most_words > 0 && pieces.size() > talk.most_words) {
        pieces.resize(talk.most_words);
        reply.finish = Finish::length;
    }
    if (!pieces.empty()) reply.blocks.push_back({Block::Kind::text, std::move(pieces), "", ""});
}

}  // namespace

void say_echo(const Talk& talk, Reply& reply) {
    if (talk.thinking)
        reply.blocks.push_back(
            {Block::Kind::thinking, words_of(cat("They said: ", talk.said)), "", ""});
    wants_call(talk) ? say_calls(talk, reply) : say_text(talk, reply);
}

}  // namespace ogem::fake
