#include "wire/responses/response.h"

#include "wire/openai/answer/logprobs.h"

namespace ogem::wire::responses {

namespace {

void write_usage(json::Writer& w, const chat::Usage& usage) {
    w.key("usage").begin_object().key("input_tokens").value(usage.prompt_tokens);
    w.key("input_tokens_details").begin_object();
    w.key("cached_tokens").value(usage.cached_tokens.value_or(0));
    w.key("cache_write_tokens").value(usage.cache_write_tokens.value_or(0)).end_object();
    w.key("output_tokens").value(usage.completion_tokens);
    w.key("output_tokens_details").begin_object();
    w.key("reasoning_tokens").value(usage.reasoning_tokens.value_or(0)).end_object();
    w.key("total_tokens").value(usage.total()).end_object();
}

void write_error(json::Writer& w, const Response& response) {
    w.key("error");
    if (response.error_code.empty()) {
        w.null();
        return;
    }
    w.begin_object().key("code").value(response.error_code);
    w.key("message").value(response.error_message).end_object();
}

void write_incomplete(json::Writer& w, const Response& response) {
    w.key("incomplete_details");
    if (response.incomplete_reason.empty()) {
        w.null();
        return;
    }
    w.begin_object().key("reason").value(response.incomplete_reason).end_object();
}

void write_echo(json::Writer& w, const Echo& echo) {
    w.key("parallel_tool_calls").raw(echo.parallel_tool_calls);
    w.key("temperature").raw(echo.temperature).key("tool_choice").raw(echo.tool_choice);
    w.key("tools").raw(echo.tools).key("top_p").raw(echo.top_p);
    for (const auto& other : echo.others) w.key(other.name).raw(other.value);
}

Item item_of(Item::Kind kind, std::string text, const Style& style) {
    Item item;
    item.kind = kind;
    item.id = style.new_id(id_prefix(kind));
    item.status = Status::completed;
    item.text = std::move(text);
    return item;
}

void add_message(const chat::AnswerChoice& choice, const Style& style, Response& response) {
    auto& item = response.output.emplace_back(item_of(Item::Kind::message, choice.text, style));
    item.refusal = choice.refusal;
    for (const auto& extra : choice.also) {
        if (extra.name == "annotations") item.annotations = flat_annotations(extra.value);
        if (extra.name == openai::kLogprobs) item.logprobs = extra.value;
    }
}

void add_items(const chat::AnswerChoice& choice, const Style& style, Response& response) {
    auto& output = response.output;
    if (style.show_reasoning && !choice.reasoning.empty())
        output.push_back(item_of(Item::Kind::reasoning, choice.reasoning, style));
    if (!choice.text.empty() || !choice.refusal.empty()) add_message(choice, style, response);
    for (const auto& call : choice.calls) {
        const auto kind = call.custom ? Item::Kind::custom_call : Item::Kind::function_call;
        auto& item = output.emplace_back(item_of(kind, call.arguments, style));
        item.call_id = call.id;
        item.name = call.name;
    }
}

}  // namespace

void settle(Response& response, chat::Finish finish) {
    response.status = "completed";
    if (finish == chat::Finish::length) response.incomplete_reason = "max_output_tokens";
    if (finish == chat::Finish::content_filter) response.incomplete_reason = "content_filter";
    if (response.incomplete_reason.empty()) return;
    response.status = "incomplete";
    if (!response.output.empty()) response.output.back().status = Status::incomplete;
}

void write_response(json::Writer& w, const Response& response, const Style& style) {
    w.begin_object().key("id").value(response.id).key("object").value("response");
    w.key("created_at").value(response.created).key("status").value(response.status);
    write_error(w, response);
    write_incomplete(w, response);
    w.key("instructions").raw(style.echo.instructions);
    w.key("metadata").raw(style.echo.metadata).key("model").value(style.model);
    w.key("output").begin_array();
    for (const auto& item : response.output) write_item(w, item);
    w.end_array();
    write_echo(w, style.echo);
    if (response.usage) write_usage(w, *response.usage);
    w.end_object();
}

std::string write_answer(const chat::Answer& answer, const Style& style) {
    Response response;
    response.id = style.new_id("resp_");
    response.created = answer.created ? answer.created : style.created;
    response.usage = answer.usage;
    if (!answer.choices.empty()) {
        add_items(answer.choices.front(), style, response);
        settle(response, answer.choices.front().finish);
    }
    std::string out;
    json::Writer w(out);
    write_response(w, response, style);
    return out;
}

}  // namespace ogem::wire::responses
