#include "wire/gemini/finish_reason.h"

#include <algorithm>
#include <array>

namespace ogem::wire::gemini {

namespace {

constexpr auto kFiltered = std::to_array<std::string_view>(
    {"SAFETY", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "RECITATION", "LANGUAGE", "IMAGE_SAFETY",
     "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION"});
constexpr auto kGarbled =
    std::to_array<std::string_view>({"MALFORMED_FUNCTION_CALL", "MALFORMED_RESPONSE",
                                     "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS"});

bool is_one_of(const auto& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

}  // namespace

chat::Finish finish_of(std::string_view reason, bool has_calls) {
    if (reason == "MAX_TOKENS" || reason == "CONTINUATION") return chat::Finish::length;
    if (is_one_of(kFiltered, reason)) return chat::Finish::content_filter;
    return has_calls ? chat::Finish::tool_calls : chat::Finish::stop;
}

bool is_garbled(std::string_view reason) {
    return is_one_of(kGarbled, reason);
}

std::string_view reason_of(chat::Finish finish) {
    switch (finish) {
        case chat::Finish::length:
            return "MAX_TOKENS";
        case chat::Finish::content_filter:
            return "SAFETY";
        case chat::Finish::stop:
        case chat::Finish::tool_calls:
            break;
    }
    return "STOP";
}

}  // namespace ogem::wire::gemini
