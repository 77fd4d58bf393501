// A text in pieces, as a splice leaves it: the pieces go out in one gathered write and are never
// copied together.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace ogem::wire {

// Views: whoever hands them over keeps the bytes alive as long as they are used.
struct Pieces {
    std::array<std::string_view, 3> parts;

    Pieces() = default;
    template <std::convertible_to<std::string_view> Text>
    Pieces(const Text& whole) : parts{std::string_view(whole)} {}  // a text in one piece is one too
    Pieces(std::string_view first, std::string_view second, std::string_view third)
        : parts{first, second, third} {}

    std::size_t size() const { return parts[0].size() + parts[1].size() + parts[2].size(); }
    std::string text() const {
        std::string out;
        out.reserve(size());
        for (const auto part : parts) out.append(part);
        return out;
    }
};

// A text with one part replaced: views into the text, and what stands between them now.
struct Spliced {
    std::string_view before;
    std::string inserted;
    std::string_view after;

    Pieces pieces() const { return {before, inserted, after}; }
    std::string text() const { return pieces().text(); }
};

// `text` with `part`, a view into it, replaced by `replacement`.
inline Spliced splice(std::string_view text, std::string_view part, std::string replacement) {
    const auto at = static_cast<std::size_t>(part.data() - text.data());
    return {text.substr(0, at), std::move(replacement), text.substr(at + part.size())};
}

}  // namespace ogem::wire
