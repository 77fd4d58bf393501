// One thread's event loop: descriptors, coarse timers, and work handed over by other threads.
//
// Every object of net belongs to one Loop and is used on its thread only; post() and stop() may be
// called by any thread. A turn of the loop reads the clock once: now() is that moment.
//
// Why not Asio: an edge-triggered registration that is made once, with readiness remembered in the
// Watch, spares each request two epoll_ctl and two reads that only find EAGAIN; destroying an
// object is all that cancellation takes.
#pragma once

#include "base/clock.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

struct epoll_event;

namespace ogem::net {

class Watch;
class Timer;

class Loop {
public:
    // Timers are looked at no more often than this: a deadline is met up to one tick late.
    static constexpr Duration kTick = 20ms;

    Loop();
    ~Loop();  // REQUIRES: no Watch and no Timer is left
    Loop(const Loop&) = delete;

    void run();   // on the calling thread, until stop()
    void stop();  // any thread

    TimePoint now() const { return now_; }
    bool is_inside() const { return thread_ == std::this_thread::get_id(); }

    // Runs `work` on the loop's thread, in order. Any thread.
    void post(std::move_only_function<void()> work);

    // Runs `work` at the end of the present turn, when no coroutine of this loop is running.
    void later(std::move_only_function<void()> work);

    // "Tue, 15 Nov 1994 08:12:31 GMT", made once a second.
    const std::string& http_date();

private:
    friend class Watch;
    friend class Timer;

    void add(Watch& watch);
    void forget(Watch& watch);
    int wait_milliseconds() const;
    void dispatch(int count);
    void run_due_timers();
    void run_handed_over();
    void run_later();

    static constexpr int kEventsPerTurn = 128;

    int epoll_ = -1;
    int wake_ = -1;  // eventfd
    TimePoint now_;
    std::thread::id thread_;
    std::atomic<bool> stopping_{false};

    std::vector<epoll_event> events_;
    int next_event_ = 0, event_count_ = 0;  // of the turn being dispatched

    Timer* timers_ = nullptr;                // unordered list of armed timers
    Timer* next_timer_ = nullptr;            // of the walk under way
    TimePoint next_due_ = TimePoint::max();  // no armed timer is due earlier
    TimePoint last_walk_;

    std::vector<std::move_only_function<void()>> later_;
    std::mutex mutex_;
    std::vector<std::move_only_function<void()>> handed_over_;  // guarded by mutex_

    std::int64_t date_second_ = -1;
    std::string date_;
};

// What an event calls: a plain function and its object, so that a Watch stays small.
struct Hook {
    void (*call)(void* self) = nullptr;
    void* self = nullptr;
    explicit operator bool() const { return call != nullptr; }
    void operator()() const { call(self); }
};

// One descriptor's registration: edge-triggered, both directions, made once. Remembers what the
// kernel said, so that whoever wants to read asks first and waits only when there is nothing.
class Watch {
public:
    Watch(Loop& loop, int fd);  // does not own `fd`; must be destroyed before it is closed
    ~Watch();
    Watch(const Watch&) = delete;

    Loop& loop() const { return loop_; }
    int fd() const { return fd_; }

    bool readable() const { return readable_; }
    bool writable() const { return writable_; }
    bool hung_up() const {
        return hung_up_;
    }  // the peer has closed its side, or the connection broke

    void not_readable() { readable_ = hung_up_; }  // after EAGAIN or a short read
    void not_writable() { writable_ = false; }     // after EAGAIN or a short write

    // At most one of each; called from the loop with no coroutine running. The callee may destroy
    // the Watch.
    Hook on_readable, on_writable, on_hangup;

private:
    friend class Loop;
    void happened(std::uint32_t events);

    Loop& loop_;
    int fd_;
    bool readable_ = false, writable_ = false, hung_up_ = false;
    bool* destroyed_ = nullptr;  // set while hooks run
};

// Calls back once, at or up to a tick after its moment. Destroying or disarming it cancels.
class Timer {
public:
    Timer(Loop& loop, Hook hook) : loop_(loop), hook_(hook) {}
    ~Timer() { disarm(); }
    Timer(const Timer&) = delete;

    void arm(TimePoint at);  // again: moves it
    void disarm();
    bool armed() const { return armed_; }

private:
    friend class Loop;

    Loop& loop_;
    Hook hook_;
    TimePoint at_;
    Timer* next_ = nullptr;
    Timer* previous_ = nullptr;
    bool armed_ = false;
};

}  // namespace ogem::net
