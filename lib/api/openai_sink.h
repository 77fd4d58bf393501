// The gateway's answer in OpenAI's dialect on one client's connection.
#pragma once

#include "gateway/reply.h"
#include "net/connection.h"

#include <string>

namespace ogem::api {

class OpenAiSink final : public gateway::ReplySink {
public:
    // `common` are header lines of every answer to this request (request id, CORS). The connection
    // outlives the sink.
    OpenAiSink(net::Connection& connection, std::string common)
        : connection_(connection), common_(std::move(common)) {}

    void reply(int status, std::string_view fields, std::string_view content_type,
               const wire::Pieces& body) override;
    void begin_stream(std::string_view fields) override;
    void write(std::string_view bytes) override { connection_.write(bytes); }
    void finish(std::string_view last_bytes) override { connection_.finish(last_bytes); }
    void fail(const gateway::Failure& failure, std::string_view fields) override;
    void fail_midway(const gateway::Failure& failure) override;
    bool must_wait() const override { return connection_.must_wait(); }
    Task<bool> drained(TimePoint deadline) override { return connection_.drained(deadline); }
    void go_on_without_client(bool goes_on) override { connection_.go_on_without_client(goes_on); }
    bool client_gone() const override { return connection_.gone(); }

private:
    net::Connection& connection_;
    const std::string common_;
};

}  // namespace ogem::api
