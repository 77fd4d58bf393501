#include "api/error.h"

#include "json/value.h"

#include <doctest/doctest.h>

using namespace ogem;

namespace {

json::Value error_of(const api::ErrorReply& reply) {
    return json::parse(reply.body)->at("error");
}

}  // namespace

TEST_CASE("a request that is wrong is told which member is, as OpenAI's param") {
    Error error{Kind::invalid, "n: must be a whole number", 0, {}};
    error.field = "n";
    const auto reply = api::error_reply(error);
    CHECK(reply.status == 400);
    CHECK(error_of(reply)["param"] == "n");
    CHECK(error_of(reply)["type"] == "invalid_request_error");
}

TEST_CASE("a provider's own param stands above ours, and without any it is null") {
    gateway::Failure failure;
    failure.error = {Kind::invalid, "no", 400, {}};
    CHECK(error_of(api::error_reply(failure))["param"].is_null());
    failure.error.field = "messages";
    failure.param = "messages[0]";
    CHECK(error_of(api::error_reply(failure))["param"] == "messages[0]");
}
