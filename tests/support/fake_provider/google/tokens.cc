#include "google/tokens.h"

#include "base/text.h"
#include "say/reply.h"

namespace ogem::fake::google {

namespace {

constexpr std::size_t kMost = 10'000;

}  // namespace

std::string Tokens::issue(Duration life, TimePoint now) {
    if (tokens_.size() >= kMost) tokens_.clear();
    auto token = fresh_id("ya29.");
    tokens_.emplace(token, now + life);
    return token;
}

bool Tokens::good(std::string_view token, TimePoint now) const {
    if (token == kEternalToken) return true;
    const auto at = tokens_.find(token);
    return at != tokens_.end() && now < at->second;
}

}  // namespace ogem::fake::google
