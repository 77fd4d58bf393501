// Which bytes are UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
#pragma once

#include <cstddef>

namespace ogem::json {

// Length of the valid sequence at `at`, which is before `end`; 0 if there is none.
inline std::size_t utf8_length(const char* at, const char* end) {
    const auto size = end - at;
    const auto byte = [at](int i) { return static_cast<unsigned char>(at[i]); };
    const auto tail = [&](int i) { return i < size && (byte(i) & 0xc0) == 0x80; };
    const auto first = byte(0);
    if (first < 0x80) return 1;
    if (first < 0xc2) return 0;
    if (first < 0xe0) return tail(1) ? 2 : 0;
    if (first < 0xf0) {
        const bool overlong = first == 0xe0 && size > 1 && byte(1) < 0xa0;
        const bool surrogate = first == 0xed && size > 1 && byte(1) >= 0xa0;
        return tail(1) && tail(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first >= 0xf5) return 0;
    const bool overlong = first == 0xf0 && size > 1 && byte(1) < 0x90;
    const bool too_high = first == 0xf4 && size > 1 && byte(1) >= 0x90;
    return tail(1) && tail(2) && tail(3) && !overlong && !too_high ? 4 : 0;
}

}  // namespace ogem::json
