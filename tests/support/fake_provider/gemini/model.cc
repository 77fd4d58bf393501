#include "gemini/model.h"

#include <charconv>

namespace ogem::fake::gemini {

Model model_of(std::string_view name) {
    Model model;
    constexpr std::string_view kPrefix = "gemini-";
    if (!name.starts_with(kPrefix)) return model;
    model.flash = name.find("flash") != std::string_view::npos;
    const auto* const end = name.data() + name.size();
    const auto major = std::from_chars(name.data() + kPrefix.size(), end, model.major);
    if (major.ec == std::errc() && major.ptr != end && *major.ptr == '.')
        std::from_chars(major.ptr + 1, end, model.minor);
    return model;
}

}  // namespace ogem::fake::gemini
