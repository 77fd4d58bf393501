#include "wire/openai/writer.h"

#include "base/text.h"
#include "json/writer.h"
#include "wire/base64.h"

#include <bit>
#include <cstring>

namespace ogem::wire::openai {

namespace {

void write_head(json::Writer& w, const AnswerHead& head, std::string_view object) {
    w.key("id").value(head.id).key("object").value(object).key("created").value(head.created);
    w.key("model").value(head.model);
}

void write_calls(json::Writer& w, const std::vector<ToolCall>& calls) {
    w.key("tool_calls").begin_array();
    for (const auto& call : calls) {
        w.begin_object().key("id").value(call.id).key("type").value("function");
        w.key("function").begin_object().key("name").value(call.name);
        w.key("arguments").value(call.arguments).end_object().end_object();
    }
    w.end_array();
}

void write_message(json::Writer& w, const Choice& choice) {
    w.key("message").begin_object().key("role").value("assistant").key("content");
    const bool only_calls = choice.text.empty() && !choice.calls.empty();
    only_calls ? w.null() : w.value(choice.text);
    w.key("refusal").null();
    if (!choice.calls.empty()) write_calls(w, choice.calls);
    w.end_object();
}

void write_choice_end(json::Writer& w, const Choice& choice) {
    w.key("logprobs").null().key("finish_reason").value(choice.finish_reason).end_object();
}

std::string little_endian_bytes(const std::vector<float>& vector) {
    std::string bytes(vector.size() * sizeof(float), '\0');
    std::memcpy(bytes.data(), vector.data(), bytes.size());
    static_assert(std::endian::native == std::endian::little);
    return bytes;
}

void write_vector(json::Writer& w, const std::vector<float>& vector, Encoding encoding) {
    w.key("embedding");
    if (encoding == Encoding::base64) {
        w.value(base64(little_endian_bytes(vector)));
        return;
    }
    w.begin_array();
    for (const float number : vector) w.raw(cat(number));  // shortest text of a float
    w.end_array();
}

}  // namespace

void write_usage(json::Writer& w, const chat::Usage& usage) {
    w.key("usage").begin_object().key("prompt_tokens").value(usage.prompt_tokens);
    w.key("completion_tokens").value(usage.completion_tokens);
    w.key("total_tokens").value(usage.total());
    if (usage.cached_tokens || usage.cache_write_tokens) {
        w.key("prompt_tokens_details").begin_object();
        if (usage.cached_tokens) w.key("cached_tokens").value(*usage.cached_tokens);
        if (usage.cache_write_tokens) w.key("cache_write_tokens").value(*usage.cache_write_tokens);
        w.end_object();
    }
    if (usage.reasoning_tokens) {
        w.key("completion_tokens_details").begin_object();
        w.key("reasoning_tokens").value(*usage.reasoning_tokens).end_object();
    }
    w.end_object();
}

std::string chat_completion(const AnswerHead& head, const std::vector<Choice>& choices,
                            const chat::Usage& usage) {
    std::string out;
    json::Writer w(out);
    w.begin_object();
    write_head(w, head, "chat.completion");
    w.key("choices").begin_array();
    for (const auto& choice : choices) {
        w.begin_object().key("index").value(choice.index);
        write_message(w, choice);
        write_choice_end(w, choice);
    }
    w.end_array();
    write_usage(w, usage);
    w.end_object();
    return out;
}

std::string text_completion(const AnswerHead& head, const std::vector<Choice>& choices,
                            const chat::Usage& usage) {
    std::string out;
    json::Writer w(out);
    w.begin_object();
    write_head(w, head, "text_completion");
    w.key("choices").begin_array();
    for (const auto& choice : choices) {
        w.begin_object().key("text").value(choice.text).key("index").value(choice.index);
        write_choice_end(w, choice);
    }
    w.end_array();
    write_usage(w, usage);
    w.end_object();
    return out;
}

std::string embedding_list(std::string_view model, const std::vector<std::vector<float>>& vectors,
                           Encoding encoding, std::int64_t prompt_tokens) {
    std::string out;
    json::Writer w(out);
    w.begin_object().key("object").value("list").key("data").begin_array();
    std::size_t index = 0;
    for (const auto& vector : vectors) {
        w.begin_object().key("object").value("embedding").key("index").value(index++);
        write_vector(w, vector, encoding);
        w.end_object();
    }
    w.end_array().key("model").value(model).key("usage").begin_object();
    w.key("prompt_tokens").value(prompt_tokens).key("total_tokens").value(prompt_tokens);
    w.end_object().end_object();
    return out;
}

std::string error_answer(std::string_view message, std::string_view type, std::string_view code) {
    std::string out;
    json::Writer w(out);
    w.begin_object().key("error").begin_object().key("message").value(message);
    w.key("type").value(type).key("param").null().key("code");
    code.empty() ? w.null() : w.value(code);
    w.end_object().end_object();
    return out;
}

}  // namespace ogem::wire::openai
