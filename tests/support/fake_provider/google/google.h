// Where access tokens come from: Google's token endpoint, and the metadata server of a machine.
#pragma once

#include "speech.h"

namespace ogem::fake::google {

extern const Speech kOauthSpeech, kMetadataSpeech;

// What is wrong with a signed assertion; nothing: it is good. `public_key` empty: its signature is
// not verified.
std::optional<std::string> jwt_fault(std::string_view assertion, const std::string& public_key,
                                     std::int64_t now);

}  // namespace ogem::fake::google
