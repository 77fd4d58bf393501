// load() on arbitrary bytes: never throws, never crashes, and what it makes can be shown.
#include "config/load.h"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    ogem::config::Sources sources;
    sources.name = "fuzz.yaml";
    sources.text = std::string(reinterpret_cast<const char*>(data), size);
    std::vector<ogem::config::Diagnostic> complaints;
    sources.dotenv = ogem::config::parse_dotenv(*sources.text, ".env", complaints);
    sources.env = sources.dotenv;
    const auto loaded = ogem::config::load(sources);
    if (loaded.config.providers.empty() && loaded.ok()) __builtin_trap();  // mock is always there
    ogem::config::to_json(loaded, true);
    ogem::config::to_json(loaded.complaints);
    for (const auto& complaint : loaded.complaints) ogem::config::to_text(complaint);
    return 0;
}
