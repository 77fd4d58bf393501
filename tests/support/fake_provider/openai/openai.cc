#include "openai/openai.h"

#include "openai/rules.h"
#include "openai/understand.h"
#include "openai/voice.h"

namespace ogem::fake::openai {

namespace {

std::optional<Refusal> refusal(const Request& request, const Route& route, const json::Value& body,
                               const google::Tokens&) {
    if (request.header("authorization").empty())
        return Refusal{{401, "You didn't provide an API key.", "missing_api_key"}, &kVoice};
    Findings findings(kWording);
    if (body.is_null()) findings.say({400, "We could not parse the JSON body of your request."});
    check(route, body, findings);
    if (!findings.any()) return {};
    return Refusal{*findings.first(), &kVoice};
}

}  // namespace

const Speech kSpeech{&kVoice, refusal, understand};

}  // namespace ogem::fake::openai
