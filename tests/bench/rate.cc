#include "base/clock.h"
#include "modes.h"
#include "peer.h"

#include <sys/epoll.h>
#include <sys/prctl.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <vector>

namespace ogem::bench {

namespace {

class Rate {
public:
    explicit Rate(const Load& load)
        : load_(load),
          request_(request_of(load.body)),
          interval_(Duration(1s) / load.rate),
          total_(static_cast<std::size_t>(load.rate) * static_cast<std::size_t>(load.seconds)) {}

    void run();
    void print();

private:
    struct Slot {
        std::unique_ptr<Peer> peer;
        TimePoint due;
    };
    void connect_all();
    void send_due(TimePoint now);
    void wait(TimePoint now);
    void on_event(const epoll_event& event);

    const Load& load_;
    std::string request_;
    Duration interval_;
    std::size_t total_, sent_ = 0, errors_ = 0;
    TimePoint start_;
    Duration took_{0};
    int epoll_ = epoll_create1(EPOLL_CLOEXEC);
    std::vector<Slot> slots_;  // by descriptor
    std::vector<int> idle_;
    std::vector<double> latencies_us_;
};

void Rate::connect_all() {
    for (int i = 0; i < load_.connections; ++i) {
        auto peer = std::make_unique<Peer>(epoll_, load_.port);
        const auto fd = static_cast<std::size_t>(peer->fd());
        if (slots_.size() <= fd) slots_.resize(fd + 1);
        idle_.push_back(peer->fd());
        slots_[fd].peer = std::move(peer);
    }
}

void Rate::send_due(TimePoint now) {
    while (sent_ < total_ && !idle_.empty()) {
        const auto due = start_ + interval_ * static_cast<long>(sent_);
        if (due > now) return;
        auto& slot = slots_[static_cast<std::size_t>(idle_.back())];
        idle_.pop_back();
        slot.due = due;
        slot.peer->send(request_);
        ++sent_;
    }
}

void Rate::wait(TimePoint now) {
    std::array<epoll_event, 128> events;
    const auto next = start_ + interval_ * static_cast<long>(sent_);
    const bool more = sent_ < total_ && !idle_.empty();
    const auto pause = more ? std::max(next - now, Duration{0}) : Duration(1s);
    const timespec limit{pause / 1s, (pause % 1s).count()};
    const int count = epoll_pwait2(epoll_, events.data(), events.size(), &limit, nullptr);
    for (int i = 0; i < count; ++i) on_event(events[static_cast<std::size_t>(i)]);
}

void Rate::on_event(const epoll_event& event) {
    auto& slot = slots_[static_cast<std::size_t>(event.data.fd)];
    if (event.events & EPOLLOUT) slot.peer->on_writable();
    const bool alive = slot.peer->read();
    const int status = slot.peer->take_answer();
    if (status == 0 && alive) return;
    const std::chrono::duration<double, std::micro> took = Clock::now() - slot.due;
    latencies_us_.push_back(took.count());
    if (status != 200) ++errors_;
    if (!alive) return slot.peer.reset();
    idle_.push_back(event.data.fd);
}

void Rate::run() {
    prctl(PR_SET_TIMERSLACK, 1);
    connect_all();
    start_ = Clock::now();
    const auto give_up = start_ + std::chrono::seconds(load_.seconds + 10);
    while (latencies_us_.size() < total_) {
        const auto now = Clock::now();
        if (now > give_up) break;
        send_due(now);
        wait(Clock::now());
    }
    took_ = Clock::now() - start_;
    errors_ += total_ - latencies_us_.size();
}

void Rate::print() {
    std::ranges::sort(latencies_us_);
    const auto at = [&](double share) {
        if (latencies_us_.empty()) return 0.0;
        return latencies_us_[static_cast<std::size_t>(
            share * static_cast<double>(latencies_us_.size() - 1))];
    };
    std::printf(
        "{\"requests\":%zu,\"seconds\":%.6f,\"errors\":%zu,\"p50_us\":%.1f,\"p90_us\":%.1f,\"p99_"
        "us\":%.1f,"
        "\"max_us\":%.1f}\n",
        latencies_us_.size(), std::chrono::duration<double>(took_).count(), errors_, at(0.5),
        at(0.9), at(0.99), at(1));
}

}  // namespace

int run_rate(const Load& load) {
    Rate rate(load);
    rate.run();
    rate.print();
    return 0;
}

}  // namespace ogem::bench
