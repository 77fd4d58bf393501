// What Claude says, told as events: the part that whole answers and streams have in common. Content
// blocks are known by their index; what is no text, thinking or call of ours (server tools, blocks
// of tomorrow) is passed over.
#pragma once

#include "chat/ids.h"
#include "chat/lifecycle.h"
#include "chat/request.h"
#include "wire/anthropic/free_text.h"
#include "wire/anthropic/usage.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire::anthropic {

// All `raw` arguments are valid JSON (or empty), as a Cursor gives it. Not thread-safe; one per
// answer.
class Teller {
public:
    static constexpr std::size_t kMostOpen = 256;         // blocks at once; Claude opens one
    static constexpr std::size_t kMostKept = 4u << 20;    // bytes of one thinking block
    static constexpr std::size_t kMostCitations = 1'000;  // of one block

    Teller(chat::AnswerState state, chat::NewId new_id);

    // The message, with its content or still without.
    void start(std::string_view raw_message, chat::Events& out);
    // False: too many are open.
    bool open(std::int64_t index, std::string_view raw_block, chat::Events& out);
    void delta(std::int64_t index, std::string_view raw_delta, chat::Events& out);
    void close(std::int64_t index, chat::Events& out);

    void count(std::string_view raw_usage, chat::Events& out);
    void stop(std::string_view raw_reason, std::string_view raw_details);
    // The message is complete: finishes and ends `out`, or fails it if nothing has been said.
    void end(chat::Events& out);

private:
    enum class What : std::uint8_t { nothing, text, thinking, redacted, call, schema_call };
    struct Block {
        std::int64_t index = 0;
        What what = What::nothing;
        bool pieces = false;              // a delta has come
        std::string raw;                  // as it was opened: thinking that is kept, a call's input
        int call = -1;                    // call
        bool custom = false;              // call
        FreeText free_text;               // custom
        std::string thinking, signature;  // raw insides of their strings, joined
        std::size_t begins = 0;           // text: where in the whole text, in characters
        std::vector<std::string> citations;  // text: members of url_citation, raw
    };

    Block* find(std::int64_t index);
    void open_text(Block& block, std::string_view raw, chat::Events& out);
    void open_call(Block& block, std::string_view raw, chat::Events& out);
    void open_thinking(Block& block, std::string_view raw, chat::Events& out);
    void say(std::string_view text, chat::Events& out);
    void argue(Block& block, std::string_view json, chat::Events& out);
    void cite(Block& block, std::string_view raw_citation);
    void finish_block(Block& block, chat::Events& out);
    void keep_thinking(const Block& block, chat::Events& out);
    chat::Finish finish_reason() const;

    chat::AnswerState state_;
    chat::NewId new_id_;
    std::vector<Block> blocks_;  // the open ones
    Counters counters_;
    std::string stop_reason_, explanation_;
    std::size_t characters_ = 0;  // of the text so far
    bool spoke_ = false, called_ = false;
    std::string buffer_;  // a string with its escapes undone
};

}  // namespace ogem::wire::anthropic
