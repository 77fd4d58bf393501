// One conversation with a client: reads requests, carries out the plan of each, notes how it ended.
// Driven by the server's loop; holds no timer itself.
#pragma once

#include "base/clock.h"
#include "provider.h"
#include "sockets/channel.h"

#include <optional>
#include <string>

namespace ogem::fake {

class Connection {
public:
    Connection(Provider& provider, int fd, SSL_CTX* tls);
    ~Connection();

    // Something may be read or written, or the time of wake_at() has come.
    void drive(TimePoint now, bool readable);

    bool gone() const { return gone_; }
    bool wants_write() const { return wants_write_; }
    std::optional<TimePoint> wake_at() const { return wake_at_; }

private:
    void read(TimePoint now);
    void peer_left(Io how, TimePoint now);
    bool start_next(TimePoint now);
    bool carry_on(TimePoint now);
    bool send_step(TimePoint now);
    void end_plan(TimePoint now);
    void leave(TimePoint now, bool reset);

    Provider& provider_;
    Channel channel_;
    std::uint64_t id_;
    std::string buffer_;
    Request request_;
    PlanPtr plan_;             // being carried out; null: waiting for a request
    std::size_t step_ = 0;     // of plan_
    std::uint32_t round_ = 0;  // of the step's repeats
    std::size_t offset_ = 0;   // into the step's bytes
    EntryId entry_ = 0;        // of the newest request
    std::optional<TimePoint> wake_at_;
    bool wants_write_ = false;
    bool gone_ = false;
    bool idle_close_ = false;  // wake_at_ is when an idle connection ends
};

}  // namespace ogem::fake
