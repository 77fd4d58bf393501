// Any text is refused or becomes a JSON object of bounded size, and a Schema stays convertible.
#include "json/cursor.h"
#include "wire/gemini/schema.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace ogem;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    wire::gemini::takes_nothing(text);
    const auto converted = wire::gemini::converted_schema(text);
    if (!converted) return 0;
    if (!converted->starts_with('{') || converted->size() > (2u << 20)) std::abort();
    json::Cursor c(*converted);
    c.value();
    if (!c.finish()) std::abort();
    if (!wire::gemini::converted_schema(*converted)) std::abort();
    return 0;
}
