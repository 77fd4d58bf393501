// The envelope of any bytes: refused, or a view of the model that a splice can replace, after which
// the body reads the same but for its model.
#include "chat/envelope.h"
#include "json/scan.h"
#include "wire/openai/request.h"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace ogem;

namespace {

constexpr const char* kModel = "up\"stream";

std::string padded(std::string_view text) {
    return std::string(text).append(json::kPadding, '"');
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const auto bytes = padded({reinterpret_cast<const char*>(data), size});
    const auto body = std::string_view(bytes).substr(0, size);
    const auto envelope = chat::read_envelope(body);
    if (!envelope) return 0;
    const auto spliced = wire::openai::with_model(body, *envelope, kModel).text();
    const auto again_bytes = padded(spliced);
    const auto again = chat::read_envelope(std::string_view(again_bytes).substr(0, spliced.size()));
    if (!again || again->model != kModel) std::abort();
    if (again->stream != envelope->stream || again->max_tokens != envelope->max_tokens ||
        again->deterministic != envelope->deterministic)
        std::abort();
    return 0;
}
