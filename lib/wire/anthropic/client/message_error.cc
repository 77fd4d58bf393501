#include "wire/anthropic/client/message_error.h"

#include "json/writer.h"
#include "wire/openai/error.h"

namespace ogem::wire::anthropic {

int status_of(int status) {
    return status == 503 ? 529 : status;
}

std::string_view error_type_of(int status) {
    switch (status) {
        case 401:
            return "authentication_error";
        case 402:
            return "billing_error";
        case 403:
            return "permission_error";
        case 404:
            return "not_found_error";
        case 413:
            return "request_too_large";
        case 429:
            return "rate_limit_error";
        case 503:
        case 529:
            return "overloaded_error";
        case 504:
            return "timeout_error";
        default:
            return status >= 400 && status < 500 ? "invalid_request_error" : "api_error";
    }
}

std::string error_body(int status, std::string_view message, std::string_view request_id) {
    std::string out;
    json::Writer w(out);
    w.begin_object().key("type").value("error").key("error").begin_object();
    w.key("type").value(error_type_of(status)).key("message").value(message).end_object();
    if (!request_id.empty()) w.key("request_id").value(request_id);
    w.end_object();
    return out;
}

std::string error_body(const Error& error, std::string_view request_id) {
    return error_body(openai::words_of(error.kind).status, error.message, request_id);
}

}  // namespace ogem::wire::anthropic
