// A complaint about a member of a client's request.
#pragma once

#include "base/result.h"
#include "base/text.h"

#include <string>
#include <string_view>

namespace ogem::wire {

// Kind::invalid, "PATH: WHY", with the path as its field.
inline std::unexpected<Error> refuse_member(std::string path, std::string_view why) {
    Error error{Kind::invalid, cat(path, ": ", why), 0, {}};
    error.field = std::move(path);
    return fail(std::move(error));
}

}  // namespace ogem::wire
