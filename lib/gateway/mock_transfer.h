// The answer of the built-in provider `mock`, played back as if it came over a network.
#pragma once

#include "gateway/mock.h"
#include "net/loop.h"
#include "net/sender.h"

namespace ogem::gateway {

class MockTransfer final : public net::Transfer {
public:
    // No piece comes after `deadline`: the transfer fails then.
    MockTransfer(net::Loop& loop, MockAnswer answer, TimePoint deadline)
        : loop_(loop), answer_(std::move(answer)), deadline_(deadline) {}

    Task<Result<net::ResponseHead>> head() override;
    Task<Result<std::string_view>> read() override;
    net::Sent sent() const override { return net::Sent::everything; }

private:
    Task<bool> wait(Duration length);

    net::Loop& loop_;
    MockAnswer answer_;
    const TimePoint deadline_;
    std::size_t next_ = 0;
    bool waited_ = false;  // for the piece at next_
};

}  // namespace ogem::gateway
