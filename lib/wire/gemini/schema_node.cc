#include "wire/gemini/schema_node.h"

#include "base/text.h"
#include "wire/url.h"

#include <algorithm>
#include <charconv>

namespace ogem::wire::gemini {

namespace {

void add_if_new(std::vector<SchemaMember>& members, std::string_view name,
                const json::Value& value) {
    if (std::ranges::find(members, name, &SchemaMember::first) == members.end())
        members.emplace_back(name, &value);
}

bool says_null(const json::Value& value) {
    return value.is_null() || (value.is_string() && value.get_ref<const std::string&>() == "null");
}

// {"type":"null"} in any of its spellings.
bool is_null_schema(const json::Value& schema) {
    if (!schema.is_object()) return false;
    for (const auto* name : {"type", "const", "enum"}) {
        const auto found = schema.find(name);
        if (found == schema.end()) continue;
        const bool is_type = std::string_view(name) == "type";
        if (is_type && found->is_string()) return says_null(*found);
        if (found->is_array() && found->size() == 1)
            return is_type ? says_null(found->front()) : found->front().is_null();
        return !is_type && found->is_null();
    }
    return false;
}

// "a~1b" of a JSON pointer is "a/b" (RFC 6901), in a URI fragment percent-encoded at that.
std::string unescaped(std::string_view token) {
    auto text = percent_decoded(token);
    for (const auto& [from, to] : {std::pair("~1", "/"), std::pair("~0", "~")})
        for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; ++at)
            text.replace(at, 2, to);
    return text;
}

const json::Value* child(const json::Value& parent, const std::string& token) {
    if (parent.is_object()) {
        const auto found = parent.find(token);
        return found == parent.end() ? nullptr : &*found;
    }
    std::size_t index = 0;
    const char* end = token.data() + token.size();
    const auto parsed = std::from_chars(token.data(), end, index);
    const bool fits =
        parent.is_array() && parsed.ec == std::errc() && parsed.ptr == end && index < parent.size();
    return fits ? &parent[index] : nullptr;
}

}  // namespace

const json::Value* SchemaNode::find(std::string_view keyword) const {
    const auto found = std::ranges::find(keywords, keyword, &SchemaMember::first);
    return found == keywords.end() ? nullptr : found->second;
}

bool SchemaReader::step() {
    if (steps_left_ > 0) --steps_left_;
    return steps_left_ > 0;
}

SchemaNode SchemaReader::node(const json::Value& position, const SchemaPath& path) {
    SchemaNode node;
    node.inside = path;
    gather(position, path, node);
    settle_alternatives(path, node);
    return node;
}

// What `position` says itself comes first, so that it wins over what it refers to.
void SchemaReader::gather(const json::Value& position, const SchemaPath& above, SchemaNode& node) {
    if (!position.is_object() || !step()) return;
    gather_own(position, node);
    const auto reference = position.find("$ref");
    if (reference != position.end() && reference->is_string())
        follow(reference->get_ref<const std::string&>(), above, node);
    const auto all = position.find("allOf");
    if (all == position.end() || !all->is_array()) return;
    for (const auto& part : *all) gather(part, above, node);
}

void SchemaReader::gather_own(const json::Value& position, SchemaNode& node) {
    const bool first_alternatives = node.alternatives.empty();
    for (const auto& [name, value] : position.items()) {
        if (!step()) return;
        if (name == "properties" && value.is_object()) {
            for (const auto& [property, schema] : value.items())
                if (step()) add_if_new(node.properties, property, schema);
        } else if (name == "required" && value.is_array()) {
            for (const auto& required : value)
                if (required.is_string() && step())
                    node.required.push_back(required.get_ref<const std::string&>());
        } else if ((name == "anyOf" || name == "oneOf") && value.is_array()) {
            for (const auto& alternative : value)
                if (first_alternatives && step()) node.alternatives.push_back(&alternative);
        } else {
            add_if_new(node.keywords, name, value);
        }
    }
}

// A reference is followed once for a node: twice says nothing more. One that leads to the node from
// above would never end.
void SchemaReader::follow(std::string_view reference, const SchemaPath& above, SchemaNode& node) {
    if (std::ranges::find(above, reference) != above.end()) {
        node.cut = true;
        const auto* target = target_of(reference);
        const auto* described = target ? child(*target, "description") : nullptr;
        if (described) add_if_new(node.keywords, "description", *described);
        return;
    }
    if (std::ranges::find(node.inside, reference) != node.inside.end()) return;
    const auto* target = target_of(reference);
    if (!target) return;
    node.inside.push_back(reference);
    gather(*target, above, node);
}

// The value that "#/$defs/x" names; nullptr for one of another document or of nothing.
const json::Value* SchemaReader::target_of(std::string_view reference) const {
    if (!reference.starts_with('#')) return nullptr;
    reference.remove_prefix(1);
    if (reference.empty()) return &document_;
    if (!reference.starts_with('/')) return nullptr;
    const auto* at = &document_;
    for (const auto token : split(reference.substr(1), '/'))
        if (at) at = child(*at, unescaped(token));
    return at;
}

void SchemaReader::settle_alternatives(const SchemaPath& above, SchemaNode& node) {
    while (!node.alternatives.empty() && step()) {
        if (std::erase_if(node.alternatives, [](const auto* one) { return is_null_schema(*one); }) >
            0)
            node.nullable = true;
        if (node.alternatives.size() != 1) return;
        const auto* only = node.alternatives.front();
        node.alternatives.clear();
        gather(*only, above, node);
    }
}

}  // namespace ogem::wire::gemini
