// A Unix socket in a directory of its own whose listener answers one connection with given bytes.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>

namespace ogem::test {

class Listener {
public:
    Listener() {
        ::mkdtemp(directory_.data());
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path().data(), path().size());
        fd_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
        ::bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
        ::listen(fd_, 4);
    }
    ~Listener() {
        if (thread_.joinable()) thread_.join();
        ::close(fd_);
        ::unlink(path().c_str());
        ::rmdir(directory_.c_str());
    }

    std::string path() const { return directory_ + "/s"; }

    // Reads `request_bytes` of the next connection, writes `answer`, and hangs up.
    void answer_with(std::string answer, std::size_t request_bytes = 1) {
        thread_ = std::thread([this, answer, request_bytes] {
            const int peer = ::accept(fd_, nullptr, nullptr);
            request_.resize(request_bytes);
            const auto got = ::recv(peer, request_.data(), request_bytes, MSG_WAITALL);
            request_.resize(static_cast<std::size_t>(got > 0 ? got : 0));
            ::send(peer, answer.data(), answer.size(), MSG_NOSIGNAL);
            ::shutdown(peer, SHUT_WR);
            ::close(peer);
        });
    }
    const std::string& request() {
        if (thread_.joinable()) thread_.join();
        return request_;
    }

private:
    std::string directory_ = "/tmp/ogem-test-XXXXXX";
    int fd_ = -1;
    std::string request_;
    std::thread thread_;
};

}  // namespace ogem::test
