#include "wire/gemini/part_writer.h"

#include "base/text.h"
#include "json/cursor.h"
#include "json/scan.h"
#include "wire/data_url.h"
#include "wire/media_type.h"
#include "wire/refuse.h"

namespace ogem::wire::gemini {

namespace {

using chat::Part;

// A part of a request, for errors.
struct Where {
    std::size_t message, part;

    std::unexpected<Error> bad(std::string_view member, std::string_view why) const {
        return refuse_member(cat("messages[", message, "].content[", part, "].", member), why);
    }
};

void write_inline(json::Writer& w, std::string_view media_type, std::string_view base64) {
    w.begin_object().key("inlineData").begin_object();
    w.key("mimeType").value(media_type).key("data").value(base64).end_object().end_object();
}

// The media type that was said beside a URL, by those who know it (a Gemini client).
std::string said_media_type(const Part& part) {
    for (const auto& [name, value] : part.rest)
        if (name.ends_with("mime_type")) return json::string_of(value).value_or("");
    return {};
}

Result<void> write_uri(json::Writer& w, const Part& part, std::string_view uri, const Where& where,
                       std::string_view member, Service service) {
    if (service != Service::vertex)
        return where.bad(member, "gs:// URLs can be read by Vertex only; send the file itself");
    auto media_type = said_media_type(part);
    if (media_type.empty()) media_type = media_type_of_name(uri);
    if (media_type.empty()) media_type = media_type_of_name(part.file_name);
    if (media_type.empty())
        return where.bad(member, "its name does not end like that of a known type of file");
    w.begin_object().key("fileData").begin_object();
    w.key("mimeType").value(media_type).key("fileUri").value(uri).end_object().end_object();
    return {};
}

Result<void> write_data_url(json::Writer& w, std::string_view url, const Where& where,
                            std::string_view member) {
    const auto data = parse_data_url(url);
    if (!data) return where.bad(member, data.error().message);
    if (data->media_type.empty()) return where.bad(member, "the data URL names no media type");
    write_inline(w, data->media_type, data->base64);
    return {};
}

Result<void> write_url(json::Writer& w, const Part& part, const Where& where,
                       std::string_view member, Service service) {
    if (is_data_url(part.url)) return write_data_url(w, part.url, where, member);
    if (part.url.starts_with("gs://")) return write_uri(w, part, part.url, where, member, service);
    return where.bad(member,
                     "Gemini does not fetch URLs and this one was not fetched before; send its "
                     "content as a data: URL");
}

Result<void> write_audio(json::Writer& w, const Part& part, const Where& where) {
    const auto data = normalised_base64(part.data);
    if (!data) return where.bad("input_audio.data", data.error().message);
    const auto format = to_lower(part.format.empty() ? "wav" : part.format);
    if (format.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-+.") != std::string::npos)
        return where.bad("input_audio.format", "not a format of sound, as wav and mp3 are");
    write_inline(w, cat("audio/", format), *data);
    return {};
}

Result<void> write_file(json::Writer& w, const Part& part, const Where& where, Service service) {
    constexpr std::string_view kMember = "file.file_data";
    if (!part.url.empty()) return write_url(w, part, where, "file_url.url", service);
    if (is_data_url(part.data)) return write_data_url(w, part.data, where, kMember);
    if (part.data.starts_with("gs://"))
        return write_uri(w, part, part.data, where, kMember, service);
    if (part.data.empty())
        return where.bad("file.file_id",
                         "Gemini cannot read files that are kept elsewhere; send "
                         "the file itself as file_data");
    const auto data = normalised_base64(part.data);
    if (!data) return where.bad(kMember, data.error().message);
    const auto media_type = media_type_of_name(part.file_name);
    if (media_type.empty())
        return where.bad("file.filename",
                         "it must end like that of a known type of file, or "
                         "file_data be a data: URL");
    write_inline(w, media_type, *data);
    return {};
}

bool is_json(std::string_view text) {
    json::Cursor c(text);
    c.value();
    return c.finish();
}

bool is_object(std::string_view text) {
    return trim(text).starts_with('{') && is_json(text);
}

}  // namespace

void write_text_part(json::Writer& w, std::string_view text) {
    w.begin_object().key("text").value(text).end_object();
}

Result<void> write_parts(json::Writer& w, const Spoken& spoken, Service service, bool& has_text) {
    const auto& content = spoken.message->content;
    for (std::size_t i = 0; i < content.size(); ++i) {
        const auto& part = content[i];
        const Where where{spoken.number, i};
        Result<void> written;
        switch (part.kind) {
            case Part::Kind::text:
            case Part::Kind::refusal:
                if (!part.text.empty()) write_text_part(w, part.text);
                has_text = has_text || !part.text.empty();
                break;
            case Part::Kind::image:
                written = write_url(w, part, where, "image_url.url", service);
                break;
            case Part::Kind::audio:
                written = write_audio(w, part, where);
                break;
            case Part::Kind::file:
                written = write_file(w, part, where, service);
                break;
        }
        if (!written) return written;
    }
    return {};
}

void write_arguments(json::Writer& w, std::string_view arguments, bool custom) {
    const auto text = trim(arguments);
    if (custom) {
        w.begin_object().key("input").value(arguments).end_object();
    } else if (text.empty()) {
        w.raw("{}");
    } else if (is_object(text)) {
        w.raw(text);
    } else if (is_json(text)) {
        w.begin_object().key("value").raw(text).end_object();
    } else {
        w.begin_object().key("_raw").value(arguments).end_object();
    }
}

void write_call(json::Writer& w, const chat::ToolCall& call, std::string_view signature) {
    w.begin_object().key("functionCall").begin_object();
    w.key("name").value(call.name).key("args");
    write_arguments(w, call.arguments, call.custom);
    w.end_object();
    if (!signature.empty()) w.key("thoughtSignature").value(signature);
    w.end_object();
}

Result<void> write_result(json::Writer& w, std::string_view name, const Spoken& result) {
    std::string text;
    if (result.message) {
        const auto& content = result.message->content;
        for (std::size_t i = 0; i < content.size(); ++i) {
            if (content[i].kind != Part::Kind::text)
                return Where{result.number, i}.bad("type", "the result of a tool must be text");
            text += content[i].text;
        }
    }
    w.begin_object().key("functionResponse").begin_object();
    w.key("name").value(name).key("response");
    if (!result.message)
        w.begin_object().key("error").value("no result was recorded").end_object();
    else if (is_object(text))
        w.raw(trim(text));
    else
        w.begin_object().key("output").value(text).end_object();
    w.end_object().end_object();
    return {};
}

}  // namespace ogem::wire::gemini
