// What a message must say, or must not.
#pragma once

#include <string>
#include <string_view>

namespace ogem::test {

inline bool has(const std::string& message, std::string_view part) {
    return message.find(part) != std::string::npos;
}

}  // namespace ogem::test
