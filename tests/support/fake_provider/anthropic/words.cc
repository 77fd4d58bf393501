// The sentences are those of pydantic, as users of the API quote them: "max_tokens: Field
// required", "messages.65.content.1.tool_use.text: Extra inputs are not permitted"
// (github.com/anthropics/claude-code issue 4378).
#include "anthropic/words.h"

#include "base/text.h"
#include "json/writer.h"

namespace ogem::fake::anthropic {

namespace {

std::string_view type_of(int status) {
    switch (status) {
        case 401:
            return "authentication_error";
        case 402:
            return "billing_error";
        case 403:
            return "permission_error";
        case 404:
            return "not_found_error";
        case 409:
            return "conflict_error";
        case 413:
            return "request_too_large";
        case 429:
            return "rate_limit_error";
        case 504:
            return "timeout_error";
        case 529:
            return "overloaded_error";
        default:
            return status >= 500 ? "api_error" : "invalid_request_error";
    }
}

Trouble unknown(const Where& object, std::string_view name) {
    return {400, cat((object / name).dotted(), ": Extra inputs are not permitted")};
}

Trouble missing(const Where& member) {
    return {400, cat(member.dotted(), ": Field required")};
}

Trouble mistyped(const Where& member, unsigned is, const json::Value&) {
    const std::string_view wanted = is & kObject                ? "dictionary"
                                    : is & kArray               ? "list"
                                    : is & kString              ? "string"
                                    : is & kBoolean             ? "boolean"
                                    : (is & kNumber) == kNumber ? "number"
                                                                : "integer";
    return {400, cat(member.dotted(), ": Input should be a valid ", wanted)};
}

}  // namespace

const Wording kWording{unknown, missing, mistyped};

std::string error(const Trouble& trouble) {
    std::string out;
    json::Writer w(out);
    w.begin_object().key("type").value("error").key("error").begin_object();
    w.key("type").value(type_of(trouble.status)).key("message").value(trouble.message);
    if (!trouble.code.empty()) {
        const bool quota = trouble.code == "quota";
        w.key("details").begin_object().key("error_code");
        w.value(quota ? std::string_view("enforced_spend_limit_reached") : trouble.code);
        w.end_object();
    }
    w.end_object().key("request_id").value("req_fake").end_object();
    return out;
}

}  // namespace ogem::fake::anthropic
