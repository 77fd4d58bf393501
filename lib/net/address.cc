#include "net/address.h"

#include "base/text.h"
#include "net/socket.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>

namespace ogem::net {

namespace {

constexpr int kBacklog = 1024;

Result<sockaddr_un> unix_address(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return fail(Kind::invalid,
                    cat("socket path ", path, " is longer than ", sizeof address.sun_path - 1,
                        " bytes; choose a shorter one with --socket"));
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

bool somebody_answers(const sockaddr_un& address) {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool answers =
        fd >= 0 && ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    if (fd >= 0) ::close(fd);
    return answers;
}

// Serialises two daemons that start at once: whoever holds the lock may replace a stale socket.
// Held until exit.
Result<void> lock_beside(const std::string& path) {
    const auto name = path + ".lock";
    const int fd = ::open(name.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) return fail(Kind::io, cat("cannot create ", name, ": ", errno_text(errno)));
    if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return {};
    ::close(fd);
    return fail(Kind::io,
                cat("another ogemd is running on ", path, "; stop it first: ogem daemon stop"));
}

Result<void> make_private_directory(const std::filesystem::path& directory) {
    std::error_code error;
    if (directory.empty() || std::filesystem::exists(directory, error)) return {};
    std::filesystem::create_directories(directory.parent_path(), error);
    if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST)
        return fail(Kind::io, cat("cannot create ", directory.string(), ": ", errno_text(errno)));
    return {};
}

}  // namespace

Result<HostPort> parse_host_port(std::string_view text) {
    const auto colon = text.rfind(':');
    const auto wrong = [&] {
        return fail(
            Kind::invalid,
            cat("\"", text,
                "\" is not an address; write HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080"));
    };
    if (colon == std::string_view::npos) return wrong();
    auto host = text.substr(0, colon);
    const auto digits = text.substr(colon + 1);
    if (host.starts_with('[') != host.ends_with(']')) return wrong();
    if (host.starts_with('[')) {
        host = host.substr(1, host.size() - 2);
    } else if (host.find(':') != std::string_view::npos) {
        return wrong();
    }
    HostPort result{std::string(host), 0};
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), result.port);
    if (error != std::errc{} || end != digits.data() + digits.size()) return wrong();
    return result;
}

Result<int> listen_tcp(const HostPort& address, bool shared) {
    const auto shown = cat(address.host.empty() ? "*" : address.host, ':', address.port);
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const auto port = std::to_string(address.port);
    const int status = getaddrinfo(address.host.empty() ? nullptr : address.host.c_str(),
                                   port.c_str(), &hints, &found);
    if (status != 0)
        return fail(Kind::invalid, cat("cannot listen on ", shown, ": ", gai_strerror(status)));
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> keep(found, freeaddrinfo);
    const int fd = ::socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return fail(Kind::io, cat("cannot listen on ", shown, ": ", errno_text(errno)));
    const int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (shared) setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);  // accepted sockets inherit it
    if (::bind(fd, found->ai_addr, found->ai_addrlen) == 0 && ::listen(fd, kBacklog) == 0)
        return fd;
    const int error = errno;
    ::close(fd);
    const auto advice =
        error == EADDRINUSE ? "; another program has it: choose another with --listen or PORT" : "";
    return fail(Kind::io, cat("cannot listen on ", shown, ": ", errno_text(error), advice));
}

Result<int> listen_unix(const std::string& path) {
    auto address = unix_address(path);
    if (!address) return fail_as(address);
    if (auto made = make_private_directory(std::filesystem::path(path).parent_path()); !made)
        return fail_as(made);
    if (auto locked = lock_beside(path); !locked) return fail_as(locked);
    if (somebody_answers(*address))
        return fail(Kind::io, cat("another program answers on ", path, "; stop it first"));
    ::unlink(path.c_str());
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return fail(Kind::io, cat("cannot listen on ", path, ": ", errno_text(errno)));
    const auto old_mask = ::umask(0177);
    const int bound = ::bind(fd, reinterpret_cast<const sockaddr*>(&*address), sizeof *address);
    const int error = errno;
    ::umask(old_mask);
    if (bound == 0 && ::listen(fd, kBacklog) == 0) return fd;
    ::close(fd);
    return fail(Kind::io, cat("cannot listen on ", path, ": ", errno_text(error)));
}

std::string local_address(int fd) {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    if (getsockname(fd, reinterpret_cast<sockaddr*>(&storage), &size) != 0) return "?";
    char text[INET6_ADDRSTRLEN] = "";
    if (storage.ss_family == AF_INET) {
        const auto& in = reinterpret_cast<const sockaddr_in&>(storage);
        inet_ntop(AF_INET, &in.sin_addr, text, sizeof text);
        return cat(text, ':', ntohs(in.sin_port));
    }
    if (storage.ss_family == AF_INET6) {
        const auto& in = reinterpret_cast<const sockaddr_in6&>(storage);
        inet_ntop(AF_INET6, &in.sin6_addr, text, sizeof text);
        return cat('[', text, "]:", ntohs(in.sin6_port));
    }
    const auto& local = reinterpret_cast<const sockaddr_un&>(storage);
    return cat("unix:", local.sun_path);
}

}  // namespace ogem::net
