// Whatever a client sends to /v1/responses is read or refused in a sentence; what was read makes a
// chat request that is JSON.
#include "json/cursor.h"
#include "wire/openai/request_writer.h"
#include "wire/responses/request.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace ogem;
    const auto request = wire::responses::read_request({reinterpret_cast<const char*>(data), size});
    if (!request) {
        if (request.error().kind != Kind::invalid || request.error().message.empty()) std::abort();
        return 0;
    }
    const auto call = wire::openai::write_request(request->chat, {}, wire::openai::Rest::all);
    json::Cursor c(call.body);
    c.value();
    if (!c.finish() && c.error().message.find("too deep") == std::string::npos) std::abort();
    return 0;
}
