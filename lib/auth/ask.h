// One question to a token endpoint or to the metadata server, over a Sender. No redirect is
// followed, no answer over google::kLongestAnswer is read, and nothing waits longer than
// `patience`.
#pragma once

#include "auth/google/token_answer.h"
#include "base/task.h"
#include "net/loop.h"
#include "net/sender.h"

#include <cstdint>
#include <string>

namespace ogem::auth {

// A token for `credentials`, asked for at `unix_seconds`. All references outlive the Task.
// Failures: those of read_token_answer; of the Sender, which may pass.
Task<google::TokenResult> ask_for_token(net::Loop& loop, net::Sender& sender,
                                        const google::Credentials& credentials,
                                        std::int64_t unix_seconds, Duration patience);

// The project that this machine belongs to. `sender` goes straight there, past any HTTP proxy.
Task<Result<std::string>> ask_for_project(net::Loop& loop, net::Sender& sender,
                                          google::MetadataServer server, Duration patience);

}  // namespace ogem::auth
