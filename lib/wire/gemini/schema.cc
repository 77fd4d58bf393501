#include "wire/gemini/schema.h"

#include "base/text.h"
#include "json/cursor.h"
#include "json/writer.h"
#include "wire/gemini/schema_node.h"

#include <algorithm>
#include <array>

namespace ogem::wire::gemini {

namespace {

using json::Value;

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxBytes = 1u << 20;

// Keywords that both have and that mean the same.
constexpr auto kKept = std::to_array<std::string_view>(
    {"title", "default", "example", "minItems", "maxItems", "minLength", "maxLength",
     "minProperties", "maxProperties", "pattern", "propertyOrdering"});
constexpr auto kFormats = std::to_array<std::string_view>(
    {"date-time", "date", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uuid",
     "int32", "int64", "float", "double", "enum"});
constexpr auto kTypes =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"string", "STRING"},
                                                                  {"number", "NUMBER"},
                                                                  {"integer", "INTEGER"},
                                                                  {"boolean", "BOOLEAN"},
                                                                  {"array", "ARRAY"},
                                                                  {"object", "OBJECT"}});

bool has(const auto& list, std::string_view text) {
    return std::ranges::find(list, text) != list.end();
}

std::string_view string_in(const Value* value) {
    return value && value->is_string() ? std::string_view(value->get_ref<const std::string&>())
                                       : std::string_view();
}

std::string dumped(const Value& value) {
    return value.dump(-1, ' ', false, Value::error_handler_t::replace);
}

// "STRING" of "string" in any case; empty for what is no type.
std::string_view type_named(std::string_view name) {
    const auto found =
        std::ranges::find(kTypes, to_lower(name), &decltype(kTypes)::value_type::first);
    return found == kTypes.end() ? std::string_view() : found->second;
}

// The types that a node names, null taken out of them.
std::vector<std::string_view> named_types(const Value* type, bool& nullable) {
    std::vector<std::string_view> types;
    const auto add = [&](const Value& one) {
        nullable = nullable || to_lower(string_in(&one)) == "null";
        const auto name = type_named(string_in(&one));
        if (!name.empty() && !has(types, name)) types.push_back(name);
    };
    if (type && type->is_array()) std::ranges::for_each(*type, add);
    if (type && type->is_string()) add(*type);
    return types;
}

std::string_view type_of_values(const std::vector<const Value*>& values) {
    const auto all = [&](auto test) {
        return std::ranges::all_of(values, [&](const Value* value) { return test(*value); });
    };
    if (all([](const Value& value) { return value.is_number_integer(); })) return "INTEGER";
    if (all([](const Value& value) { return value.is_number(); })) return "NUMBER";
    if (all([](const Value& value) { return value.is_boolean(); })) return "BOOLEAN";
    return "STRING";
}

// The few values that are allowed, if they are few.
struct Choices {
    std::vector<const Value*> values;  // without null
    bool is_const = false;

    bool strings() const {
        return std::ranges::all_of(values, [](const Value* value) { return value->is_string(); });
    }
};

Choices choices_of(SchemaNode& node) {
    Choices choices;
    const auto add = [&](const Value& value) {
        value.is_null() ? void(node.nullable = true) : choices.values.push_back(&value);
    };
    if (const auto* only = node.find("const")) {
        choices.is_const = true;
        add(*only);
    } else if (const auto* list = node.find("enum"); list && list->is_array()) {
        std::ranges::for_each(*list, add);
    }
    return choices;
}

class SchemaWriter {
public:
    explicit SchemaWriter(const Value& document) : reader_(document), w_(out_) {}

    void write(const Value& position, const SchemaPath& path, int depth) {
        if (too_large()) return void(w_.null());
        auto node = reader_.node(position, path);
        node.cut = node.cut || depth >= kMaxDepth;
        w_.begin_object();
        node.cut ? write_cut(node) : write_members(node, depth);
        w_.end_object();
    }

    bool too_large() const { return out_.size() > kMaxBytes || reader_.exhausted(); }
    std::string take() { return std::move(out_); }

private:
    void write_cut(const SchemaNode& node) {
        w_.key("type").value("OBJECT");
        if (const auto text = string_in(node.find("description")); !text.empty())
            w_.key("description").value(text);
    }

    void write_members(SchemaNode& node, int depth) {
        const auto choices = choices_of(node);
        const auto types = named_types(node.find("type"), node.nullable);
        const auto type = single_type(node, types, choices);
        if (!type.empty()) w_.key("type").value(type);
        for (const auto& [name, value] : node.keywords)
            if (has(kKept, name) && !value->is_null()) w_.key(name).raw(dumped(*value));
        if (const auto format = string_in(node.find("format")); has(kFormats, format))
            w_.key("format").value(format);
        write_words(node, choices);
        write_bound(node, "minimum", "exclusiveMinimum");
        write_bound(node, "maximum", "exclusiveMaximum");
        const auto* nullable = node.find("nullable");
        if (node.nullable || (nullable && nullable->is_boolean() && nullable->get<bool>()))
            w_.key("nullable").value(true);
        write_properties(node, depth);
        if (type == "ARRAY") write_items(node, depth);
        write_alternatives(node, types, depth);
    }

