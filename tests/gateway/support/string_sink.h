// A client that keeps what it is told: gateway::ReplySink without a connection. Complains about
// calls in an order that reply.h does not allow.
#pragma once

#include "gateway/reply.h"
#include "net/wait.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>

namespace ogem::test {

class StringSink final : public gateway::ReplySink {
public:
    explicit StringSink(net::Loop& loop) : loop_(loop) {}

    // What the client knows.
    int status = 0;  // 0: nothing was said
    std::string fields, content_type, body;
    bool streamed = false;
    bool ended = false;                       // properly
    std::optional<gateway::Failure> failure;  // told instead of an answer
    std::optional<gateway::Failure> broke;    // told in the middle of a stream
    bool request_goes_on = false;             // go_on_without_client()
    bool gone = false;                        // it left, and the request goes on

    // What it does: a slow reader takes nothing for so long, once `pending_limit` bytes came.
    std::size_t pending_limit = SIZE_MAX;
    Duration slowness{0};

    void reply(int code, std::string_view lines, std::string_view type,
               const wire::Pieces& pieces) override {
        CHECK(status == 0);
        status = code;
        fields = lines;
        content_type = type;
        body = pieces.text();
        ended = true;
    }
    void begin_stream(std::string_view lines) override {
        CHECK(status == 0);
        status = 200;
        fields = lines;
        streamed = true;
    }
    void write(std::string_view bytes) override {
        CHECK((streamed && !ended && !broke));
        body += bytes;
        pending_ += bytes.size();
    }
    void finish(std::string_view last_bytes) override {
        write(last_bytes);
        ended = true;
    }
    void fail(const gateway::Failure& what, std::string_view lines) override {
        CHECK(status == 0);
        CHECK(!failure);
        failure = what;
        fields = lines;
    }
    void fail_midway(const gateway::Failure& what) override {
        CHECK((streamed && !ended && !broke));
        broke = what;
    }
    bool must_wait() const override { return pending_ > pending_limit; }
    Task<bool> drained(TimePoint deadline) override {
        co_await net::Sleep(loop_, std::min(loop_.now() + slowness, deadline));
        pending_ = 0;
        co_return loop_.now() < deadline;
    }
    void go_on_without_client(bool goes_on) override { request_goes_on = goes_on; }
    bool client_gone() const override { return gone; }

    // The value of one header line, or "".
    std::string field(const std::string& name) const {
        const auto at = fields.find(name + ": ");
        if (at == std::string::npos) return {};
        const auto from = at + name.size() + 2;
        return fields.substr(from, fields.find("\r\n", from) - from);
    }

private:
    net::Loop& loop_;
    std::size_t pending_ = 0;
};

}  // namespace ogem::test
