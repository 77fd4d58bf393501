// Text as the scanners want it: with readable bytes after its end. The bytes are quotes and braces,
// so that a scanner which believes them is caught.
#pragma once

#include "json/scan.h"

#include <string>
#include <string_view>

namespace ogem::test {

class Padded {
public:
    explicit Padded(std::string_view text) : size_(text.size()), bytes_(text) {
        while (bytes_.size() < size_ + json::kPadding) bytes_ += "\"}]\n";
    }
    operator std::string_view() const { return std::string_view(bytes_).substr(0, size_); }

private:
    std::size_t size_;
    std::string bytes_;
};

}  // namespace ogem::test
