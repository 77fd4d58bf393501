// The insides of the pool, shared by pool.cc and pool_transfer.cc only.
#pragma once

#include "net/pool.h"
#include "net/scratch.h"
#include "net/wait.h"

#include <list>

namespace ogem::net {

struct Pool::Connection {
    Host& host;
    Link link;
    MessageReader reader;
    Unread unread;        // by the reader
    bool unseen = false;  // some of it has not been given to the reader yet
    bool settling = false;
    Timer expiry;
    std::list<std::unique_ptr<Connection>>::iterator
        place;              // in host.idle or host.settling, while there
    Duration keepalive{0};  // to be granted once settled

    Connection(Host& host, Link link, const Limits& limits);
    ~Connection();
    void drop();       // an idle or settling connection ends
    void read_rest();  // of an answer that nobody needs any more

    // Reads once and feeds the reader, or feeds it what it has not seen. What it decodes of the
    // body lies in the scratch buffer. Errors: invalid, too_large: what came is no answer.
    Result<IoResult> step();
};

struct Pool::Host {
    Pool& pool;
    std::list<std::unique_ptr<Connection>> idle;      // most recently used first
    std::list<std::unique_ptr<Connection>> settling;  // the end of their answer has yet to come
    std::size_t open = 0;

    std::unique_ptr<Connection> take_idle();
    void settle(std::unique_ptr<Connection> connection, Duration keepalive);
    void give_back(std::unique_ptr<Connection> connection, Duration keepalive);
};

class PoolTransfer final : public Transfer {
public:
    PoolTransfer(Pool& pool, Pool::Host& host, UpstreamRequest request, Deadlines deadlines)
        : pool_(pool), host_(host), request_(std::move(request)), deadlines_(deadlines) {}

    Task<Result<ResponseHead>> head() override;
    Task<Result<std::string_view>> read() override;
    void no_more_needed() override;
    bool ended() const override { return connection_ == nullptr; }
    Sent sent() const override { return sent_; }

private:
    Task<Result<void>> connect();
    Task<Result<Socket>> connect_to_any(TimePoint deadline);
    Task<Result<void>> shake_hands(TimePoint deadline);
    Task<Result<void>> send_request();
    Task<Result<void>> read_head();
    Task<Result<void>> fill(TimePoint deadline);

    std::unexpected<Error> failed(Kind kind, std::string_view what) const;
    TimePoint until(Duration wait) const;
    void end();

    Pool& pool_;
    Pool::Host& host_;
    UpstreamRequest request_;
    const Deadlines deadlines_;
    std::unique_ptr<Pool::Connection> connection_;
    Sent sent_ = Sent::nothing;
    unsigned reads_ = 0;
};

}  // namespace ogem::net
