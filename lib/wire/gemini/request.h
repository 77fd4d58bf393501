// A chat request in Gemini's dialect (spec wire/gemini sections 1-3, wire/translate section 3).
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "wire/dialect.h"
#include "wire/gemini/place.h"

#include <string>
#include <vector>

namespace ogem::wire::gemini {

struct SafetySetting {
    std::string category;   // "HARM_CATEGORY_HARASSMENT"
    std::string threshold;  // "BLOCK_NONE"

    bool operator==(const SafetySetting&) const = default;
};

// The call of :generateContent, or of :streamGenerateContent?alt=sse for a request that streams;
// its host is host_of(). `safety` is what the configuration says (B13), none is Google's default.
// The signatures of calls must be in the request. Errors: invalid, as a sentence for the client
// that begins with the member that is wrong ("messages[3].content[1].image_url.url: ..."), or as
// model_path.
Result<Call> write_request(const chat::Request& request, const Place& place, Service service,
                           const std::vector<SafetySetting>& safety);

}  // namespace ogem::wire::gemini
