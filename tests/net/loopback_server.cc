#include "net/loopback_server.h"

#include "base/text.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace ogem::test {

namespace {

// Head and body are there: closing before the body was read would reset the connection.
bool is_whole(const std::string& request) {
    const auto head = request.find("\r\n\r\n");
    if (head == std::string::npos) return false;
    constexpr std::string_view kLength = "Content-Length: ";
    const auto at = request.find(kLength);
    const auto length = at < head ? std::stoul(request.substr(at + kLength.size())) : 0;
    return request.size() >= head + 4 + length;
}

}  // namespace

LoopbackServer::LoopbackServer(Answer answer)
    : LoopbackServer(Talk([answer = std::move(answer)](int connection, const std::string& request) {
                         send_all(connection, answer(request));
                     }),
                     0) {}

LoopbackServer::LoopbackServer(Talk talk, int) : talk_(std::move(talk)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 16);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
}

LoopbackServer::~LoopbackServer() {
    ::shutdown(listener_, SHUT_RDWR);  // wakes accept()
    thread_.join();
    ::close(listener_);
}

std::string LoopbackServer::url(const std::string& path) const {
    return cat("http://127.0.0.1:", port_, path);
}

std::vector<std::string> LoopbackServer::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

void LoopbackServer::serve() {
    for (int connection; (connection = ::accept(listener_, nullptr, nullptr)) >= 0;) {
        serve_one(connection);
        ::close(connection);
    }
}

void LoopbackServer::serve_one(int connection) {
    std::string request;
    char piece[4096];
    while (!is_whole(request)) {
        const auto count = ::recv(connection, piece, sizeof piece, 0);
        if (count <= 0) return;
        request.append(piece, static_cast<std::size_t>(count));
    }
    {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request);
    }
    talk_(connection, request);
}

void send_all(int connection, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

std::string http_answer(int status, const std::string& header_lines, const std::string& body) {
    return cat("HTTP/1.1 ", status, " x\r\nConnection: close\r\nContent-Length: ", body.size(),
               "\r\n", header_lines, "\r\n", body);
}

}  // namespace ogem::test
