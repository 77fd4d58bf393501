// The members of a request that shape the answer, the same for /v1/chat/completions and
// /v1/completions (OAPI CreateChatCompletionRequest, CreateCompletionRequest).
#pragma once

#include "chat/request.h"
#include "wire/openai/request/spot.h"

namespace ogem::wire::openai {

// Reads `member` into `request` if it is one of these: temperature, top_p, top_k, penalties,
// max_tokens, max_completion_tokens (which wins), n, stop, seed, stream, stream_options, user,
// safety_identifier, service_tier. False if it is another. Errors: invalid, naming the member.
Result<bool> read_sampling(const Spot& member, chat::Request& request);

// After all members: without a `user` the safety_identifier takes its place, else it stays in
// `rest`.
void settle_user(chat::Request& request);

}  // namespace ogem::wire::openai