    // Empty where alternatives say the types.
    static std::string_view single_type(const SchemaNode& node,
                                        const std::vector<std::string_view>& types,
                                        const Choices& choices) {
        if (types.size() == 1) return types.front();
        if (types.size() > 1 || !node.alternatives.empty()) return {};
        if (!node.properties.empty()) return "OBJECT";
        if (node.find("items") || node.find("prefixItems")) return "ARRAY";
        if (!choices.values.empty()) return type_of_values(choices.values);
        return "STRING";
    }

    // The enum, and the description with all that found no other place.
    void write_words(const SchemaNode& node, const Choices& choices) {
        std::vector<std::string> notes;
        if (const auto text = string_in(node.find("description")); !text.empty())
            notes.emplace_back(text);
        std::vector<std::string> values;
        values.reserve(choices.values.size());
        for (const auto* value : choices.values) values.push_back(dumped(*value));
        if (!values.empty() && choices.strings())
            w_.key("enum").raw(cat('[', join(values, ","), ']'));
        else if (!values.empty() && !choices.is_const)
            notes.push_back("one of: " + join(values, ", "));
        for (const auto& [name, words] : {std::pair("exclusiveMinimum", "greater than "),
                                          std::pair("exclusiveMaximum", "less than ")})
            if (const auto* bound = node.find(name); bound && bound->is_number())
                notes.push_back(words + dumped(*bound));
        if (!notes.empty()) w_.key("description").value(join(notes, "; "));
    }

    void write_bound(const SchemaNode& node, std::string_view name, std::string_view exclusive) {
        const auto* bound = node.find(name);
        if (!bound || !bound->is_number()) bound = node.find(exclusive);
        if (bound && bound->is_number()) w_.key(name).raw(dumped(*bound));
    }

    void write_properties(const SchemaNode& node, int depth) {
        if (node.properties.empty()) return;
        w_.key("properties").begin_object();
        for (const auto& [name, schema] : node.properties) {
            w_.key(name);
            write(*schema, node.inside, depth + 1);
        }
        w_.end_object();
        std::vector<std::string> required;
        for (const auto name : node.required)
            if (has_property(node, name) && !has(required, json::quoted(name)))
                required.push_back(json::quoted(name));
        if (!required.empty()) w_.key("required").raw(cat('[', join(required, ","), ']'));
    }

    static bool has_property(const SchemaNode& node, std::string_view name) {
        return std::ranges::find(node.properties, name, &SchemaMember::first) !=
               node.properties.end();
    }

    // Gemini wants to know what an array holds; a tuple is told as a choice of its places.
    void write_items(const SchemaNode& node, int depth) {
        const auto* items = node.find("items");
        const bool tuple = items && items->is_array();
        if (!items || !items->is_object()) items = tuple ? items : node.find("prefixItems");
        w_.key("items");
        if (items && items->is_object()) return write(*items, node.inside, depth + 1);
        w_.begin_object();
        if (items && items->is_array() && !items->empty())
            write_list(*items, node, depth);
        else
            w_.key("type").value("STRING");
        w_.end_object();
    }

    void write_list(const Value& schemas, const SchemaNode& node, int depth) {
        w_.key("anyOf").begin_array();
        for (const auto& schema : schemas) write(schema, node.inside, depth + 2);
        w_.end_array();
    }

    void write_alternatives(const SchemaNode& node, const std::vector<std::string_view>& types,
                            int depth) {
        if (types.size() < 2 && node.alternatives.empty()) return;
        w_.key("anyOf").begin_array();
        if (node.alternatives.empty())
            for (const auto type : types) write_plain(type);
        for (const auto* alternative : node.alternatives)
            write(*alternative, node.inside, depth + 1);
        w_.end_array();
    }

    void write_plain(std::string_view type) {
        w_.begin_object().key("type").value(type);
        if (type == "ARRAY")
            w_.key("items").begin_object().key("type").value("STRING").end_object();
        w_.end_object();
    }

    SchemaReader reader_;
    std::string out_;
    json::Writer w_;
};

// The document as a tree; its depth is bounded, as a tree is copied by recursion.
Result<Value> read_document(std::string_view text) {
    json::Cursor c(text);
    c.value();
    if (!c.finish()) return fail(c.error());
    auto document = json::parse(text);
    if (document && !document->is_object())
        return fail(Kind::invalid, "a schema must be an object");
    return document;
}

}  // namespace

Result<chat::Json> converted_schema(std::string_view json_schema) {
    constexpr std::string_view kTooLarge = "the schema is too large";
    if (json_schema.size() > kMaxBytes) return fail(Kind::invalid, std::string(kTooLarge));
    const auto document = read_document(json_schema);
    if (!document) return fail(document.error());
    SchemaWriter writer(*document);
    writer.write(*document, {}, 0);
    if (writer.too_large())
        return fail(Kind::invalid, cat(kTooLarge, " once its $ref are in place"));
    return writer.take();
}

bool takes_nothing(std::string_view json_schema) {
    json::Cursor c(json_schema);
    std::string_view name;
    bool says_more = false;
    for (c.enter_object(); c.next_member(name);) {
        const auto value = c.value();
        json::Cursor inside(value);
        std::string_view first;
        const bool members =
            value.starts_with('{') && (inside.enter_object(), inside.next_member(first));
        says_more = says_more || (name == "properties" && members) || name == "$ref" ||
                    name == "anyOf" || name == "oneOf" || name == "allOf";
    }
    return !says_more;
}

}  // namespace ogem::wire::gemini
