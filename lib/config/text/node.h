// A configuration text as a tree in which every value knows its place. Made by read_yaml(); the
// only form in which the rest of this folder sees YAML.
#pragma once

#include "config/diagnostic.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::config {

struct Node;

struct Entry {
    const Node* key;  // always a scalar
    const Node* value;
};

struct Node {
    enum class Type : std::uint8_t { null, scalar, list, map };

    Type type = Type::null;
    int line = 0, column = 0;  // 1-based; a map or list begins at its first key or item
    std::string text;          // of a scalar, quotes and escapes undone
    std::vector<const Node*> items;
    std::vector<Entry> entries;  // in the order of the text, duplicates and all
    std::size_t weight = 1;      // nodes below and including this one, aliases counted each time
};

// Owns its nodes; pointers into it live as long as it does. Move only.
struct Document {
    std::deque<Node> nodes;
    const Node* root = nullptr;  // never null; an empty text is a null node

    Document() = default;
    Document(Document&&) noexcept = default;
    Document& operator=(Document&&) noexcept = default;
};

// Limits on what a text may cost its reader, however it is written.
constexpr std::size_t kLongestText = 1 << 20;  // bytes
constexpr std::size_t kMostNodes = 100'000;    // aliases counted each time they are used
constexpr int kDeepest = 64;                   // maps and lists inside each other

// The one document in `text`; `name` is the file in the complaint. Never throws. Errors: E100 not
// YAML, E103 over a limit, more than one document, or an alias inside its own anchor; E104 a key
// that is not plain text.
std::expected<Document, Diagnostic> read_yaml(std::string_view text, std::string_view name);

}  // namespace ogem::config
