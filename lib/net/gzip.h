// Compressed request bodies. Not understood yet: such a request is refused.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace ogem::net {

inline Result<std::string> gunzip(std::string_view, std::size_t) {
    return fail(Kind::invalid, "compressed bodies are not accepted");
}

}  // namespace ogem::net
