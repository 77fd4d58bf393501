// Any text as a model name: refused with a short sentence, or a chain whose every element keeps
// what was typed and names at least one endpoint.
#include "route/sample.h"

#include <cstdint>
#include <cstdlib>

using namespace ogem;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    static const route::Catalog catalog(test::sample_config());
    const std::string_view typed(reinterpret_cast<const char*>(data), size);
    const auto chain = catalog.resolve(typed);
    if (!chain) {
        if (chain.error().message.empty() || chain.error().message.size() > 1'000) std::abort();
        return 0;
    }
    if (chain->empty() || chain->size() > route::kMaxChain) std::abort();
    for (const auto& element : *chain) {
        if (element.candidates.empty() || typed.find(element.typed) == std::string_view::npos)
            std::abort();
        if (element.typed.find(element.name) == std::string::npos) std::abort();
    }
    return 0;
}
