// Deployments in the path, a dated api-version, an api-key or a token. Which version first took a
// parameter is common knowledge without one source (the documentation lists them per version), so
// the table is short: those that proxies stumble over.
#include "azure/azure.h"

#include "base/text.h"
#include "openai/rules.h"
#include "openai/understand.h"
#include "openai/voice.h"

#include <algorithm>

namespace ogem::fake::azure {

namespace {

using json::Value;

struct Since {
    std::string_view parameter;
    std::string_view version;  // the first that takes it
};

constexpr Since kSince[] = {
    {"stream_options", "2024-09-01"},
    {"max_completion_tokens", "2024-09-01"},
    {"parallel_tool_calls", "2024-08-01"},
    {"reasoning_effort", "2024-12-01"},
    {"store", "2024-10-01"},
    {"metadata", "2024-10-01"},
    {"prediction", "2025-01-01"},
    {"modalities", "2025-01-01"},
    {"audio", "2025-01-01"},
    {"tools", "2023-12-01"},
    {"tool_choice", "2023-12-01"},
    {"logprobs", "2024-02-15"},
};
// Of OpenAI alone.
constexpr std::string_view kNever[] = {"service_tier", "web_search_options", "safety_identifier",
                                       "verbosity", "prompt_cache_retention"};

bool dated(std::string_view version) {
    if (version == "v1") return true;
    if (version.size() < 10 || version[4] != '-' || version[7] != '-') return false;
    const auto rest = version.substr(10);
    return version.starts_with("20") && (rest.empty() || rest == "-preview");
}

std::optional<Trouble> front(const Request& request, const Route& route) {
    const auto bearer = request.header("authorization");
    auto key = request.header("api-key");
    if (key.empty() && starts_with_ignoring_case(bearer, "bearer ")) key = trim(bearer.substr(7));
    if (key.empty() || key.find("invalid") != std::string_view::npos)
        return Trouble{401,
                       "Access denied due to invalid subscription key or wrong API endpoint. Make "
                       "sure to provide a valid key for an active subscription and use a correct "
                       "regional API endpoint for your resource."};
    if (route.endpoint == Endpoint::unknown || !dated(route.version))
        return Trouble{404, "Resource not found"};
    return {};
}

void check_version(const Value& body, std::string_view version, Findings& out) {
    if (version == "v1" || !body.is_object()) return;
    for (const auto& [parameter, since] : kSince)
        if (body.contains(parameter) && version < since)
            out.say({400, cat("Unrecognized request argument supplied: ", parameter)});
    for (const auto parameter : kNever)
        if (body.contains(parameter))
            out.say({400, cat("Unrecognized request argument supplied: ", parameter)});
    const auto format = text_at(member_at(body, "response_format"), "type");
    if (format == "json_schema" && version < "2024-08-01")
        out.say({400,
                 "response_format value as json_schema is enabled only for api versions "
                 "2024-08-01-preview and later"});
}

std::optional<Refusal> refusal(const Request& request, const Route& route, const Value& body,
                               const google::Tokens&) {
    if (auto trouble = front(request, route)) return Refusal{*trouble, &openai::kAzureVoice};
    if (request.method() != "POST") return {};
    Findings findings(openai::kWording);
    if (body.is_null()) findings.say({400, "We could not parse the JSON body of your request."});
    check_version(body, route.version, findings);
    openai::check(route, body, findings);
    if (route.model.empty() && text_at(body, "model").empty())
        findings.say({400, "you must provide a model parameter"});
    if (!findings.any()) return {};
    return Refusal{*findings.first(), &openai::kAzureVoice};
}

}  // namespace

const Speech kSpeech{&openai::kAzureVoice, refusal, openai::understand};

}  // namespace ogem::fake::azure
