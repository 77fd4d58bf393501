// Failures as clients read them: statuses, types and codes of behaviour.md 4.16, in OpenAI's shape.
#pragma once

#include "gateway/reply.h"

#include <string>
#include <string_view>

namespace ogem::api {

struct ErrorReply {
    int status = 500;
    std::string fields;  // header lines: Retry-After and the like
    std::string body;    // JSON
};

ErrorReply error_reply(const gateway::Failure& failure);
ErrorReply error_reply(const Error& error);

// The body alone, for what never reached the gateway.
std::string error_body(std::string_view type, std::string_view code, std::string_view message);

}  // namespace ogem::api
