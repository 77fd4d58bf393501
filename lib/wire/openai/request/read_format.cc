#include "wire/openai/request/read_format.h"

#include "wire/openai/request/words.h"

namespace ogem::wire::openai {

namespace {

using chat::ResponseFormat;
using Kind = ResponseFormat::Kind;

constexpr Words<Kind, 4> kKinds{{
    {"text", Kind::text},
    {"json_object", Kind::json_object},
    {"json_schema", Kind::json_schema},
    {"plain_text", Kind::text},
}};

Result<void> read_schema(const Spot& spot, ResponseFormat& format) {
    return each_member(spot, [&](const Spot& member) -> Result<void> {
        if (member.name == "name") return take(member, format.name);
        if (member.name == "description") return take(member, format.description);
        if (member.name == "strict") return take(member, format.strict);
        if (member.name == "schema") return take_object(member, format.schema);
        return {};
    });
}

}  // namespace

Result<void> read_format(const Spot& spot, ResponseFormat& format) {
    ResponseFormat schema;
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        if (member.name == "json_schema") return read_schema(member, schema);
        if (member.name != "type") return {};
        auto kind = read_word(member, kKinds);
        if (!kind) return fail_as(kind);
        format.kind = *kind;
        return {};
    });
    if (!read) return read;
    if (format.kind == Kind::unset) return spot.lacks("type");
    if (format.kind != Kind::json_schema) return {};
    if (schema.name.empty()) return spot.member("json_schema", {}).lacks("name");
    schema.kind = format.kind;
    format = std::move(schema);
    return {};
}

}  // namespace ogem::wire::openai
