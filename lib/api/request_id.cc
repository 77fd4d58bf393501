#include "api/request_id.h"

#include <algorithm>
#include <cstdint>
#include <random>

namespace ogem::api {

namespace {

constexpr std::size_t kMaxLength = 128;

bool is_fit(std::string_view id) {
    return !id.empty() && id.size() <= kMaxLength &&
           std::all_of(id.begin(), id.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

std::string new_id() {
    thread_local std::mt19937_64 random{std::random_device{}()};
    auto bits = random();
    std::string id(16, '0');
    for (auto& digit : id) {
        digit = "0123456789abcdef"[bits & 15];
        bits >>= 4;
    }
    return id;
}

}  // namespace

std::string request_id_of(const wire::Headers& headers) {
    const auto given = wire::header(headers, "x-request-id");
    return is_fit(given) ? std::string(given) : new_id();
}

}  // namespace ogem::api
