// A place in a JSON document; each provider spells it in its own way.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::fake {

class Where {
public:
    Where operator/(std::string_view member) const { return with({std::string(member), 0}); }
    Where operator/(const char* member) const { return *this / std::string_view(member); }
    Where operator/(std::size_t index) const { return with({"", index}); }

    bool top() const { return parts_.empty(); }
    std::string dotted() const;     // messages.0.content
    std::string bracketed() const;  // messages[0].content

private:
    struct Part {
        std::string name;  // empty: an index
        std::size_t index;
    };
    Where with(Part part) const {
        Where longer = *this;
        longer.parts_.push_back(std::move(part));
        return longer;
    }
    std::vector<Part> parts_;
};

std::string snake_case(std::string_view name);  // generationConfig -> generation_config
std::string camel_case(std::string_view name);  // generation_config -> generationConfig

}  // namespace ogem::fake
