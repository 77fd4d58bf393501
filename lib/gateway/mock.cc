#include "gateway/mock.h"

#include "base/text.h"
#include "gateway/mock/choices.h"
#include "gateway/mock/embedding.h"
#include "gateway/mock/failure.h"
#include "gateway/mock/pace.h"
#include "gateway/mock/playback.h"
#include "gateway/mock/request.h"
#include "wire/openai/chunk_writer.h"
#include "wire/openai/writer.h"

namespace ogem::gateway {

namespace {

using mock::Choices;
using mock::Pace;
using mock::Request;
using wire::openai::ChunkWriter;

MockAnswer whole(int status, Duration after, std::string body) {
    MockAnswer answer;
    answer.status = status;
    answer.headers = {{"content-type", "application/json"}};
    answer.pieces.push_back({after, std::move(body)});
    return answer;
}

MockAnswer refusal(int status, std::string_view code, std::string_view message) {
    const auto* type = status == 404 ? "not_found_error" : "invalid_request_error";
    return whole(status, {}, wire::openai::error_answer(message, type, code));
}

MockAnswer failure(int status, const Pace& pace) {
    auto answer = whole(status, pace.delay, mock::error_body(status));
    if (status == 429 || status == 503) answer.headers.emplace_back("retry-after", "1");
    return answer;
}

bool is_known(std::string_view model) {
    return model == "echo" || model == "lorem" || model == "tools";
}

wire::openai::AnswerHead head_of(const MockCall& call) {
    const auto* prefix = call.endpoint == MockEndpoint::chat ? "chatcmpl-" : "cmpl-";
    return {.id = cat(prefix, call.id),
            .created = call.unix_seconds,
            .model = std::string(call.shown_model)};
}

MockAnswer streamed(const MockCall& call, const Request& request, const Pace& pace,
                    const Choices& choices) {
    const auto shape = call.endpoint == MockEndpoint::chat ? ChunkWriter::Shape::chat
                                                           : ChunkWriter::Shape::completion;
    const ChunkWriter writer(head_of(call), shape, request.usage_in_stream);
    MockAnswer answer;
    answer.stream = true;
    answer.headers = {{"content-type", "text/event-stream"}, {"cache-control", "no-cache"}};
    answer.pieces = mock::play(choices, writer, pace);
    if (request.usage_in_stream)
        answer.pieces.push_back({{}, writer.usage(mock::usage_of(request, choices))});
    answer.pieces.push_back({{}, std::string(wire::openai::kDone)});
    return answer;
}

MockAnswer generated(const MockCall& call, const json::Value& body, const Pace& pace) {
    const bool chat = call.endpoint == MockEndpoint::chat;
    const auto request = chat ? mock::read_chat(body) : mock::read_completion(body);
    if (!request) return refusal(400, "", request.error().message);
    const auto choices = mock::plan_choices(call.model, call.id, *request, pace);
    if (!choices) return refusal(400, "", choices.error().message);
    if (request->stream) return streamed(call, *request, pace, *choices);
    const auto time = pace.delay + pace.first_token + pace.time_for(mock::longest(*choices));
    const auto write = chat ? wire::openai::chat_completion : wire::openai::text_completion;
    return whole(200, time, write(head_of(call), *choices, mock::usage_of(*request, *choices)));
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
