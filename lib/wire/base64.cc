#include "wire/base64.h"

#include <algorithm>
#include <cstddef>

namespace ogem::wire {

std::string base64(std::string_view bytes) {
    constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto byte = [&](std::size_t i) -> unsigned {
        return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0;
    };
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const unsigned group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        for (const unsigned shift : {18u, 12u, 6u, 0u}) out += kAlphabet[group >> shift & 63];
    }
    const auto rest = bytes.size() % 3;
    if (rest != 0) out.replace(out.size() - (3 - rest), 3 - rest, 3 - rest, '=');
    return out;
}

std::string base64url(std::string_view bytes) {
    auto out = base64(bytes);
    out.resize(std::min(out.find('='), out.size()));
    std::ranges::replace(out, '+', '-');
    std::ranges::replace(out, '/', '_');
    return out;
}

}  // namespace ogem::wire
