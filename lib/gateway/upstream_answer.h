// One answer of a provider on its way to becoming events: a transfer and the reader of its bytes.
#pragma once

#include "chat/lifecycle.h"
#include "gateway/dialects.h"
#include "net/sender.h"

#include <memory>

namespace ogem::gateway {

// Lives on one loop. Destroying it closes the connection.
class UpstreamAnswer {
public:
    UpstreamAnswer(std::unique_ptr<net::Transfer> transfer, const Dialect& dialect, bool stream,
                   std::unique_ptr<wire::StreamReader> reader)
        : transfer_(std::move(transfer)),
          dialect_(dialect),
          stream_(stream),
          reader_(std::move(reader)) {}

    // Reads the next piece into events(). A failure of any kind is an event too. REQUIRES: not
    // over().
    Task<> more();

    chat::Events& events() { return events_; }
    bool over() const { return events_.lifecycle().over(); }

    // Bytes that have come and have not become events yet: at most so many are kept.
    std::size_t untold_bytes() const { return untold_bytes_; }

    // The request was sent whole, and no status came.
    bool maybe_charged() const {
        return status_ == 0 && transfer_->sent() == net::Sent::everything;
    }
    void no_more_needed() { transfer_->no_more_needed(); }

private:
    Task<> read_head();
    Task<> read_refusal(net::ResponseHead head);
    void fail(Error error);

    std::unique_ptr<net::Transfer> transfer_;
    const Dialect& dialect_;
    bool stream_;
    std::unique_ptr<wire::StreamReader> reader_;
    chat::Events events_;
    std::size_t untold_bytes_ = 0;
    int status_ = 0;  // 0: none came
};

}  // namespace ogem::gateway
