// Stands in for lib/wire/http.cc.
#include "base/text.h"
#include "wire/http.h"

namespace ogem::wire {

std::string_view header(const Headers& headers, std::string_view name) {
    for (const auto& [known, value] : headers)
        if (equal_ignoring_case(known, name)) return value;
    return {};
}

}  // namespace ogem::wire
