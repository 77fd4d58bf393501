#include "net/loopback_server.h"

#include "base/text.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace ogem::test {

LoopbackServer::LoopbackServer(Answer answer) : answer_(std::move(answer)) {
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
    while (request.find("\r\n\r\n") == std::string::npos) {
        const auto count = ::recv(connection, piece, sizeof piece, 0);
        if (count <= 0) return;
        request.append(piece, static_cast<std::size_t>(count));
    }
    {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request);
    }
    const auto answer = answer_(request);
    for (std::size_t sent = 0; sent < answer.size();) {
        const auto count =
            ::send(connection, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) return;
        sent += static_cast<std::size_t>(count);
    }
}

std::string http_answer(int status, const std::string& header_lines, const std::string& body) {
    return cat("HTTP/1.1 ", status, " x\r\nConnection: close\r\nContent-Length: ", body.size(),
               "\r\n", header_lines, "\r\n", body);
}

}  // namespace ogem::test
