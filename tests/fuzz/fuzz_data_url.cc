// Any text is refused or becomes base64 that means the same once more.
#include "wire/data_url.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace ogem::wire;
    const std::string_view url(reinterpret_cast<const char*>(data), size);
    const auto parsed = parse_data_url(url);
    if (!parsed) return 0;
    if (parsed->base64.size() % 4 != 0) std::abort();
    const auto again = parse_data_url("data:" + parsed->media_type + ";base64," + parsed->base64);
    if (!again || again->base64 != parsed->base64 || again->media_type != parsed->media_type)
        std::abort();
    return 0;
}
