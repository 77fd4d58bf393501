#include "net/loop.h"

#include "base/log.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstdlib>
#include <ctime>

namespace ogem::net {

Loop::Loop()
    : epoll_(epoll_create1(EPOLL_CLOEXEC)),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      now_(Clock::now()),
      thread_(std::this_thread::get_id()),
      last_walk_(now_) {
    if (epoll_ < 0 || wake_ < 0) std::abort();  // out of descriptors before anything began
    events_.resize(kEventsPerTurn);
    epoll_event event{};
    event.events = EPOLLIN | EPOLLET;
    event.data.ptr = nullptr;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, wake_, &event);
}

Loop::~Loop() {
    assert(!timers_);
    close(wake_);
    close(epoll_);
}

void Loop::run() {
    thread_ = std::this_thread::get_id();
    log::gather_lines();
    while (!stopping_.load(std::memory_order_relaxed)) {
        const int count = epoll_wait(epoll_, events_.data(), kEventsPerTurn, wait_milliseconds());
        now_ = Clock::now();
        if (count > 0) dispatch(count);
        if (now_ >= next_due_) run_due_timers();
        if (!later_.empty()) run_later();
        log::flush();
    }
    run_handed_over();
    run_later();
    log::flush();
}

int Loop::wait_milliseconds() const {
    if (!later_.empty()) return 0;
    if (next_due_ == TimePoint::max()) return -1;
    const auto at = std::max(next_due_, last_walk_ + kTick);
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(at - Clock::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(wait, 0, 60'000));
}

void Loop::dispatch(int count) {
    event_count_ = count;
    for (next_event_ = 0; next_event_ < event_count_;) {
        const auto event = events_[static_cast<std::size_t>(next_event_++)];
        if (event.data.ptr == this) continue;  // its Watch died in this turn
        if (event.data.ptr) {
            static_cast<Watch*>(event.data.ptr)->happened(event.events);
        } else {
            std::uint64_t ignored;
            [[maybe_unused]] const auto n = read(wake_, &ignored, sizeof ignored);
            run_handed_over();
        }
    }
    event_count_ = 0;
}

void Loop::add(Watch& watch) {
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.ptr = &watch;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, watch.fd_, &event);
}

void Loop::forget(Watch& watch) {
    epoll_event ignored{};
    epoll_ctl(epoll_, EPOLL_CTL_DEL, watch.fd_, &ignored);
    for (int i = next_event_; i < event_count_; ++i) {
        auto& event = events_[static_cast<std::size_t>(i)];
        if (event.data.ptr == &watch) event.data.ptr = this;
    }
}

void Loop::run_due_timers() {
    if (now_ < last_walk_ + kTick) return;
    last_walk_ = now_;
    next_due_ = TimePoint::max();
    for (Timer* timer = timers_; timer; timer = next_timer_) {
        next_timer_ = timer->next_;
        if (timer->at_ > now_) {
            next_due_ = std::min(next_due_, timer->at_);
            continue;
        }
        timer->disarm();
        timer->hook_();  // may destroy any timer: next_timer_ is kept right by disarm()
    }
    next_timer_ = nullptr;
}

void Loop::run_handed_over() {
    std::vector<std::move_only_function<void()>> work;
    {
        const std::lock_guard lock(mutex_);
        work.swap(handed_over_);
    }
    for (auto& item : work) item();
}

void Loop::run_later() {
    std::vector<std::move_only_function<void()>> work;
    work.swap(later_);
    for (auto& item : work) item();
}

void Loop::stop() {
    post([this] { stopping_ = true; });
}

void Loop::post(std::move_only_function<void()> work) {
    {
        const std::lock_guard lock(mutex_);
        handed_over_.push_back(std::move(work));
    }
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto n = write(wake_, &one, sizeof one);
}

void Loop::later(std::move_only_function<void()> work) {
    later_.push_back(std::move(work));
}

const std::string& Loop::http_date() {
    const auto second = static_cast<std::int64_t>(std::time(nullptr));
    if (second != date_second_) {
        date_second_ = second;
        std::tm parts{};
        const std::time_t t = second;
        gmtime_r(&t, &parts);
        char text[40];
        date_.assign(text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts));
    }
    return date_;
}

Watch::Watch(Loop& loop, int fd) : loop_(loop), fd_(fd) {
    loop_.add(*this);
}

Watch::~Watch() {
    if (destroyed_) *destroyed_ = true;
    loop_.forget(*this);
}

void Watch::happened(std::uint32_t events) {
    bool destroyed = false;
    destroyed_ = &destroyed;
    if (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) {
        hung_up_ = readable_ = true;
        if (on_hangup) on_hangup();
        if (destroyed) return;
    }
    if (events & EPOLLOUT) {
        writable_ = true;
        if (on_writable) on_writable();
        if (destroyed) return;
    }
    if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) {
        readable_ = true;
        if (on_readable) on_readable();
        if (destroyed) return;
    }
    // A writer that waits must learn of a broken connection too.
    if ((events & (EPOLLHUP | EPOLLERR)) && on_writable) {
        writable_ = true;
        on_writable();
        if (destroyed) return;
    }
    destroyed_ = nullptr;
}

void Timer::arm(TimePoint at) {
    at_ = at;
    loop_.next_due_ = std::min(loop_.next_due_, at);
    if (armed_) return;
    armed_ = true;
    previous_ = nullptr;
    next_ = loop_.timers_;
    if (next_) next_->previous_ = this;
    loop_.timers_ = this;
}

void Timer::disarm() {
    if (!armed_) return;
    armed_ = false;
    if (loop_.next_timer_ == this) loop_.next_timer_ = next_;
    (previous_ ? previous_->next_ : loop_.timers_) = next_;
    if (next_) next_->previous_ = previous_;
}

}  // namespace ogem::net
