// A request while it is being answered: what all its attempts share.
#pragma once

#include "chat/envelope.h"
#include "chat/request.h"
#include "chat/usage.h"
#include "gateway/gateway.h"

#include <memory>
#include <optional>
#include <string>

namespace ogem::gateway {

// The client's body in no provider's dialect.
struct UnderstoodChat {
    std::shared_ptr<const chat::Request> request;
    std::string echo;  // of a text completion: its prompt, to be told before the answer
};

// A request while it is being answered: what the attempts share.
struct Request {
    Incoming incoming;
    chat::Envelope envelope;  // views into incoming.body
    std::shared_ptr<const Generation> generation;
    TimePoint deadline;
    bool committed = false;  // the client has been told 200
    std::optional<chat::Usage> usage;
    Duration first_token{0};
    // The body understood, once for all attempts that need it.
    std::optional<Result<UnderstoodChat>> chat;
};

}  // namespace ogem::gateway
