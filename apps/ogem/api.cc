// ogem api: a raw request on the daemon's socket, for whatever has no command of its own.
#include "base/text.h"
#include "ogem/commands.h"
#include "ogem/input/read.h"
#include "ogem/output/json_out.h"

#include <algorithm>

namespace ogem::cli {

namespace {

Outcome<wire::Header> parse_header(const std::string& text) {
    const auto colon = text.find(':');
    const bool broken = std::ranges::any_of(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    if (colon == text.npos || colon == 0 || broken) {
        return failed(Exit::usage, cat("-H ", text, ": a header is 'Name: value' on one line"));
    }
    return wire::Header{text.substr(0, colon), trim(std::string_view(text).substr(colon + 1))};
}

Outcome<std::string> body_of(const Context& context, const std::string& data) {
    if (data == "-") return read_stdin(context);
    return data.starts_with('@') ? read_file(data.substr(1)) : Outcome<std::string>(data);
}

bool is_method(std::string_view word) {
    return !word.empty() && std::ranges::all_of(word, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    });
}

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    });
    return text;
}

// [METHOD] PATH
Outcome<wire::HttpRequest> parse_words(const Api& api) {
    const auto& words = api.words;
    const auto& path = words.back();
    const bool broken = std::ranges::any_of(
        path, [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; });
    if (words.size() > 2 || !path.starts_with('/') || broken ||
        (words.size() == 2 && !is_method(words[0]))) {
        return failed(Exit::usage, "ogem api takes [METHOD] PATH, like: ogem api GET /v1/models");
    }
    const auto* method = api.data ? "POST" : "GET";
    return wire::HttpRequest{words.size() == 2 ? upper(words[0]) : method, path, {}, {}};
}

Outcome<wire::HttpRequest> request_of(const Context& context, const Api& api) {
    auto request = parse_words(api);
    if (!request) return request;
    for (const auto& text : api.headers) {
        auto header = parse_header(text);
        if (!header) return failed_as(header);
        request->headers.push_back(std::move(*header));
    }
    if (!api.data) return request;
    auto body = body_of(context, *api.data);
    if (!body) return failed_as(body);
    request->body = std::move(*body);
    if (wire::header(request->headers, "content-type").empty()) {
        request->headers.emplace_back("Content-Type", "application/json");
    }
    return request;
}

// The body as it comes: a stream shows while it streams.
Outcome<> pass_on(const Context& context, client::Exchange& exchange) {
    while (true) {
        auto bytes = exchange.next(context.patience);
        if (!bytes) return failed_wait(bytes.error());
        if (bytes->empty()) return {};
        if (auto written = write_out(*bytes); !written) return written;
    }
}

Outcome<> show_part(const Context& context, client::Exchange& exchange) {
    auto body = client::rest_of(exchange, context.patience);
    if (!body) return failed_wait(body.error());
    auto value = json::parse(*body);
    if (!value) return failed(Exit::unusable, "--get: the answer is " + value.error().message);
    return print_json(context, *value);
}

}  // namespace

Outcome<> run(const Context& context, const Api& api) {
    auto request = request_of(context, api);
    if (!request) return failed_as(request);
    auto session = Session::open(context, place_of(api.direct, api.daemon));
    if (!session) return failed_as(session);
    auto exchange =
        client::Exchange::start(session->socket(), signed_by(context, *request), context.patience);
    if (!exchange) return failed_wait(exchange.error());
    if (exchange->status() < 400) {
        return context.globals.get ? show_part(context, *exchange) : pass_on(context, *exchange);
    }
    // The daemon's answer was asked for, even where it is an error; the sentence goes beside it.
    auto body = client::rest_of(*exchange, context.patience);
    if (!body) return failed_wait(body.error());
    if (auto written = write_out(*body); !written) return written;
    return std::unexpected(failure_of(exchange->status(), exchange->headers(), *body));
}

}  // namespace ogem::cli
