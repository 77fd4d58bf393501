// What the gateways of all workers have in common. Small, each with its own lock.
#pragma once

#include "chat/ids.h"
#include "gateway/remembered.h"
#include "net/side_thread.h"

namespace ogem::gateway {

struct Shared {
    Remembered remembered;
    net::SideThread side;  // last: its jobs end before what they use
};

// What providers and clients call now.
std::int64_t unix_seconds_now();

// Ids that no client can guess: `prefix` and 24 letters and digits. Any thread.
std::string new_id(std::string_view prefix);

}  // namespace ogem::gateway
