#include "answers.h"

#include "base/text.h"
#include "json/writer.h"

namespace ogem::fake {

namespace {

using json::Writer;

constexpr std::int64_t kCreated = 1'700'000'000;
constexpr std::string_view kSnapshot = "-2024-08-06";
constexpr std::string_view kGreeting =
    "Hello from the fake provider: \u00e9 \u4e16\u754c \U0001f642.";

void write_usage(Writer& w) {
    w.key("usage").begin_object().key("prompt_tokens").value(9).key("completion_tokens").value(12);
    w.key("total_tokens").value(21).end_object();
}

void write_start(Writer& w, std::string_view object, std::string_view model) {
    w.begin_object().key("id").value("chatcmpl-fake").key("object").value(object);
    w.key("created").value(kCreated).key("model").value(cat(model, kSnapshot));
}

std::string_view chunk_object(Endpoint endpoint) {
    return endpoint == Endpoint::chat ? "chat.completion.chunk" : "text_completion";
}

// One chunk with one choice; `member` is what the choice carries: its delta or its text.
std::string chunk(Endpoint endpoint, std::string_view model, std::string_view member,
                  std::string_view finish) {
    std::string out;
    Writer w(out);
    write_start(w, chunk_object(endpoint), model);
    w.key("choices").begin_array().begin_object().key("index").value(0);
    w.key(endpoint == Endpoint::chat ? "delta" : "text").raw(member);
    w.key("logprobs").null().key("finish_reason");
    finish.empty() ? w.null() : w.value(finish);
    w.end_object().end_array().end_object();
    return out;
}

// `text` as a JSON string, made longer after it was quoted: quoting megabytes takes too long.
std::string quoted(std::string_view text, std::size_t padding) {
    auto out = json::quoted(text);
    out.insert(out.size() - 1, padding, 'x');
    return out;
}

std::string whole(Endpoint endpoint, std::string_view model, std::size_t padding, bool usage) {
    const auto text = quoted(kGreeting, padding);
    const bool chat = endpoint == Endpoint::chat;
    std::string out;
    Writer w(out);
    write_start(w, chat ? "chat.completion" : "text_completion", model);
    w.key("choices").begin_array().begin_object().key("index").value(0);
    if (chat) {
        w.key("message").begin_object().key("role").value("assistant");
        w.key("content").raw(text).key("refusal").null().end_object();
    } else {
        w.key("text").raw(text);
    }
    w.key("logprobs").null().key("finish_reason").value("stop").end_object().end_array();
    if (usage) write_usage(w);
    w.key("x_fake").begin_object().key("kept").value(true).end_object().end_object();
    return out;
}

void write_model(Writer& w, std::string_view model) {
    w.begin_object().key("id").value(model).key("object").value("model");
    w.key("created").value(kCreated).key("owned_by").value("fake").end_object();
}

}  // namespace

Endpoint endpoint_of(std::string_view target) {
    const auto version = target.find("/v1/");
    if (version == std::string_view::npos) return Endpoint::unknown;
    const auto path = target.substr(version + 4, target.find('?') - version - 4);
    if (path == "chat/completions") return Endpoint::chat;
    if (path == "completions") return Endpoint::completions;
    if (path == "embeddings") return Endpoint::embeddings;
    if (path == "models") return Endpoint::models;
    return path.starts_with("models/") ? Endpoint::model : Endpoint::unknown;
}

std::string event_text(std::size_t index) {
    return cat("w", index, "\u00e9\u4e16\U0001f642 ");
}

std::string whole_answer(Endpoint endpoint, std::string_view model, std::size_t bytes, bool usage) {
    auto answer = whole(endpoint, model, 0, usage);
    if (bytes <= answer.size()) return answer;
    return whole(endpoint, model, bytes - answer.size(), usage);
}

std::string role_chunk(Endpoint endpoint, std::string_view model) {
    if (endpoint != Endpoint::chat) return {};
    return chunk(endpoint, model, R"({"role":"assistant","content":""})", "");
}

std::string text_chunk(Endpoint endpoint, std::string_view model, std::string_view text,
                       std::size_t padding) {
    const auto json = quoted(text, padding);
    if (endpoint != Endpoint::chat) return chunk(endpoint, model, json, "");
    return chunk(endpoint, model, cat("{\"content\":", json, "}"), "");
}

std::string finish_chunk(Endpoint endpoint, std::string_view model) {
    return chunk(endpoint, model, endpoint == Endpoint::chat ? "{}" : "\"\"", "stop");
}

std::string usage_chunk(Endpoint endpoint, std::string_view model) {
    std::string out;
    Writer w(out);
    write_start(w, chunk_object(endpoint), model);
    w.key("choices").begin_array().end_array();
    write_usage(w);
    w.end_object();
    return out;
}

std::string embeddings_answer(std::string_view model, std::size_t inputs, bool base64) {
    std::string out;
    Writer w(out);
    w.begin_object().key("object").value("list").key("model").value(model);
    w.key("data").begin_array();
    for (std::size_t i = 0; i < inputs; ++i) {
        w.begin_object().key("object").value("embedding").key("index").value(i).key("embedding");
        base64 ? w.value("AAAAPwAAgL4AAMA/") : w.raw("[0.5,-0.25,1.5]");
        w.end_object();
    }
    w.end_array().key("usage").begin_object().key("prompt_tokens").value(inputs);
    w.key("total_tokens").value(inputs).end_object().end_object();
    return out;
}

std::string models_answer(const std::vector<std::string>& models) {
    std::string out;
    Writer w(out);
    w.begin_object().key("object").value("list").key("data").begin_array();
    for (const auto& model : models) write_model(w, model);
    w.end_array().end_object();
    return out;
}

std::string model_answer(std::string_view model) {
    std::string out;
    Writer w(out);
    write_model(w, model);
    return out;
}

std::string error_answer(int status, std::string_view message) {
    const std::string_view type = status == 429   ? "rate_limit_error"
                                  : status >= 500 ? "server_error"
                                                  : "invalid_request_error";
    std::string out;
    Writer w(out);
    w.begin_object().key("error").begin_object().key("message").value(message);
    w.key("type").value(type).key("param").null().key("code").value(cat("fake_", status));
    w.end_object().end_object();
    return out;
}

}  // namespace ogem::fake
