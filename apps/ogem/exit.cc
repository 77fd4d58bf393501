#include "ogem/exit.h"

#include "base/text.h"
#include "json/value.h"
#include "ogem/output/json_out.h"
#include "ogem/output/members.h"
#include "ogem/output/printable.h"

#include <algorithm>

namespace ogem::cli {

namespace {

struct Row {
    Exit exit;
    std::string_view name, meaning;
};
constexpr Row kTable[] = {
    {Exit::ok, "ok", "success"},
    {Exit::failure, "failure", "other failure"},
    {Exit::usage, "usage", "usage: bad flag, no input, silent stdin"},
    {Exit::no_daemon, "no_daemon", "daemon not running or not reachable, where one is demanded"},
    {Exit::denied, "denied", "authentication or permission refused"},
    {Exit::config, "config", "the configuration has errors"},
    {Exit::not_found, "not_found", "not found: model, id"},
    {Exit::limited, "limited", "limited: requests, tokens, quota"},
    {Exit::upstream, "upstream", "upstream failed after every fallback"},
    {Exit::timeout, "timeout", "timeout"},
    {Exit::unusable, "unusable", "the answer is unusable: cut off; with --strict also filtered"},
    {Exit::partial, "partial", "partial: some of it failed"},
    {Exit::interrupted, "interrupted", "stopped by Ctrl-C (SIGINT)"},
    {Exit::pipe, "pipe", "the reader of the output has gone (SIGPIPE)"},
    {Exit::terminated, "terminated", "stopped by SIGTERM"},
};

Exit exit_of(Kind kind) {
    switch (kind) {
        case Kind::unauthorized:
        case Kind::forbidden:
            return Exit::denied;
        case Kind::not_found:
            return Exit::not_found;
        case Kind::limited:
            return Exit::limited;
        case Kind::unavailable:
            return Exit::no_daemon;
        case Kind::timeout:
            return Exit::timeout;
        case Kind::connection:
            return Exit::unusable;
        case Kind::cancelled:
            return Exit::interrupted;
        default:
            return Exit::failure;
    }
}

Exit exit_of_status(int status) {
    switch (status) {
        case 401:
        case 403:
            return Exit::denied;
        case 404:
            return Exit::not_found;
        case 408:
        case 504:
            return Exit::timeout;
        case 429:
            return Exit::limited;
        case 502:
        case 503:
            return Exit::upstream;
        default:
            return Exit::failure;
    }
}

// The `error` member of `body`, or null.
json::Value error_in(std::string_view body) {
    auto parsed = json::parse(body);
    return parsed ? member(*parsed, "error") : json::Value();
}

}  // namespace

std::unexpected<Failure> failed(const Error& error) {
    return failed(exit_of(error.kind), error.message);
}

Failure failure_of(int status, const wire::Headers& headers, std::string_view body) {
    Failure failure{exit_of_status(status), {}, {}, {}};
    const auto error = error_in(body);
    if (error.is_object()) {
        failure.error_json = error.dump();
        failure.message = text_in(error, "message");
        if (status == 500 && text_in(member(error, "ogem"), "who") == "provider")
            failure.exit = Exit::upstream;
    }
    if (failure.message.empty()) failure.message = cat("the daemon answered HTTP ", status);
    const auto hint = wire::header(headers, "retry-after-ms");
    const bool digits = std::ranges::all_of(hint, [](char c) { return c >= '0' && c <= '9'; });
    if (digits && hint.size() < 16) failure.retry_after_ms = hint;
    return failure;
}

Failure failure_of_stream(std::string_view error_json) {
    Failure failure{Exit::unusable, "the answer was cut off", {}, {}};
    const auto error = json::parse(error_json);
    if (!error || !error->is_object()) return failure;
    failure.error_json = error->dump();
    const auto message = text_in(*error, "message");
    if (!message.empty()) append(failure.message, ": ", message);
    return failure;
}

std::string report_of(const Failure& failure, bool json) {
    if (!json) {
        return failure.message.empty() ? std::string()
                                       : cat("ogem: ", printable(failure.message), "\n");
    }
    auto error = json::parse(failure.error_json.empty() ? "{}" : failure.error_json)
                     .value_or(json::Value::object());
    error["message"] = failure.message;
    if (!error.contains("type")) error["type"] = name_of(failure.exit);
    error["exit"] = static_cast<int>(failure.exit);
    if (!failure.retry_after_ms.empty())
        error["retry_after_ms"] = std::stoll(failure.retry_after_ms);
    json::Value object;
    object["error"] = std::move(error);
    return json_text(object) + "\n";
}

std::string_view name_of(Exit exit) {
    const auto* row = std::ranges::find(kTable, exit, &Row::exit);
    return row == std::end(kTable) ? "failure" : row->name;
}

std::string exit_table() {
    std::string text;
    for (const auto& row : kTable) {
        const auto code = std::to_string(static_cast<int>(row.exit));
        append(text, std::string(5 - code.size(), ' '), code, "  ", row.meaning, "\n");
    }
    return text;
}

}  // namespace ogem::cli
