#include "speech.h"

#include "openai/understand.h"
#include "openai/voice.h"

namespace ogem::fake {

namespace {

std::optional<Refusal> no_refusal(const Request&, const Route&, const json::Value&,
                                  const google::Tokens&) {
    return {};
}

const Speech kOpenai{&openai::kVoice, no_refusal, openai::understand};

}  // namespace

const Speech& speech_of(Dialect) {
    return kOpenai;
}

}  // namespace ogem::fake
