#include "google/front.h"

#include "base/text.h"
#include "gemini/gemini.h"
#include "json/writer.h"

namespace ogem::fake::google {

namespace {

using json::Writer;

constexpr std::string_view kTypes = "type.googleapis.com/google.rpc.";

std::string_view status_word(int status) {
    switch (status) {
        case 400:
            return "INVALID_ARGUMENT";
        case 401:
            return "UNAUTHENTICATED";
        case 403:
            return "PERMISSION_DENIED";
        case 404:
            return "NOT_FOUND";
        case 409:
            return "ABORTED";
        case 429:
            return "RESOURCE_EXHAUSTED";
        case 499:
            return "CANCELLED";
        case 503:
            return "UNAVAILABLE";
        case 504:
            return "DEADLINE_EXCEEDED";
        default:
            return status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT";
    }
}

void write_quota(Writer& w, const Trouble& trouble) {
    const bool day = trouble.code == "quota";
    w.begin_object().key("@type").value(cat(kTypes, "QuotaFailure")).key("violations");
    w.begin_array().begin_object();
    w.key("quotaMetric")
        .value("generativelanguage.googleapis.com/generate_content_free_tier_requests");
    w.key("quotaId").value(day ? "GenerateRequestsPerDayPerProjectPerModel-FreeTier"
                               : "GenerateRequestsPerMinutePerProjectPerModel-FreeTier");
    w.key("quotaValue").value("20").end_object().end_array().end_object();
    if (trouble.retry_seconds < 0) return;
    w.begin_object().key("@type").value(cat(kTypes, "RetryInfo"));
    w.key("retryDelay").value(cat(trouble.retry_seconds, "s")).end_object();
}

// `code` is the reason of an ErrorInfo; `param` the field of a BadRequest.
void write_details(Writer& w, const Trouble& trouble) {
    w.key("details").begin_array();
    if (trouble.status == 429) write_quota(w, trouble);
    if (!trouble.code.empty() && trouble.code != "quota") {
        w.begin_object().key("@type").value(cat(kTypes, "ErrorInfo"));
        w.key("reason").value(trouble.code).key("domain").value("googleapis.com").end_object();
    }
    if (!trouble.param.empty()) {
        w.begin_object().key("@type").value(cat(kTypes, "BadRequest")).key("fieldViolations");
        w.begin_array().begin_object().key("field").value(trouble.param);
        w.key("description").value(trouble.message).end_object().end_array().end_object();
    }
    w.end_array();
}

Refusal refused(Trouble trouble) {
    return {std::move(trouble), &gemini::kVoice};
}

std::optional<Refusal> key_refusal(const Request& request) {
    std::string key(request.header("x-goog-api-key"));
    if (key.empty()) key = query_value(request.target(), "key");
    if (key.empty())
        return refused({403,
                        "Method doesn't allow unregistered callers (callers without "
                        "established identity). Please use API Key or other form of API "
                        "consumer identity to call this API."});
    if (key.find("invalid") != std::string::npos)
        return refused({400, "API key not valid. Please pass a valid API key.", "API_KEY_INVALID"});
    return {};
}

}  // namespace

std::optional<Refusal> front_refusal(const Request& request, const Route& route,
                                     const Tokens& tokens) {
    if (route.dialect == Dialect::studio) return key_refusal(request);
    if (route.project.empty() || route.endpoint == Endpoint::unknown)
        return refused({404, "The requested URL was not found on this server."});
    const auto header = request.header("authorization");
    if (!starts_with_ignoring_case(header, "bearer "))
        return refused({401,
                        "Request is missing required authentication credential. Expected OAuth "
                        "2 access token, login cookie or other valid authentication "
                        "credential.",
                        "CREDENTIALS_MISSING"});
    if (!tokens.good(trim(header.substr(7)), Clock::now()))
        return refused({401,
                        "Request had invalid authentication credentials. Expected OAuth 2 "
                        "access token, login cookie or other valid authentication credential.",
                        "ACCESS_TOKEN_EXPIRED"});
    return {};
}

std::string error(const Trouble& trouble) {
    std::string out;
    Writer w(out);
    w.begin_object().key("error").begin_object().key("code").value(trouble.status);
    w.key("message").value(trouble.message).key("status").value(status_word(trouble.status));
    if (trouble.status == 429 || !trouble.code.empty() || !trouble.param.empty())
        write_details(w, trouble);
    w.end_object().end_object();
    return out;
}

}  // namespace ogem::fake::google
