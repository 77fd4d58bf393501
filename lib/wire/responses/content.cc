#include "wire/responses/content.h"

#include "wire/openai/request/words.h"

namespace ogem::wire::responses {

namespace {

using chat::Part;
using openai::each_element;
using openai::each_member;
using openai::Spot;
using openai::take;

using ReadPart = Result<void> (*)(const Spot& spot, Part& part);

struct Shape {
    Part::Kind kind;
    ReadPart read;
};

Result<void> read_text(const Spot& spot, Part& part) {
    bool seen = false;
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        if (member.name != "text" && member.name != "refusal") return {};
        seen = true;
        return take(member, part.text);
    });
    if (read && !seen) return spot.lacks("text");
    return read;
}

Result<void> read_image(const Spot& spot, Part& part) {
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        if (member.name == "image_url") return take(member, part.url);
        if (member.name == "file_id")
            return member.refuse("pictures by id are OpenAI's; send a URL");
        if (member.name == "detail") return take(member, part.detail);
        return {};
    });
    if (part.detail == "original") part.detail = "high";
    if (read && part.url.empty()) return spot.lacks("image_url");
    return read;
}

Result<void> read_file(const Spot& spot, Part& part) {
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        if (member.name == "file_data") return take(member, part.data);
        if (member.name == "file_id") return take(member, part.file_id);
        if (member.name == "filename") return take(member, part.file_name);
        if (member.name == "file_url") return take(member, part.url);
        return {};
    });
    if (read && part.data.empty() && part.file_id.empty() && part.url.empty())
        return spot.lacks("file_data");
    return read;
}

constexpr openai::Words<Shape, 6> kShapes{{
    {"input_text", {Part::Kind::text, read_text}},
    {"output_text", {Part::Kind::text, read_text}},
    {"text", {Part::Kind::text, read_text}},
    {"refusal", {Part::Kind::refusal, read_text}},
    {"input_image", {Part::Kind::image, read_image}},
    {"input_file", {Part::Kind::file, read_file}},
}};

Result<void> read_part(const Spot& spot, Part& part) {
    std::optional<Shape> shape;
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        if (member.name != "type") return {};
        auto word = openai::read_word(member, kShapes);
        if (!word) return fail_as(word);
        shape = *word;
        return {};
    });
    if (!read) return read;
    if (!shape) return spot.lacks("type");
    part.kind = shape->kind;
    return shape->read(spot, part);
}

}  // namespace

Result<void> read_content(const Spot& content, std::vector<Part>& parts) {
    if (content.is_string()) return take(content, parts.emplace_back().text);
    if (!content.is_array()) return content.refuse("must be a string or a list of parts");
    return each_element(
        content, [&](const Spot& element) { return read_part(element, parts.emplace_back()); });
}

bool is_plain(const std::vector<Part>& parts) {
    return parts.size() == 1 && parts.front().kind == Part::Kind::text;
}

}  // namespace ogem::wire::responses
