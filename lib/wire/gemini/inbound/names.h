// Members of Google's JSON are camelCase, and snake_case is understood as well (protobuf's JSON
// mapping).
#pragma once

#include "wire/openai/request/spot.h"

#include <string_view>

namespace ogem::wire::gemini {

using openai::each_element;
using openai::each_member;
using openai::Spot;
using openai::take;

// `name` is `camel` in either spelling: "topP" and "top_p".
inline bool is_named(std::string_view name, std::string_view camel) {
    for (const char c : camel) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper && name.starts_with('_')) {
            name.remove_prefix(1);
            if (!name.starts_with(static_cast<char>(c - 'A' + 'a'))) return false;
        } else if (!name.starts_with(c)) {
            return false;
        }
        name.remove_prefix(1);
    }
    return name.empty();
}

}  // namespace ogem::wire::gemini
