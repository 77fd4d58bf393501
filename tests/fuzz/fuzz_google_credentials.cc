// Any bytes as a credentials file: they are credentials that can ask for a token, or a sentence on
// one line that names the file.
#include "auth/google/token_request.h"

#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace ogem::auth::google;
    std::string text(reinterpret_cast<const char*>(data), size);
    const auto read = parse_credentials(std::move(text), "/key.json");
    if (!read) {
        const auto& message = read.error().message;
        if (!message.starts_with("/key.json")) std::abort();
        if (message.find_first_of("\r\n") != std::string::npos) std::abort();
        return 0;
    }
    const auto request = token_request(*read, 1'700'000'000);
    if (!request || !same_identity(*read, *read)) std::abort();
    return 0;
}
