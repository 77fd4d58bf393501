#include "modes.h"
#include "peer.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

namespace ogem::bench {

namespace {

constexpr int kAtOnce = 32;  // being opened: handshakes by the thousand would only wait in line

[[noreturn]] void give_up(int status) {
    std::fprintf(stderr, "a stream did not start: %s %d\n",
                 status == 0 ? "its connection ended," : "it was answered", status);
    std::exit(1);
}

class Streams {
public:
    explicit Streams(const Load& load) : load_(load) {}

    void run();

private:
    void open_all();
    void wait(int timeout_ms);
    void on_event(int fd);
    void on_stdin();

    const Load& load_;
    int epoll_ = epoll_create1(EPOLL_CLOEXEC);
    std::vector<std::unique_ptr<Peer>> peers_;  // by descriptor
    std::uint64_t events_ = 0;
    int started_ = 0, open_ = 0;
    bool done_ = false;
};

void Streams::open_all() {
    const auto request = request_of(load_.body);
    while (open_ < load_.connections) {
        auto peer = std::make_unique<Peer>(epoll_, load_.port);
        peer->send(request);
        const auto fd = static_cast<std::size_t>(peer->fd());
        if (peers_.size() <= fd) peers_.resize(fd + 1);
        peers_[fd] = std::move(peer);
        ++open_;
        wait(0);
        while (open_ - started_ >= kAtOnce) wait(1000);
    }
    while (started_ < open_) wait(1000);
}

void Streams::wait(int timeout_ms) {
    std::array<epoll_event, 256> events;
    const int count = epoll_wait(epoll_, events.data(), events.size(), timeout_ms);
    for (int i = 0; i < count; ++i) on_event(events[static_cast<std::size_t>(i)].data.fd);
}

void Streams::on_event(int fd) {
    if (fd == STDIN_FILENO) return on_stdin();
    auto& peer = peers_[static_cast<std::size_t>(fd)];
    const auto before = peer->events();
    const bool alive = peer->read();
    const bool started = before > 0 || peer->events() > 0;
    if (!started && (!alive || peer->status() > 200)) give_up(peer->status());
    if (before == 0 && peer->events() > 0) ++started_;
    events_ += peer->events() - before;
    peer->drop_buffer();
    if (alive) return;
    peer.reset();
    --open_;
}

void Streams::on_stdin() {
    char line[64];
    if (read(STDIN_FILENO, line, sizeof line) <= 0) {
        done_ = true;
        return;
    }
    std::printf("{\"events\":%llu,\"open\":%d}\n", static_cast<unsigned long long>(events_), open_);
    std::fflush(stdout);
}

void Streams::run() {
    open_all();
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = STDIN_FILENO;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, STDIN_FILENO, &event);
    events_ = 0;
    std::puts("ready");
    std::fflush(stdout);
    while (!done_) wait(1000);
}

}  // namespace

int run_streams(const Load& load) {
    Streams(load).run();
    return 0;
}

}  // namespace ogem::bench
