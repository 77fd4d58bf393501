#include "net/support/stream.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace ogem::test {

namespace {

constexpr int kPatience = 2000;  // milliseconds
constexpr int kWhile = 60;       // milliseconds

sockaddr_in loopback(unsigned short port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

bool comes(int fd, int milliseconds) {
    pollfd wanted{fd, POLLIN, 0};
    return ::poll(&wanted, 1, milliseconds) > 0;
}

}  // namespace

Stream::Stream(int fd) : fd_(fd) {
    const timeval patience{kPatience / 1000, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

Stream& Stream::operator=(Stream&& other) noexcept {
    close();
    fd_ = std::exchange(other.fd_, -1);
    kept_ = std::move(other.kept_);
    return *this;
}

Stream Stream::to(unsigned short port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = loopback(port);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(fd);
        return {};
    }
    return Stream(fd);
}

Stream Stream::knocking(unsigned short port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const auto address = loopback(port);
    ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    return Stream(fd);
}

bool Stream::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

bool Stream::fill() {
    char bytes[16384];
    if (fd_ < 0 || !comes(fd_, kPatience)) return false;
    const auto n = ::recv(fd_, bytes, sizeof bytes, 0);
    if (n <= 0) return false;
    kept_.append(bytes, static_cast<std::size_t>(n));
    return true;
}

std::string Stream::read(std::size_t size) {
    while (kept_.size() < size && fill()) {
    }
    auto out = kept_.substr(0, size);
    kept_.erase(0, out.size());
    return out;
}

std::string Stream::read_until(std::string_view mark) {
    auto at = kept_.find(mark);
    while (at == std::string::npos && fill()) at = kept_.find(mark);
    return read(at == std::string::npos ? kept_.size() : at + mark.size());
}

std::string Stream::read_all() {
    while (fill()) {
    }
    return std::exchange(kept_, {});
}

std::string Stream::read_message() {
    auto head = read_until("\r\n\r\n");
    const auto at = head.find("Content-Length: ");
    if (at == std::string::npos) return head;
    return head + read(static_cast<std::size_t>(std::atoll(head.c_str() + at + 16)));
}

bool Stream::ends() {
    char byte;
    return kept_.empty() && comes(fd_, kPatience) && ::recv(fd_, &byte, 1, 0) <= 0;
}

bool Stream::is_quiet() {
    return kept_.empty() && !comes(fd_, kWhile);
}

void Stream::shut_down() {
    ::shutdown(fd_, SHUT_WR);
}

void Stream::close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

void Stream::reset() {
    const linger at_once{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close();
}

Port::Port(int backlog) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    auto address = loopback(0);
    socklen_t size = sizeof address;
    ::bind(fd_, reinterpret_cast<const sockaddr*>(&address), size);
    ::listen(fd_, backlog);
    ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
    number_ = ntohs(address.sin_port);
}

Stream Port::accept() {
    if (fd_ < 0 || !comes(fd_, kPatience)) return {};
    return Stream(::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC));
}

bool Port::is_quiet() {
    return !comes(fd_, kWhile);
}

void make_non_blocking(int fd) {
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
}

void Port::close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

}  // namespace ogem::test
