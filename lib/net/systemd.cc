#include "net/systemd.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>

namespace ogem::net {

namespace {

constexpr int kFirstDescriptor = 3;  // SD_LISTEN_FDS_START

long number_in(const char* variable) {
    const char* text = std::getenv(variable);
    long number = 0;
    if (text) std::from_chars(text, text + std::strlen(text), number);
    return number;
}

bool is_for_us(const char* pid_variable) {
    return number_in(pid_variable) == static_cast<long>(::getpid());
}

}  // namespace

std::vector<int> inherited_listeners() {
    std::vector<int> listeners;
    if (is_for_us("LISTEN_PID")) {
        for (int i = 0; i < number_in("LISTEN_FDS") && i < 64; ++i) {
            const int fd = kFirstDescriptor + i;
            ::fcntl(fd, F_SETFD, FD_CLOEXEC);
            ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
            listeners.push_back(fd);
        }
    }
    ::unsetenv("LISTEN_PID");
    ::unsetenv("LISTEN_FDS");
    ::unsetenv("LISTEN_FDNAMES");
    return listeners;
}

void notify_service_manager(std::string_view state) {
    const char* path = std::getenv("NOTIFY_SOCKET");
    if (!path || (path[0] != '/' && path[0] != '@')) return;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto length = std::strlen(path);
    if (length >= sizeof address.sun_path) return;
    std::memcpy(address.sun_path, path, length);
    if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
    const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return;
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length);
    ::sendto(fd, state.data(), state.size(), MSG_NOSIGNAL,
             reinterpret_cast<const sockaddr*>(&address), size);
    ::close(fd);
}

Duration watchdog_interval() {
    if (std::getenv("WATCHDOG_PID") && !is_for_us("WATCHDOG_PID")) return Duration::zero();
    return std::chrono::microseconds(number_in("WATCHDOG_USEC"));
}

}  // namespace ogem::net
