// One position of a JSON Schema with its references followed and its allOf merged, as views into
// the document: what wire/gemini/schema.cc writes down. Internal to that file.
#pragma once

#include "json/value.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ogem::wire::gemini {

using SchemaMember = std::pair<std::string_view, const json::Value*>;

// The references that lead to a position from the root.
using SchemaPath = std::vector<std::string_view>;

struct SchemaNode {
    std::vector<SchemaMember> keywords;    // all but those below
    std::vector<SchemaMember> properties;  // united
    std::vector<std::string_view> required;
    std::vector<const json::Value*> alternatives;  // anyOf, oneOf; none of them is null
    bool nullable = false;
    bool cut = false;   // refers to a position above itself
    SchemaPath inside;  // for what is below: how one got there

    const json::Value* find(std::string_view keyword) const;
};

// Not thread-safe; one per document, which must outlive it and the nodes.
class SchemaReader {
public:
    explicit SchemaReader(const json::Value& document) : document_(document) {}

    SchemaNode node(const json::Value& position, const SchemaPath& path);

    // True once so much has been read that somebody means harm: nodes are incomplete from then on.
    bool exhausted() const { return steps_left_ == 0; }

private:
    void gather(const json::Value& position, const SchemaPath& above, SchemaNode& node);
    void gather_own(const json::Value& position, SchemaNode& node);
    void follow(std::string_view reference, const SchemaPath& above, SchemaNode& node);
    void settle_alternatives(const SchemaPath& above, SchemaNode& node);
    const json::Value* target_of(std::string_view reference) const;
    bool step();

    const json::Value& document_;
    std::size_t steps_left_ = 200'000;
};

}  // namespace ogem::wire::gemini
