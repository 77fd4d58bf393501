#include "openai/voice.h"

#include "base/text.h"
#include "json/writer.h"
#include "openai/parts.h"

#include <algorithm>

namespace ogem::fake::openai {

namespace {

using json::Writer;

bool is_azure(const Reply& reply) {
    return reply.route.dialect == Dialect::azure;
}

bool is_chat(const Reply& reply) {
    return reply.route.endpoint == Endpoint::chat;
}

// A model's refusal is a member of its own; a filter of Azure's cuts the content.
bool says_refusal(const Reply& reply) {
    return reply.finish == Finish::refusal && !is_azure(reply);
}

// The text of all blocks of a kind as one JSON string; null if there are none.
std::string all_text(const Reply& reply, Block::Kind kind) {
    std::string out;
    for (const auto& block : reply.blocks) {
        if (block.kind != kind) continue;
        const auto text = quoted_text(block);
        out.append(text, 1, text.size() - 2);
    }
    return out.empty() ? "null" : cat('"', out, '"');
}

void write_calls(Writer& w, const Reply& reply, std::size_t choice) {
    w.key("tool_calls").begin_array();
    for (const auto& block : reply.blocks)
        if (block.kind == Block::Kind::tool) {
            w.begin_object().key("id").value(call_id(block, choice)).key("type").value("function");
            w.key("function").begin_object().key("name").value(block.name);
            w.key("arguments").value(text_of(block)).end_object().end_object();
        }
    w.end_array();
}

void write_message(Writer& w, const Reply& reply, std::size_t choice) {
    const auto text = all_text(reply, Block::Kind::text);
    const auto thoughts = all_text(reply, Block::Kind::thinking);
    w.key("message").begin_object().key("role").value("assistant");
    w.key("content").raw(says_refusal(reply) ? "null" : text);
    w.key("refusal").raw(says_refusal(reply) ? text : "null");
    if (thoughts != "null") w.key("reasoning_content").raw(thoughts);
    const bool calls = std::ranges::any_of(
        reply.blocks, [](const Block& block) { return block.kind == Block::Kind::tool; });
    if (calls) write_calls(w, reply, choice);
    w.end_object();
}

void write_choice(Writer& w, const Reply& reply, std::size_t choice) {
    w.begin_object().key("index").value(choice);
    if (is_chat(reply))
        write_message(w, reply, choice);
    else
        w.key("text").raw(all_text(reply, Block::Kind::text));
    w.key("logprobs").null().key("finish_reason").value(finish_word(reply));
    if (is_azure(reply)) write_filter(w, reply.finish == Finish::refusal);
    w.end_object();
}

std::string whole(const Reply& reply) {
    std::string out;
    Writer w(out);
    write_start(w, is_chat(reply) ? "chat.completion" : "text_completion", reply.model);
    w.key("choices").begin_array();
    for (std::size_t i = 0; i < reply.choices; ++i) write_choice(w, reply, i);
    w.end_array();
    if (reply.usage.told) write_usage(w, reply.usage);
    if (is_azure(reply)) write_prompt_filter(w);
    w.key("x_fake").begin_object().key("kept").value(true).end_object().end_object();
    return out;
}

std::string plain(const Ask& ask) {
    if (ask.route.endpoint == Endpoint::models) return models_answer({"fake", "fake-ok"});
    std::string out;
    Writer w(out);
    w.begin_object().key("object").value("list").key("model").value(ask.model);
    w.key("data").begin_array();
    for (std::size_t i = 0; i < ask.inputs; ++i) {
        w.begin_object().key("object").value("embedding").key("index").value(i).key("embedding");
        ask.base64 ? w.value("AAAAPwAAgL4AAMA/") : w.raw("[0.5,-0.25,1.5]");
        w.end_object();
    }
    w.end_array().key("usage").begin_object().key("prompt_tokens").value(ask.inputs);
    w.key("total_tokens").value(ask.inputs).end_object().end_object();
    return out;
}

std::string error(const Trouble& trouble) {
    const bool quota = trouble.code == "quota";
    const std::string_view type = quota                   ? "insufficient_quota"
                                  : trouble.status == 429 ? "rate_limit_error"
                                  : trouble.status >= 500 ? "server_error"
                                                          : "invalid_request_error";
    std::string out;
    Writer w(out);
    w.begin_object().key("error").begin_object().key("message").value(trouble.message);
    w.key("type").value(type).key("param");
    trouble.param.empty() ? w.null() : w.value(trouble.param);
    w.key("code");
    if (quota)
        w.value("insufficient_quota");
    else
        w.value(trouble.code.empty() ? cat("fake_", trouble.status) : trouble.code);
    w.end_object().end_object();
    return out;
}

// Azure names the status as code and leaves the type out.
std::string azure_error(const Trouble& trouble) {
    const auto& code = trouble.code;
    std::string out;
    Writer w(out);
    w.begin_object().key("error").begin_object();
    w.key("code").value(code.empty() || code == "quota" ? cat(trouble.status) : code);
    w.key("message").value(trouble.message);
    if (!trouble.param.empty()) w.key("param").value(trouble.param);
    if (code == "content_filter") write_inner_error(w);
    w.end_object().end_object();
    return out;
}

Frame stream_error(const Trouble& trouble, bool odd) {
    return {error(trouble), odd ? "error" : "", false};
}

Frame azure_stream_error(const Trouble& trouble, bool odd) {
    return {azure_error(trouble), odd ? "error" : "", false};
}

}  // namespace

const Voice kVoice{whole, score, plain, error, stream_error, "", "x-request-id: req_fake\r\n"};
const Voice kAzureVoice{
    whole,
    score,
    plain,
    azure_error,
    azure_stream_error,
    "",
    "x-request-id: req_fake\r\napim-request-id: apim_fake\r\nx-ms-region: Fake Central\r\n"};

std::string models_answer(const std::vector<std::string>& models) {
    std::string out;
    Writer w(out);
    w.begin_object().key("object").value("list").key("data").begin_array();
    for (const auto& model : models) w.raw(model_answer(model));
    w.end_array().end_object();
    return out;
}

std::string model_answer(std::string_view model) {
    std::string out;
    Writer w(out);
    w.begin_object().key("id").value(model).key("object").value("model");
    w.key("created").value(kCreated).key("owned_by").value("fake").end_object();
    return out;
}

}  // namespace ogem::fake::openai
