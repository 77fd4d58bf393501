#include "peer.h"

#include "base/text.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace ogem::bench {

namespace {

// The length of the answer that starts `in`, head included; 0 if it is not all there.
std::size_t answer_size(std::string_view in) {
    const auto head_end = in.find("\r\n\r\n");
    if (head_end == std::string_view::npos) return 0;
    const auto head = to_lower(in.substr(0, head_end));
    constexpr std::string_view kLength = "\r\ncontent-length:";
    const auto at = head.find(kLength);
    if (at == std::string::npos) {
        const bool ended = in.ends_with("\r\n0\r\n\r\n");  // one answer at a time: nothing follows
        return ended ? in.size() : 0;
    }
    const auto digits = trim(std::string_view(head).substr(at + kLength.size(), 20));
    std::size_t length = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), length);
    const auto size = head_end + 4 + length;
    return in.size() >= size ? size : 0;
}

}  // namespace

Peer::Peer(int epoll, int port)
    : epoll_(epoll), fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        std::fprintf(stderr, "cannot connect to 127.0.0.1:%d: %s\n", port, std::strerror(errno));
        std::exit(1);
    }
    const int on = 1;
    setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd_;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, fd_, &event);
}

Peer::~Peer() {
    close(fd_);
}

void Peer::send(std::string_view request) {
    out_ += request;
    on_writable();
}

void Peer::on_writable() {
    const auto sent = ::send(fd_, out_.data(), out_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    const bool wanted_before = sent < static_cast<ssize_t>(out_.size());
    if (sent > 0) out_.erase(0, static_cast<std::size_t>(sent));
    if (wanted_before || !out_.empty()) want_write(!out_.empty());
}

void Peer::want_write(bool wanted) {
    epoll_event event{};
    event.events = wanted ? EPOLLIN | EPOLLOUT : EPOLLIN;
    event.data.fd = fd_;
    epoll_ctl(epoll_, EPOLL_CTL_MOD, fd_, &event);
}

bool Peer::read() {
    static char scratch[256 << 10];
    const auto got = recv(fd_, scratch, sizeof scratch, MSG_DONTWAIT);
    if (got < 0) return errno == EAGAIN || errno == EINTR;
    for (ssize_t i = 0; i < got; ++i) {
        events_ += last_ == '\n' && scratch[i] == '\n';
        last_ = scratch[i];
    }
    in_.append(scratch, static_cast<std::size_t>(got));
    return got > 0;
}

int Peer::take_answer() {
    const auto size = answer_size(in_);
    if (size == 0) return 0;
    const int answered = status();
    in_.erase(0, size);
    return answered;
}

int Peer::status() const {
    int status = 0;
    if (in_.size() > 12) std::from_chars(in_.data() + 9, in_.data() + 12, status);
    return status;
}

void Peer::drop_buffer() {
    in_.clear();
}

std::string request_of(std::string_view body) {
    return cat(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer x\r\n",
        "content-type: application/json\r\ncontent-length: ", body.size(), "\r\n\r\n", body);
}

}  // namespace ogem::bench
