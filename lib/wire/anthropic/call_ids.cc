#include "wire/anthropic/call_ids.h"

#include "base/text.h"

#include <algorithm>

namespace ogem::wire::anthropic {

namespace {

bool is_legal(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

bool is_legal_id(std::string_view id) {
    return !id.empty() && std::ranges::all_of(id, is_legal);
}

std::string legalised(std::string_view id) {
    std::string out(id.empty() ? "call" : id);
    std::ranges::replace_if(
        out, [](char c) { return !is_legal(c); }, '_');
    return out;
}

}  // namespace

CallIds::CallIds(const std::vector<chat::Message>& messages) {
    for (const auto& message : messages)
        for (const auto& call : message.calls)
            if (is_legal_id(call.id)) legal_.insert(call.id);
}

std::string CallIds::name_for(std::string_view id) {
    const auto wanted = legalised(id);
    auto name = wanted;
    // Somebody else's legal id is left to that call.
    bool taken = given_.contains(name) || (wanted != id && legal_.contains(name));
    auto& number = last_number_.try_emplace(wanted, 1).first->second;
    while (taken) {
        name = cat(wanted, '_', ++number);
        taken = given_.contains(name) || legal_.contains(name);
    }
    given_.insert(name);
    return name;
}

}  // namespace ogem::wire::anthropic
