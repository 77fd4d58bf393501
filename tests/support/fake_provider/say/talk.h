// What a request says, as far as an answer that acts on it needs: what the user said last, which
// tools may be called, what they answered. Each dialect reads it from its own bodies.
#pragma once

#include "json/value.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::fake {

struct Offer {
    std::string name;
    json::Value schema;
};

struct Talk {
    std::string said;                  // the last text of the user
    std::vector<std::string> results;  // of tools, where they are the last thing said
    std::vector<Offer> tools;
    bool may_call = true;
    bool must_call = false;
    std::string only;     // the one tool that must be called; empty: any
    bool serial = false;  // at most one call
    bool thinking = false;
    bool hide_thoughts = false;
    std::optional<json::Value> format;  // a JSON schema the answer must follow; null: any JSON
    std::vector<std::string> stops;
    std::size_t most_words = 0;  // 0: as many as it takes
};

// A value that follows `schema`; in JSON Schema's or Gemini's spelling of types.
json::Value sample_of(const json::Value& schema);

// Reading without fear: what is not there, or of another type, is empty.
std::string text_at(const json::Value& object, std::string_view name);
const json::Value& member_at(const json::Value& object, std::string_view name);  // null: absent
const json::Value& items_at(const json::Value& object, std::string_view name);   // always an array

}  // namespace ogem::fake
