// Any body is refused with a sentence or understood; what is understood can be written for both
// services, and what was written means the same once more.
#include "json/cursor.h"
#include "wire/gemini/inbound/generate_request.h"
#include "wire/gemini/request.h"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace ogem;
using namespace ogem::wire::gemini;

Result<GenerateRequest> read(std::string_view body) {
    return read_generate_request("m", body, false, [n = 0](std::string_view prefix) mutable {
        return std::string(prefix) + std::to_string(n++);
    });
}

bool is_json(std::string_view text) {
    json::Cursor c(text);
    c.value();
    return c.finish();
}

void check(const chat::Request& request, Service service, chat::SchemaForm form) {
    wire::Place place{"gemini-3-flash", "us-central1", "p", {}};
    place.can.thinking = chat::Thinking::level;
    place.can.show_reasoning = false;
    place.can.schema = form;
    const auto call = write_request(request, place, service, {});
    if (!call) {
        if (call.error().message.empty()) std::abort();
        return;
    }
    if (!is_json(call->body)) std::abort();
    const auto again = read(call->body);
    if (!again) std::abort();
    const auto second = write_request(again->request, place, service, {});
    if (!second || second->body != call->body) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const auto in = read({reinterpret_cast<const char*>(data), size});
    if (!in) {
        if (in.error().kind != Kind::invalid || in.error().message.empty()) std::abort();
        return 0;
    }
    check(in->request, Service::vertex, chat::SchemaForm::json);
    check(in->request, Service::studio, chat::SchemaForm::openapi);
    return 0;
}
