#include "gateway/mock.h"

#include "base/text.h"
#include "gateway/mock/choices.h"
#include "gateway/mock/embedding.h"
#include "gateway/mock/failure.h"
#include "gateway/mock/pace.h"
#include "gateway/mock/playback.h"
#include "gateway/mock/request.h"
#include "wire/openai/answer_writer.h"
#include "wire/openai/error.h"

namespace ogem::gateway {

namespace {

using mock::Pace;
using mock::Request;
using wire::openai::AnswerStyle;

MockAnswer whole(int status, Duration after, std::string body) {
    MockAnswer answer;
    answer.status = status;
    answer.headers = {{"content-type", "application/json"}};
    answer.pieces.push_back({after, std::move(body)});
    return answer;
}

MockAnswer refusal(int status, std::string_view code, std::string_view message) {
    const auto* type = status == 404 ? "not_found_error" : "invalid_request_error";
    return whole(status, {}, wire::openai::error_body(message, type, code));
}

MockAnswer failure(int status, const Pace& pace) {
    auto answer = whole(status, pace.delay, mock::error_body(status));
    if (status == 429 || status == 503) answer.headers.emplace_back("retry-after", "1");
    return answer;
}

bool is_known(std::string_view model) {
    return model == "echo" || model == "lorem" || model == "tools";
}

AnswerStyle style_of(const MockCall& call, const Request& request) {
    AnswerStyle style;
    style.model = call.shown_model;
    const bool chat = call.endpoint == MockEndpoint::chat;
    style.id = cat(chat ? "chatcmpl-" : "cmpl-", call.id);
    style.created = call.unix_seconds;
    style.shape = chat ? wire::openai::Shape::chat : wire::openai::Shape::completion;
    style.usage_asked = request.usage_in_stream;
    return style;
}

MockAnswer streamed(const chat::Answer& given, const AnswerStyle& style, const Pace& pace) {
    MockAnswer answer;
    answer.stream = true;
    answer.headers = {{"content-type", "text/event-stream"}, {"cache-control", "no-cache"}};
    answer.pieces = mock::play(given, style, pace);
    return answer;
}

MockAnswer generated(const MockCall& call, const json::Value& body, const Pace& pace) {
    const bool chat = call.endpoint == MockEndpoint::chat;
    const auto request = chat ? mock::read_chat(body) : mock::read_completion(body);
    if (!request) return refusal(400, "", request.error().message);
    auto choices = mock::plan_choices(call.model, call.id, *request, pace);
    if (!choices) return refusal(400, "", choices.error().message);
    chat::Answer answer;
    answer.usage = mock::usage_of(*request, *choices);
    answer.choices = std::move(*choices);
    const auto style = style_of(call, *request);
    if (request->stream) return streamed(answer, style, pace);
    const auto time = pace.delay + pace.first_token + pace.time_for(mock::longest(answer.choices));
    return whole(200, time, wire::openai::write_answer(answer, style));
}

MockAnswer embedded(const MockCall& call, const json::Value& body, const Pace& pace) {
    auto answer = mock::embed(body, call.shown_model);
    if (!answer) return refusal(400, "", answer.error().message);
    return whole(200, pace.delay, std::move(*answer));
}

}  // namespace

MockAnswer plan_mock(const MockCall& call) {
    const auto pace = mock::read_pace(call.headers);
    if (!pace) return refusal(400, "", pace.error().message);
    if (const auto status = mock::error_status(call.model)) return failure(*status, *pace);
    if (!is_known(call.model)) {
        return refusal(404, "model_not_found",
                       cat("mock has no model \"", call.model.substr(0, 80),
                           "\": it has echo, lorem, tools and error-STATUS (400 to 599)"));
    }
    const auto body = json::parse(call.body);
    if (!body)
        return refusal(400, "invalid_json", cat("the request body is ", body.error().message));
    if (call.endpoint == MockEndpoint::embedding) return embedded(call, *body, *pace);
    return generated(call, *body, *pace);
}

}  // namespace ogem::gateway
