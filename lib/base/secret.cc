#include "base/secret.h"

#include <cstddef>

namespace ogem {

std::string Secret::masked() const {
    if (text_.size() < 16) return "***";
    return text_.substr(0, 3) + "..." + text_.substr(text_.size() - 4);
}

bool Secret::matches(std::string_view presented) const {
    if (text_.empty()) return false;
    unsigned differs = text_.size() == presented.size() ? 0 : 1;
    // Walks the presented text, so the time tells its length (known to the sender) and nothing
    // else.
    for (std::size_t i = 0; i < presented.size(); ++i)
        differs |= static_cast<unsigned char>(presented[i]) ^
                   static_cast<unsigned char>(text_[i % text_.size()]);
    return differs == 0;
}

}  // namespace ogem
