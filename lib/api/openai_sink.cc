#include "api/openai_sink.h"

#include "api/compress.h"
#include "api/error.h"
#include "base/text.h"
#include "wire/openai/stream.h"

namespace ogem::api {

void OpenAiSink::reply(int status, std::string_view fields, std::string_view content_type,
                       const wire::Pieces& body) {
    thread_local std::string head;
    head.clear();
    append(head, "Content-Type: ", content_type, "\r\n", common_, fields);
    std::string room;
    const auto sent = compressed(body, connection_.request().headers, head, room);
    connection_.reply(status, head, sent);
}

void OpenAiSink::begin_stream(std::string_view fields) {
    connection_.begin_stream(200,
                             cat("Content-Type: text/event-stream\r\nCache-Control: no-cache\r\n"
                                 "X-Accel-Buffering: no\r\n",
                                 common_, fields));
    connection_.forget_body();
}

void OpenAiSink::fail(const gateway::Failure& failure, std::string_view fields) {
    const auto error = error_reply(failure);
    reply(error.status, cat(fields, error.fields), "application/json", error.body);
}

void OpenAiSink::fail_midway(const gateway::Failure& failure) {
    connection_.write(wire::openai::stream_error_event(error_reply(failure).body));
    connection_.cut();
}

}  // namespace ogem::api
