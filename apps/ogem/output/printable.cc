#include "ogem/output/printable.h"

namespace ogem::cli {

std::string printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
        if (byte == 0xc2 && next >= 0x80 && next < 0xa0) {
            ++i;
        } else if ((byte >= 0x20 && byte != 0x7f) || byte == '\n' || byte == '\t') {
            out += text[i];
        }
    }
    return out;
}

}  // namespace ogem::cli
