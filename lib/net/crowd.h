// Many coroutines of one loop wait for the same moment, each until its own deadline; somebody on
// that loop wakes them all. Whoever is destroyed while waiting leaves, and nobody else notices.
#pragma once

#include "net/wait.h"

namespace ogem::net {

class Crowd {
    struct Place {
        Place* previous = this;
        Place* next = this;

        Place() = default;
        Place(const Place&) = delete;
        bool alone() const { return next == this; }
        void join(Place& ring) {
            previous = ring.previous;
            next = &ring;
            previous->next = ring.previous = this;
        }
        void leave() {
            previous->next = next;
            next->previous = previous;
            previous = next = this;
        }
        // All of `ring` but itself comes here.
        void take_over(Place& ring) {
            if (ring.alone()) return;
            join(ring);
            ring.leave();
        }
    };

public:
    // co_await Waiter(crowd, loop, deadline). TimePoint::max() waits for ever.
    class Waiter : Place {
    public:
        Waiter(Crowd& crowd, Loop& loop, TimePoint deadline)
            : crowd_(crowd),
              deadline_(deadline),
              timer_(loop,
                     {[](void* self) { static_cast<Waiter*>(self)->wake(Wake::timeout); }, this}) {}
        ~Waiter() { leave(); }

        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> waiter) noexcept {
            waiter_ = waiter;
            join(crowd_.ring_);
            if (deadline_ != TimePoint::max()) timer_.arm(deadline_);
        }
        Wake await_resume() const noexcept { return result_; }

    private:
        friend class Crowd;
        void wake(Wake result) {
            result_ = result;
            leave();
            timer_.disarm();
            waiter_.resume();
        }

        Crowd& crowd_;
        const TimePoint deadline_;
        Timer timer_;
        Wake result_ = Wake::ready;
        std::coroutine_handle<> waiter_;
    };

    bool empty() const { return ring_.alone(); }

    // In the order they came; who comes meanwhile waits for the next time. Not from within a
    // coroutine that somebody who is woken may destroy. The crowd itself may be destroyed
    // meanwhile.
    void wake_all() {
        Place woken;
        woken.take_over(ring_);
        while (!woken.alone()) static_cast<Waiter*>(woken.next)->wake(Wake::ready);
    }

private:
    Place ring_;
};

}  // namespace ogem::net
