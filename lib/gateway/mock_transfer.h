// The answer of the built-in provider `mock`, played back as if it came over a network.
#pragma once

#include "gateway/mock.h"
#include "net/loop.h"
#include "net/sender.h"

namespace ogem::gateway {

class MockTransfer final : public net::Transfer {
public:
    MockTransfer(net::Loop& loop, MockAnswer answer) : loop_(loop), answer_(std::move(answer)) {}

    Task<Result<net::ResponseHead>> head() override;
    Task<Result<std::string_view>> read() override;
    net::Sent sent() const override { return net::Sent::everything; }

private:
    net::Loop& loop_;
    MockAnswer answer_;
    std::size_t next_ = 0;
    bool waited_ = false;  // for the piece at next_
};

}  // namespace ogem::gateway
