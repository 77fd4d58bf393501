#include "play/planner.h"

#include "base/text.h"

#include <algorithm>
#include <optional>

namespace ogem::fake {

namespace {

constexpr std::string_view kPage =
    "<!DOCTYPE html><html><head><title>Bad gateway</title></head><body>nothing here</body></html>";

constexpr std::string_view kAzureBlocked =
    "The response was filtered due to the prompt triggering Azure OpenAI's content management "
    "policy. Please modify your prompt and retry.";

std::string_view reason_of(std::int64_t status) {
    switch (status) {
        case 200:
            return "OK";
        case 307:
            return "Temporary Redirect";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 404:
            return "Not Found";
        case 429:
            return "Too Many Requests";
        case 503:
            return "Service Unavailable";
        default:
            return "Whatever";
    }
}

std::string retry_headers(const Script& script) {
    std::string out;
    if (script.has("retry-after"))
        append(out, "retry-after: ", script.number("retry-after", 0), "\r\n");
    if (script.has("retry-after-ms"))
        append(out, "retry-after-ms: ", script.number("retry-after-ms", 0), "\r\n");
    return out;
}

// Google answers errors of a stream that is one array as such an array, too.
std::string error_body(const Voice& voice, const Route& route, const Trouble& trouble) {
    auto body = voice.error(trouble);
    const bool array = is_google(route.dialect) && route.stream && !route.sse;
    return array ? cat("[", body, "\n]\n") : body;
}

Plan error_plan(const Ask& ask, const Trouble& trouble, std::string_view headers) {
    return simple_plan(trouble.status, "application/json",
                       error_body(*ask.voice, ask.route, trouble),
                       cat(ask.voice->headers, headers));
}

Plan said_at_once(std::string bytes, Ending ending) {
    Plan plan{{}, ending, Microseconds{-1}, 0, ""};
    if (!bytes.empty()) plan.steps.push_back({std::move(bytes), {}, 1});
    return plan;
}

// Faults that come instead of a response head.
std::optional<Plan> no_head(const Script& script) {
    if (script.has("silent")) return said_at_once({}, Ending::hang);
    if (script.has("reset-before-head")) return said_at_once({}, Ending::reset);
    if (script.has("close-before-head")) return said_at_once({}, Ending::close);
    if (script.has("half-head"))
        return said_at_once("HTTP/1.1 200 OK\r\ncontent-ty", Ending::close);
    if (script.has("garbage"))
        return said_at_once("\x15\x03\x03 this is not HTTP\r\n\r\n", Ending::close);
    return {};
}

// Whole answers of a kind that has nothing to do with what was asked.
std::optional<Plan> instead(const Script& script, const Ask& ask) {
    const auto status = static_cast<int>(script.number("status", 200));
    const auto retry = retry_headers(script);
    if (script.has("empty")) return simple_plan(status, "application/json", "", retry);
    if (script.has("html")) return simple_plan(status, "text/html; charset=utf-8", kPage, retry);
    if (script.has("redirect"))
        return simple_plan(static_cast<int>(script.number("redirect", 307)), "text/plain", "moved",
                           "location: http://127.0.0.1:1/elsewhere\r\n");
    if (script.has("invalid-grant"))
        return error_plan(ask, {400, "Invalid JWT Signature.", "invalid_grant", "", -1}, retry);
    if (script.has("blocked") && ask.route.dialect == Dialect::azure)
        return error_plan(ask, {400, std::string(kAzureBlocked), "content_filter", "prompt", -1},
                          "");
    const bool quota = script.has("quota");
    if (!script.has("status") && !quota) return {};
    const auto code = script.has("status") ? status : 429;
    const auto trouble =
        trouble_of(script, code,
                   quota ? std::string("You exceeded your current quota, please check your plan.")
                         : cat("the fake provider was told to answer ", code));
    return error_plan(ask, trouble, retry);
}

bool speaks(Endpoint endpoint) {
    return endpoint == Endpoint::chat || endpoint == Endpoint::completions;
}

std::string informational_head(std::int64_t status) {
    return cat("HTTP/1.1 ", status, " For Your Information\r\nlink: </style.css>\r\n\r\n");
}

// What may surround any answer: time, 1xx heads, small pieces, the end of the connection.
void surround(const Script& script, Plan& plan) {
    plan.steps = joined(std::move(plan.steps));
    if (script.has("drip")) {
        const auto piece = static_cast<std::size_t>(script.number("drip", 1));
        plan.steps = dripped(plan.steps, std::max<std::size_t>(piece, 1),
                             Microseconds{script.number("drip-gap", 200)});
    }
    if (script.has("informational")) {
        auto head = informational_head(script.number("informational", 103));
        plan.steps.insert(plan.steps.begin(), {std::move(head), {}, 1});
    }
    if (script.has("head-delay"))
        plan.steps.insert(plan.steps.begin(), {{}, milliseconds_in(script, "head-delay"), 1});
    if (script.has("idle-close")) plan.idle_close = milliseconds_in(script, "idle-close");
    const bool ends = script.has("close") || script.has("http10");
    if (ends && plan.ending == Ending::keep) plan.ending = Ending::close;
}

}  // namespace

Microseconds milliseconds_in(const Script& script, std::string_view word) {
    return std::chrono::milliseconds(script.number(word, 0));
}

Plan simple_plan(int status, std::string_view content_type, std::string_view body,
                 std::string_view more_headers) {
    auto bytes =
        cat("HTTP/1.1 ", status, " ", reason_of(status), "\r\ncontent-type: ", content_type, "\r\n",
            more_headers, "content-length: ", body.size(), "\r\n\r\n", body);
    return {{{std::move(bytes), {}, 1}}, Ending::keep, Microseconds{-1}, status, ""};
}

Plan refusal_plan(const Voice& voice, const Route& route, const Trouble& trouble) {
    auto plan = simple_plan(trouble.status, "application/json", error_body(voice, route, trouble),
                            voice.headers);
    plan.refused = trouble.message;
    return plan;
}

Trouble trouble_of(const Script& script, int status, std::string_view message) {
    Trouble trouble{status, std::string(message), "", "", -1};
    if (script.has("quota")) trouble.code = "quota";
    if (status == 429) trouble.retry_seconds = script.number("retry-after", -1);
    return trouble;
}

std::vector<Step> framed(const Script& script, std::vector<Step> payload, const Body& body) {
    auto head = cat(script.has("http10") ? "HTTP/1.0 200 OK" : "HTTP/1.1 200 OK",
                    "\r\ncontent-type: ", body.content_type, "\r\n", body.headers);
    if (script.has("gzip")) head += "content-encoding: gzip\r\n";
    if (script.has("close")) head += "connection: close\r\n";
    if (script.has("big-head"))
        append(head,
               "x-big: ", std::string(static_cast<std::size_t>(script.number("big-head", 0)), 'h'),
               "\r\n");
    if (body.framing == Framing::length) append(head, "content-length: ", body.length, "\r\n");
    if (body.framing == Framing::chunked) {
        head += "transfer-encoding: chunked\r\n";
        payload = chunked(std::move(payload), !body.open);
    }
    head += "\r\n";
    payload.insert(payload.begin(), {std::move(head), {}, 1});
    return payload;
}

Plan plan_of(const Script& script, const Ask& ask) {
    auto plan = no_head(script);
    if (!plan) plan = instead(script, ask);
    const bool streams = ask.stream && speaks(ask.route.endpoint);
    if (!plan) plan = streams ? stream_plan(script, ask) : whole_plan(script, ask);
    surround(script, *plan);
    return *std::move(plan);
}

}  // namespace ogem::fake
