#include "anthropic/model.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>

namespace ogem::fake::anthropic {

Model model_of(std::string_view name) {
    Model model;
    if (!name.starts_with("claude-")) return model;
    name = name.substr(0, name.find('@'));
    int found = 0;
    for (const auto piece : split(name, '-')) {
        const bool number = piece.size() <= 2 &&
                            std::ranges::all_of(piece, [](char c) { return c >= '0' && c <= '9'; });
        if (!number) continue;
        int value = 0;
        std::from_chars(piece.data(), piece.data() + piece.size(), value);
        if (found == 0) model.major = value;
        if (found == 1) model.minor = value;
        ++found;
    }
    return model;
}

}  // namespace ogem::fake::anthropic
