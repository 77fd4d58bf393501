#include "wire/anthropic/content.h"

#include "base/text.h"
#include "json/cursor.h"
#include "json/scan.h"
#include "json/writer.h"
#include "wire/data_url.h"
#include "wire/media_type.h"
#include "wire/refuse.h"

#include <algorithm>

namespace ogem::wire::anthropic {

std::unexpected<Error> refuse(Spot spot, std::string_view member, std::string_view why) {
    return refuse_member(cat("messages[", spot.message, "].content[", spot.part, ']', member), why);
}

namespace {

using chat::Json;
using chat::Part;

bool is_remote(std::string_view url) {
    return starts_with_ignoring_case(url, "https://") || starts_with_ignoring_case(url, "http://");
}

// {"type":TYPE,"source":{...},"cache_control":...} around what `source` writes.
template <class Source>
Json block_with(std::string_view type, const Json& cache_control, Source source) {
    Json out;
    json::Writer w(out);
    w.begin_object().key("type").value(type).key("source").begin_object();
    source(w);
    w.end_object();
    if (const auto cache = cache_control_of(cache_control); !cache.empty())
        w.key("cache_control").raw(cache);
    w.end_object();
    return out;
}

Json url_block(std::string_view type, std::string_view url, const Json& cache_control) {
    return block_with(type, cache_control,
                      [&](json::Writer& w) { w.key("type").value("url").key("url").value(url); });
}

Json base64_block(std::string_view type, const DataUrl& data, const Json& cache_control) {
    return block_with(type, cache_control, [&](json::Writer& w) {
        w.key("type").value("base64").key("media_type").value(data.media_type);
        w.key("data").value(data.base64);
    });
}

Json text_document(std::string_view text, const Json& cache_control) {
    return block_with("document", cache_control, [&](json::Writer& w) {
        w.key("type").value("text").key("media_type").value("text/plain").key("data").value(text);
    });
}

// Empty if Claude takes no such thing. Formats: docs.claude.com, vision and PDF support (2026).
Json data_block(const DataUrl& data, const Json& cache_control) {
    constexpr std::string_view kImages[] = {"image/jpeg", "image/png", "image/gif", "image/webp"};
    const auto& type = data.media_type;
    if (type == "application/pdf") return base64_block("document", data, cache_control);
    if (std::ranges::find(kImages, type) != std::end(kImages))
        return base64_block("image", data, cache_control);
    if (type.starts_with("text/") || type == "application/json" || type == "application/xml")
        return text_document(base64_decoded(data.base64), cache_control);
    return {};
}

// The file of a part. Bare base64 is named by its file name; what nobody named is a PDF, as most
// are.
Result<DataUrl> data_of(std::string_view data, std::string_view file_name) {
    DataUrl out;
    if (is_data_url(data)) {
        auto parsed = parse_data_url(data);
        if (!parsed) return parsed;
        out = std::move(*parsed);
    } else {
        auto base64 = normalised_base64(data);
        if (!base64) return fail_as(base64);
        out.base64 = std::move(*base64);
    }
    if (out.media_type.empty()) out.media_type = media_type_of_name(file_name);
    if (out.media_type.empty()) out.media_type = "application/pdf";
    return out;
}

struct File {
    std::string_view data;    // a URL, or bare base64
    std::string_view member;  // where it stands in the part
    std::string_view name;
    std::string_view block;  // the type of its block when it is fetched by Anthropic
};

Result<Json> media_block(const File& file, Spot spot, bool may_fetch, const Json& cache_control) {
    if (is_remote(file.data)) {
        if (may_fetch) return url_block(file.block, file.data, cache_control);
        return refuse(spot, file.member,
                      "this provider does not fetch URLs; send the file itself as a data: URL");
    }
    const auto data = data_of(file.data, file.name);
    if (!data) return refuse(spot, file.member, data.error().message);
    auto block = data_block(*data, cache_control);
    if (!block.empty()) return block;
    return refuse(spot, file.member,
                  cat("Claude takes JPEG, PNG, GIF and WebP images, PDF and text, not \"",
                      data->media_type.substr(0, 80), '"'));
}

Result<Json> image_block(const Part& part, Spot spot, bool may_fetch, const Json& cache_control) {
    const File file{part.url, ".image_url.url", "", "image"};
    if (is_remote(part.url) || is_data_url(part.url))
        return media_block(file, spot, may_fetch, cache_control);
    return refuse(spot, file.member, "is neither an http(s) nor a data: URL");
}

Result<Json> file_block(const Part& part, Spot spot, bool may_fetch, const Json& cache_control) {
    if (!part.url.empty())
        return media_block({part.url, ".file_url.url", part.file_name, "document"}, spot, may_fetch,
                           cache_control);
    if (!part.data.empty())
        return media_block({part.data, ".file.file_data", part.file_name, "document"}, spot,
                           may_fetch, cache_control);
    if (part.file_id.empty()) return refuse(spot, ".file", "holds no file_data");
    return refuse(spot, ".file.file_id",
                  "Claude does not see files of another provider; send the file as file_data");
}

}  // namespace

Json cache_control_of(const Json& given) {
    if (given.empty()) return {};
    std::string_view name, ttl;
    json::Cursor c(given);
    if (c.peek() == '{')
        for (c.enter_object(); c.next_member(name);) {
            const auto value = c.value();
            if (name == "ttl") ttl = value;
        }
    const bool known = ttl == "\"5m\"" || ttl == "\"1h\"";
    return known ? cat(R"({"type":"ephemeral","ttl":)", ttl, '}') : R"({"type":"ephemeral"})";
}

Json text_block(std::string_view text, const Json& cache_control) {
    Json out;
    json::Writer w(out);
    w.begin_object().key("type").value("text").key("text").value(text);
    if (const auto cache = cache_control_of(cache_control); !cache.empty())
        w.key("cache_control").raw(cache);
    w.end_object();
    return out;
}

bool says_nothing(std::string_view text) {
    return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
}

Result<Json> block_of(const Part& part, Spot spot, bool may_fetch, const Json& cache_control) {
    const auto& cache = part.cache_control.empty() ? cache_control : part.cache_control;
    switch (part.kind) {
        case Part::Kind::text:
        case Part::Kind::refusal:
            return says_nothing(part.text) ? Json() : text_block(part.text, cache);
        case Part::Kind::image:
            return image_block(part, spot, may_fetch, cache);
        case Part::Kind::file:
            return file_block(part, spot, may_fetch, cache);
        case Part::Kind::audio:
            return refuse(spot, ".type", "\"input_audio\" is not something that Claude can hear");
    }
    return Json();
}

}  // namespace ogem::wire::anthropic
