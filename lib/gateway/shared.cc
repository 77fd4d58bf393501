#include "gateway/shared.h"

#include <ctime>
#include <random>

namespace ogem::gateway {

std::int64_t unix_seconds_now() {
    return static_cast<std::int64_t>(std::time(nullptr));
}

std::string new_id(std::string_view prefix) {
    constexpr std::string_view kLetters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    constexpr int kLength = 24;
    thread_local std::random_device random;
    std::uniform_int_distribution<std::size_t> any(0, kLetters.size() - 1);
    std::string id(prefix);
    for (int i = 0; i < kLength; ++i) id += kLetters[any(random)];
    return id;
}

}  // namespace ogem::gateway
