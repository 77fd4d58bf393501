// logprobsResult and OpenAI's list of tokens, each in the words of the other.
#pragma once

#include "chat/request.h"

#include <string>
#include <string_view>

namespace ogem::wire::gemini {

// [{"token","logprob","bytes","top_logprobs"}] of {"chosenCandidates","topCandidates"}; empty for
// what holds no token.
chat::Json tokens_of(std::string_view logprobs_result);

// The other way; empty for what is no list.
chat::Json logprobs_result_of(std::string_view tokens);

}  // namespace ogem::wire::gemini
