// What an answer says, in no dialect's words: what a script asks for, or an echo of the request.
#pragma once

#include "ask/route.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::fake {

enum class Finish : unsigned char {
    stop,
    length,
    tool_calls,
    stop_sequence,
    refusal,         // after what was said
    blocked,         // before anything was said
    pause,           // Anthropic: a server tool takes its time
    context_full,    // Anthropic: the model's window
    malformed_call,  // Gemini: the model's tool call was no JSON
    recitation,      // Gemini
    continuation,    // Gemini: the limit of one request, to be continued
};

// A piece of text as it is streamed; `padding` letters x follow it.
struct Piece {
    std::string text;
    std::size_t padding = 0;
    std::uint32_t repeat = 1;
};

struct Block {
    enum class Kind : unsigned char { text, thinking, redacted, tool };
    Kind kind = Kind::text;
    std::vector<Piece> pieces{};  // of a tool call: fragments of its arguments
    std::string id{}, name{};     // of a tool call
};

// As a provider counts that counts everything once: `input` without what the cache had or got,
// `output` without thinking.
struct Usage {
    std::int64_t input = 9, cache_read = 0, cache_write = 0, output = 12, thinking = 0;
    bool told = true;
};

struct Reply {
    Route route;
    std::string model;  // as it was called
    std::vector<Block> blocks;
    Finish finish = Finish::stop;
    std::string stop_sequence;
    Usage usage;
    std::size_t choices = 1;
    bool hide_thoughts = false;  // they are not shown, only signed
    bool together = false;       // Gemini: calls come in the last chunk
};

std::string text_of(const Block& block);      // all of its pieces
std::string quoted_text(const Piece& piece);  // as a JSON string, once
std::string quoted_text(const Block& block);  // as a JSON string

// Proof that `text` was thought by `model`, which a replay must bring back unchanged.
std::string signature_of(std::string_view model, std::string_view text);

std::string fresh_id(std::string_view prefix);  // never the same twice in one run

}  // namespace ogem::fake
