#include "gateway/mock/failure.h"

#include "base/text.h"
#include "wire/openai/error.h"

#include <charconv>

namespace ogem::gateway::mock {

namespace {

struct Name {
    int status;
    std::string_view type, code;
};

Name name_of(int status) {
    constexpr Name kNames[] = {{401, "authentication_error", "invalid_api_key"},
                               {403, "permission_error", ""},
                               {404, "not_found_error", "model_not_found"},
                               {408, "timeout_error", "request_timeout"},
                               {409, "conflict_error", ""},
                               {413, "invalid_request_error", "request_too_large"},
                               {429, "rate_limit_error", "rate_limit_exceeded"},
                               {503, "service_unavailable_error", "overloaded"},
                               {504, "timeout_error", "upstream_timeout"}};
    for (const auto& name : kNames)
        if (name.status == status) return name;
    return {status, status < 500 ? "invalid_request_error" : "server_error", ""};
}

}  // namespace

std::optional<int> error_status(std::string_view model) {
    constexpr std::string_view kPrefix = "error-";
    if (!model.starts_with(kPrefix)) return std::nullopt;
    const auto digits = model.substr(kPrefix.size());
    const auto* end = digits.data() + digits.size();
    int status = 0;
    const auto [stop, error] = std::from_chars(digits.data(), end, status);
    if (error != std::errc() || stop != end || status < 400 || status > 599) return std::nullopt;
    return status;
}

std::string error_body(int status) {
    const auto name = name_of(status);
    return wire::openai::error_body(
        cat("The mock model error-", status, " always answers ", status, '.'), name.type,
        name.code);
}

}  // namespace ogem::gateway::mock
