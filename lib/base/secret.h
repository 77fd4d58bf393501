// A key or token. It cannot be printed, streamed or compared by accident: the only way to its text
// is reveal(), so every use can be found by searching for that word (promise 13).
#pragma once

#include <string>
#include <string_view>

namespace ogem {

class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text) : text_(std::move(text)) {}

    bool empty() const { return text_.empty(); }

    // The secret itself: for a request header or a comparison, never for a message.
    const std::string& reveal() const { return text_; }

    // What people may see: "sk-...f3a1" of a long secret, "***" of one shorter than 16 characters.
    std::string masked() const;

    // True if `presented` is this secret. Takes the same time whatever differs; an empty secret
    // matches nothing.
    bool matches(std::string_view presented) const;

private:
    std::string text_;
};

}  // namespace ogem
