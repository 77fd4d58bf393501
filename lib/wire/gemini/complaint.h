// Saying which member of a client's request cannot be told to Gemini.
#pragma once

#include "base/result.h"
#include "base/text.h"

#include <string>
#include <string_view>

namespace ogem::wire::gemini {

// "messages[3].content[1].image_url.url: it was not fetched", with the member as the field.
inline std::unexpected<Error> complaint(std::string member, std::string_view why) {
    Error error{Kind::invalid, cat(member, ": ", why), 0, {}};
    error.field = std::move(member);
    return fail(std::move(error));
}

}  // namespace ogem::wire::gemini
