#include "wire/anthropic/client/read_blocks.h"

#include "base/text.h"

#include <utility>

namespace ogem::wire::anthropic {

namespace {

using chat::Part;

constexpr std::string_view kElsewhere =
    "is a file that only Anthropic has; send the file itself, or its URL";

// {"type":"base64","media_type":...,"data":...} as a data: URL.
Result<std::string> data_url_of(const Spot& source) {
    auto media_type = string_in(source, "media_type");
    if (!media_type) return media_type;
    auto data = string_in(source, "data");
    if (!data) return data;
    return cat("data:", *media_type, ";base64,", *data);
}

Result<Part> read_image(const Spot& source, std::string_view type) {
    if (type != "url" && type != "base64") return member_of(source, "type").refuse(kElsewhere);
    auto url = type == "url" ? string_in(source, "url") : data_url_of(source);
    if (!url) return fail_as(url);
    Part part;
    part.kind = Part::Kind::image;
    part.url = std::move(*url);
    return part;
}

Part text_part(std::string text) {
    Part part;
    part.text = std::move(text);
    return part;
}

// A document of text is told as text, which every provider takes.
Result<Part> read_text_source(const Spot& source, std::string_view type) {
    if (type == "text") {
        auto text = string_in(source, "data");
        if (!text) return fail_as(text);
        return text_part(std::move(*text));
    }
    const auto content = member_of(source, "content");
    chat::Json ignored;
    auto text = read_text(content, "\n", ignored);
    if (!text) return fail_as(text);
    return text_part(std::move(*text));
}

Result<Part> read_document(const Spot& block, const Spot& source, std::string_view type) {
    if (type == "text" || type == "content") return read_text_source(source, type);
    if (type != "url" && type != "base64") return member_of(source, "type").refuse(kElsewhere);
    auto file = type == "url" ? string_in(source, "url") : data_url_of(source);
    if (!file) return fail_as(file);
    Part part;
    part.kind = Part::Kind::file;
    (type == "url" ? part.url : part.data) = std::move(*file);
    part.file_name = json::string_of(member_of(block, "title").raw).value_or(std::string());
    return part;
}

Result<Part> read_search_result(const Spot& block) {
    const auto content = member_of(block, "content");
    chat::Json ignored;
    auto text = read_text(content, "\n", ignored);
    if (!text) return fail_as(text);
    const auto title = json::string_of(member_of(block, "title").raw).value_or(std::string());
    const auto source = json::string_of(member_of(block, "source").raw).value_or(std::string());
    return text_part(cat(title, " (", source, ")\n", *text));
}

Result<Part> read_body(const Spot& block, std::string_view type) {
    if (type == "text") {
        auto text = string_in(block, "text");
        if (!text) return fail_as(text);
        return text_part(std::move(*text));
    }
    if (type == "search_result") return read_search_result(block);
    if (type != "image" && type != "document")
        return member_of(block, "type")
            .refuse(cat('"', type.substr(0, 80), "\" is not something that may stand here"));
    const auto source = member_of(block, "source");
    if (!source.is_object()) return source.refuse("must be an object");
    const auto source_type = string_in(source, "type");
    if (!source_type) return fail(source_type.error());
    return type == "image" ? read_image(source, *source_type)
                           : read_document(block, source, *source_type);
}

}  // namespace

Spot member_of(const Spot& object, std::string_view name) {
    std::string_view found, raw_name;
    std::string buffer;
    json::Cursor c(object.raw);
    if (object.is_object())
        for (c.enter_object(); c.next_member(raw_name);) {
            const auto value = c.value();
            if (json::Member{raw_name, value}.plain_name(buffer) == name) found = value;
        }
    return object.member(name, found == "null" ? std::string_view() : found);
}

Result<std::string> string_in(const Spot& object, std::string_view name) {
    const auto member = member_of(object, name);
    if (member.raw.empty()) return object.lacks(name);
    std::string text;
    if (auto taken = take(member, text); !taken) return fail_as(taken);
    return text;
}

Result<Part> read_part(const Spot& block, std::string_view type) {
    auto part = read_body(block, type);
    if (part) part->cache_control = member_of(block, "cache_control").raw;
    return part;
}

Result<std::string> read_text(const Spot& content, std::string_view separator,
                              chat::Json& cache_control) {
    std::string text;
    if (content.is_string()) {
        if (auto taken = take(content, text); !taken) return fail_as(taken);
        return text;
    }
    bool first = true;
    auto read = each_element(content, [&](const Spot& block) -> Result<void> {
        const auto type = string_in(block, "type");
        if (!type) return fail(type.error());
        if (*type != "text") return member_of(block, "type").refuse("only text may stand here");
        auto part = read_part(block, *type);
        if (!part) return fail_as(part);
        append(text, std::exchange(first, false) ? std::string_view() : separator, part->text);
        if (!part->cache_control.empty()) cache_control = std::move(part->cache_control);
        return {};
    });
    if (!read) return fail_as(read);
    return text;
}

}  // namespace ogem::wire::anthropic
