// Access tokens that the fake's token endpoint and metadata server gave out. One thread.
#pragma once

#include "base/clock.h"

#include <map>
#include <string>
#include <string_view>

namespace ogem::fake::google {

// Good for ever, for tests that are not about credentials.
constexpr std::string_view kEternalToken = "ya29.eternal";

class Tokens {
public:
    std::string issue(Duration life, TimePoint now);
    bool good(std::string_view token, TimePoint now) const;
    void revoke_all() { tokens_.clear(); }

    // PEM of the key that must have signed assertions; empty: only their shape is looked at.
    std::string public_key;

private:
    std::map<std::string, TimePoint, std::less<>> tokens_;  // until when
};

}  // namespace ogem::fake::google
