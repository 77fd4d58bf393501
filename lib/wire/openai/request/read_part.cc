#include "wire/openai/request/read_part.h"

#include "base/text.h"
#include "wire/openai/request/words.h"

#include <algorithm>

namespace ogem::wire::openai {

namespace {

using chat::Part;

using ReadBody = Result<void> (*)(const Spot& body, Part& part);

// What a part of some type keeps its content in, and how that is read.
struct Shape {
    Part::Kind kind;
    std::string_view member;
    ReadBody read;
};

// A member of the body that is not modelled: "image_url.headers".
void keep_inner(const Spot& member, Part& part) {
    part.rest.push_back({cat(member.outer->name, '.', member.name), std::string(member.raw)});
}

Result<void> read_text(const Spot& body, Part& part) {
    return take(body, part.text);
}

Result<void> read_image(const Spot& body, Part& part) {
    auto read = each_member(body, [&](const Spot& member) -> Result<void> {
        if (member.name == "url") return take(member, part.url);
        if (member.name == "detail") return take(member, part.detail);
        keep_inner(member, part);
        return {};
    });
    if (read && part.url.empty()) return body.lacks("url");
    return read;
}

Result<void> read_audio(const Spot& body, Part& part) {
    auto read = each_member(body, [&](const Spot& member) -> Result<void> {
        if (member.name == "data") return take(member, part.data);
        if (member.name == "format") return take(member, part.format);
        keep_inner(member, part);
        return {};
    });
    if (read && part.data.empty()) return body.lacks("data");
    return read;
}

Result<void> read_file(const Spot& body, Part& part) {
    auto read = each_member(body, [&](const Spot& member) -> Result<void> {
        if (member.name == "file_data") return take(member, part.data);
        if (member.name == "file_id") return take(member, part.file_id);
        if (member.name == "filename") return take(member, part.file_name);
        keep_inner(member, part);
        return {};
    });
    if (read && part.data.empty() && part.file_id.empty()) return body.lacks("file_data");
    return read;
}

constexpr Words<Shape, 6> kShapes{{
    {"text", {Part::Kind::text, "text", read_text}},
    {"image_url", {Part::Kind::image, "image_url", read_image}},
    {"input_audio", {Part::Kind::audio, "input_audio", read_audio}},
    {"file", {Part::Kind::file, "file", read_file}},
    {"file_url", {Part::Kind::file, "file_url", read_image}},
    {"refusal", {Part::Kind::refusal, "refusal", read_text}},
}};

bool is_cache_mark(std::string_view name) {
    return name == "cache_control" || name == "prompt_cache_breakpoint";
}

// `type` may stand behind the content that it explains, so members are only noted at first.
struct Noted {
    std::optional<Spot> type;
    std::vector<Spot> bodies;  // members that some type keeps its content in

    const Spot* body(std::string_view name) const {
        const auto found = std::ranges::find(bodies, name, &Spot::name);
        return found == bodies.end() ? nullptr : &*found;
    }
};

void note(const Spot& member, Noted& noted, Part& part) {
    if (member.name == "type") {
        noted.type = member.outer->member("type", member.raw);
        return;
    }
    for (const auto& [type, shape] : kShapes)
        if (member.name == shape.member)
            return noted.bodies.push_back(member.outer->member(shape.member, member.raw));
    if (is_cache_mark(member.name)) {
        part.cache_control = member.raw;
    } else if (member.name.find('.') == std::string_view::npos) {  // dots are of inner members
        part.rest.push_back({std::string(member.name), std::string(member.raw)});
    }
}

Result<void> read_part(const Spot& spot, Part& part) {
    Noted noted;
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        note(member, noted, part);
        return {};
    });
    if (!read) return read;
    if (!noted.type) return spot.lacks("type");
    const auto shape = read_word(*noted.type, kShapes);
    if (!shape) return fail(shape.error());
    part.kind = shape->kind;
    const auto* body = noted.body(shape->member);
    return body ? shape->read(*body, part) : spot.lacks(shape->member);
}

}  // namespace

Result<void> read_content(const Spot& content, std::vector<Part>& parts, bool& plain) {
    parts.clear();
    plain = content.is_string();
    if (plain) return take(content, parts.emplace_back().text);
    if (!content.is_array()) return content.refuse("must be a string or a list of parts");
    return each_element(
        content, [&](const Spot& element) { return read_part(element, parts.emplace_back()); });
}

}  // namespace ogem::wire::openai
