// What coroutines of this project wait for. Each awaiter unregisters when it is destroyed, so that
// destroying a suspended Task leaves nothing behind. One waiter per direction of a Watch.
#pragma once

#include "base/task.h"
#include "net/loop.h"

#include <memory>
#include <utility>

namespace ogem::net {

enum class Wake : unsigned char { ready, timeout };

// co_await until_readable(watch, deadline): TimePoint::max() waits for ever.
class UntilReady {
public:
    UntilReady(Watch& watch, Hook Watch::*slot, bool ready, TimePoint deadline)
        : watch_(watch),
          slot_(slot),
          ready_(ready),
          deadline_(deadline),
          timer_(watch.loop(),
                 {[](void* self) { static_cast<UntilReady*>(self)->wake(Wake::timeout); }, this}) {}
    ~UntilReady() {
        if (waiting_) watch_.*slot_ = {};
    }
    UntilReady(const UntilReady&) = delete;

    bool await_ready() const noexcept { return ready_; }
    void await_suspend(std::coroutine_handle<> waiter) noexcept {
        waiter_ = waiter;
        waiting_ = true;
        watch_.*
            slot_ = {[](void* self) { static_cast<UntilReady*>(self)->wake(Wake::ready); }, this};
        if (deadline_ != TimePoint::max()) timer_.arm(deadline_);
    }
    Wake await_resume() const noexcept { return result_; }

private:
    void wake(Wake result) {
        result_ = result;
        waiting_ = false;
        watch_.*slot_ = {};
        timer_.disarm();
        waiter_.resume();
    }

    Watch& watch_;
    Hook Watch::*slot_;
    bool ready_;
    bool waiting_ = false;
    Wake result_ = Wake::ready;
    TimePoint deadline_;
    Timer timer_;
    std::coroutine_handle<> waiter_;
};

inline UntilReady until_readable(Watch& watch, TimePoint deadline) {
    return UntilReady(watch, &Watch::on_readable, watch.readable(), deadline);
}
inline UntilReady until_writable(Watch& watch, TimePoint deadline) {
    return UntilReady(watch, &Watch::on_writable, watch.writable(), deadline);
}

// co_await Sleep(loop, until): at least one tick's accuracy.
class Sleep {
public:
    Sleep(Loop& loop, TimePoint until)
        : until_(until),
          ready_(until <= loop.now()),
          timer_(loop, {[](void* self) { static_cast<Sleep*>(self)->waiter_.resume(); }, this}) {}
    bool await_ready() const noexcept { return ready_; }
    void await_suspend(std::coroutine_handle<> waiter) noexcept {
        waiter_ = waiter;
        timer_.arm(until_);
    }
    void await_resume() const noexcept {}

private:
    TimePoint until_;
    bool ready_;
    Timer timer_;
    std::coroutine_handle<> waiter_;
};

// co_await Yield(loop): the loop does its other work first. For whoever might never have to wait:
// others get their turn, and where the compiler makes no tail calls (sanitizers, -O0) the stack of
// coroutines that resume each other unwinds.
class Yield {
public:
    explicit Yield(Loop& loop)
        : loop_(loop), waiter_(std::make_shared<std::coroutine_handle<>>()) {}
    ~Yield() { *waiter_ = nullptr; }
    Yield(const Yield&) = delete;

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiter) {
        *waiter_ = waiter;
        loop_.later([waiter = waiter_] {
            if (*waiter) std::exchange(*waiter, nullptr).resume();
        });
    }
    void await_resume() const noexcept {}

private:
    Loop& loop_;
    std::shared_ptr<std::coroutine_handle<>> waiter_;  // shared with what the loop will run
};

// One coroutine waits, somebody on the same loop signals. A signal without a waiter is remembered.
class Signal {
public:
    void raise() {
        raised_ = true;
        if (waiter_) std::exchange(waiter_, nullptr).resume();
    }
    void clear() { raised_ = false; }
    bool raised() const { return raised_; }

    class Awaiter {
    public:
        explicit Awaiter(Signal& signal) : signal_(signal) {}
        ~Awaiter() { signal_.waiter_ = nullptr; }
        Awaiter(const Awaiter&) = delete;
        bool await_ready() const noexcept { return signal_.raised_; }
        void await_suspend(std::coroutine_handle<> waiter) noexcept { signal_.waiter_ = waiter; }
        void await_resume() const noexcept {}

    private:
        Signal& signal_;
    };
    Awaiter wait() { return Awaiter(*this); }

private:
    std::coroutine_handle<> waiter_;
    bool raised_ = false;
};

// co_await UnlessGone(task, watch): runs `task`, but destroys it as soon as the peer of `watch`
// hangs up while it is suspended, unless `immune` says by then that it must go on. True: it ran to
// its end. The Task is the caller's and is finished or empty afterwards.
class UnlessGone {
public:
    UnlessGone(Task<>& task, Watch& watch, const bool& immune)
        : task_(task), watch_(watch), immune_(immune) {}
    ~UnlessGone() {
        if (waiting_) watch_.on_hangup = {};
    }
    UnlessGone(const UnlessGone&) = delete;

    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<> parent) {
        task_.start();
        if (task_.done()) return false;
        if (watch_.hung_up() && !immune_) {
            task_.reset();
            return false;
        }
        waiting_ = true;
        parent_ = parent;
        task_.handle().promise().continuation = parent;
        watch_.on_hangup = {[](void* self) { static_cast<UnlessGone*>(self)->gone(); }, this};
        return true;
    }
    bool await_resume() noexcept {
        if (waiting_) watch_.on_hangup = {};
        waiting_ = false;
        return static_cast<bool>(task_);
    }

private:
    void gone() {
        if (immune_) return;
        task_.reset();
        parent_.resume();
    }

    Task<>& task_;
    Watch& watch_;
    const bool& immune_;
    bool waiting_ = false;
    std::coroutine_handle<> parent_;
};

}  // namespace ogem::net
