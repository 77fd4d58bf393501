#include "wire/gemini/inbound/candidate.h"

#include "json/cursor.h"
#include "json/scan.h"
#include "wire/data_url.h"
#include "wire/gemini/logprobs.h"
#include "wire/gemini/part_writer.h"
#include "wire/gemini/usage.h"

namespace ogem::wire::gemini {

namespace {

using json::Cursor;

// The `url` inside the first object called image_url.
std::string url_of(std::string_view image) {
    std::string url;
    std::string_view name;
    if (!image.starts_with('{')) return url;
    Cursor c(image);
    for (c.enter_object(); c.next_member(name);) {
        if (name != "image_url" || c.peek() != '{') {
            c.value();
            continue;
        }
        for (c.enter_object(); c.next_member(name);) {
            const auto value = c.value();
            if (name == "url") url = json::string_of(value).value_or("");
        }
    }
    return url;
}

}  // namespace

void write_text(json::Writer& w, std::string_view text, bool thought) {
    w.begin_object().key("text").value(text);
    if (thought) w.key("thought").value(true);
    w.end_object();
}

void write_function_call(json::Writer& w, const chat::ToolCall& call) {
    w.begin_object().key("functionCall").begin_object();
    w.key("id").value(call.id).key("name").value(call.name).key("args");
    write_arguments(w, call.arguments, call.custom);
    w.end_object().end_object();
}

void write_images(json::Writer& w, std::string_view images) {
    if (!images.starts_with('[')) return;
    Cursor c(images);
    for (c.enter_array(); c.next_element();) {
        const auto data = parse_data_url(url_of(c.value()));
        if (!data || data->media_type.empty()) continue;
        w.begin_object().key("inlineData").begin_object();
        w.key("mimeType").value(data->media_type).key("data").value(data->base64);
        w.end_object().end_object();
    }
}

void begin_candidate(json::Writer& w) {
    w.begin_object().key("content").begin_object().key("parts").begin_array();
}

void end_candidate(json::Writer& w, int index, std::string_view reason, std::string_view logprobs) {
    w.end_array().key("role").value("model").end_object();
    if (!reason.empty()) w.key("finishReason").value(reason);
    w.key("index").value(index);
    if (const auto result = logprobs_result_of(logprobs); !result.empty())
        w.key("logprobsResult").raw(result);
    w.end_object();
}

void write_blocked(json::Writer& w, std::string_view refusal) {
    w.key("promptFeedback").begin_object().key("blockReason").value("OTHER");
    w.key("blockReasonMessage").value(refusal).end_object();
}

void write_tail(json::Writer& w, const std::optional<chat::Usage>& usage, const AnswerStyle& style,
                std::string_view id) {
    if (usage) {
        w.key("usageMetadata");
        write_usage(w, *usage);
    }
    w.key("modelVersion").value(style.model);
    w.key("responseId").value(id.empty() ? std::string_view(style.id) : id);
}

}  // namespace ogem::wire::gemini
