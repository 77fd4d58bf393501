#include "client/exchange.h"

#include "base/text.h"
#include "json/scan.h"

namespace ogem::client {

namespace {

constexpr std::size_t kReadSize = 64u << 10;
constexpr std::size_t kMaxBody = 64u << 20;

std::string head_of(const wire::HttpRequest& request) {
    auto head =
        cat(request.method, ' ', request.target, " HTTP/1.1\r\nHost: ogem\r\nOgem-Api: ", kApiLevel,
            "\r\nConnection: close\r\n");
    for (const auto& [name, value] : request.headers) append(head, name, ": ", value, "\r\n");
    if (!request.body.empty() || request.method != "GET") {
        append(head, "Content-Length: ", request.body.size(), "\r\n");
    }
    return head += "\r\n";
}

}  // namespace

Result<Exchange> Exchange::start(const std::string& path, const wire::HttpRequest& request,
                                 const Patience& patience) {
    auto socket = UnixSocket::connect(path, patience);
    if (!socket) return fail_as(socket);
    Exchange exchange(std::move(*socket), request.method == "HEAD");
    // A daemon that refuses a large body answers and hangs up before it has read all of it: its
    // answer says more than the failed write.
    auto written = exchange.socket_.write_all(head_of(request) + request.body, patience);
    if (!written && written.error().kind != Kind::connection) return fail_as(written);
    while (!exchange.reader_.has_head()) {
        if (auto received = exchange.receive(patience); !received) return fail_as(received);
    }
    return exchange;
}

Result<void> Exchange::receive(const Patience& patience) {
    char buffer[kReadSize];
    auto got = socket_.read_some(buffer, sizeof buffer, patience);
    if (!got) return fail_as(got);
    if (*got == 0) return reader_.finish();
    return reader_.feed({buffer, *got}, body_);
}

Result<std::string_view> Exchange::next(const Patience& patience) {
    while (body_.empty() && !reader_.complete()) {
        if (auto received = receive(patience); !received) return fail_as(received);
    }
    handed_.swap(body_);
    body_.clear();
    const auto size = handed_.size();
    handed_.append(json::kPadding, '\0');
    return std::string_view(handed_).substr(0, size);
}

Result<std::string> rest_of(Exchange& exchange, const Patience& patience) {
    std::string body;
    while (true) {
        auto bytes = exchange.next(patience);
        if (!bytes) return fail_as(bytes);
        if (bytes->empty()) return body;
        if (body.size() + bytes->size() > kMaxBody) {
            return fail(Kind::too_large, "the daemon's answer is longer than 64 MiB");
        }
        body += *bytes;
    }
}

Result<wire::HttpResponse> fetch(const std::string& socket, const wire::HttpRequest& request,
                                 const Patience& patience) {
    auto exchange = Exchange::start(socket, request, patience);
    if (!exchange) return fail_as(exchange);
    auto body = rest_of(*exchange, patience);
    if (!body) return fail_as(body);
    return wire::HttpResponse{exchange->status(), exchange->headers(), std::move(*body)};
}

wire::HttpRequest get(std::string target) {
    return {"GET", std::move(target), {}, {}};
}

wire::HttpRequest post(std::string target, std::string json) {
    return {"POST", std::move(target), {{"Content-Type", "application/json"}}, std::move(json)};
}

}  // namespace ogem::client
