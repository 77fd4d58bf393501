// Parts of messages as Anthropic's content blocks: text, images, documents.
#pragma once

#include "base/result.h"
#include "chat/request.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace ogem::wire::anthropic {

// Where a part stands, for complaints: "messages[3].content[1]".
struct Spot {
    std::size_t message = 0, part = 0;
};

// Kind::invalid: "messages[3].content[1].type: WHY" of the member ".type", which is its field.
std::unexpected<Error> refuse(Spot spot, std::string_view member, std::string_view why);

// The value of a block's `cache_control` for what a client gave, in whatever shape; empty for
// empty. Anthropic knows the type "ephemeral" and a ttl of "5m" or "1h".
chat::Json cache_control_of(const chat::Json& given);

// `text` as a text block.
chat::Json text_block(std::string_view text, const chat::Json& cache_control);

// Text that holds nothing but space is refused by Anthropic ("text content blocks must contain
// non-whitespace text").
bool says_nothing(std::string_view text);

// A part of a user's message, or of a tool's result, as a block; empty for a text that says
// nothing. `cache_control` is used where the part has none. Errors: invalid, with the path of the
// part first: what Claude cannot take (audio, files by id, unknown formats), and an http(s) URL if
// `may_fetch` is false.
Result<chat::Json> block_of(const chat::Part& part, Spot spot, bool may_fetch,
                            const chat::Json& cache_control = {});

}  // namespace ogem::wire::anthropic
