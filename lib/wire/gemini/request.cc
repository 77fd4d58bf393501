#include "wire/gemini/request.h"

#include "wire/gemini/contents.h"
#include "wire/gemini/generation.h"
#include "wire/gemini/tool_writer.h"

namespace ogem::wire::gemini {

namespace {

void write_safety(json::Writer& w, const std::vector<SafetySetting>& safety) {
    if (safety.empty()) return;
    w.key("safetySettings").begin_array();
    for (const auto& [category, threshold] : safety) {
        w.begin_object().key("category").value(category);
        w.key("threshold").value(threshold).end_object();
    }
    w.end_array();
}

// What the request says and Gemini has no word for. Members that are not modelled come last, in the
// client's order.
void note_dropped(const chat::Request& request, std::vector<std::string>& dropped) {
    if (request.parallel_tool_calls == false) dropped.emplace_back("parallel_tool_calls");
    if (!request.user.empty()) dropped.emplace_back("user");
    if (!request.service_tier.empty()) dropped.emplace_back("service_tier");
    for (const auto& member : request.rest) dropped.push_back(member.name);
}

std::size_t text_size(const chat::Request& request) {
    std::size_t size = 1'024;
    for (const auto& message : request.messages)
        for (const auto& part : message.content)
            size += part.text.size() + part.url.size() + part.data.size() + 64;
    return size;
}

}  // namespace

Result<Call> write_request(const chat::Request& request, const Place& place, Service service,
                           const std::vector<SafetySetting>& safety) {
    auto path = model_path(service, place);
    if (!path) return fail_as(path);
    Call call;
    call.path = std::move(*path);
    call.path += request.stream ? ":streamGenerateContent?alt=sse" : ":generateContent";
    call.headers = {{"content-type", "application/json"}};
    call.body.reserve(text_size(request));
    json::Writer w(call.body);
    w.begin_object();
    if (auto written = write_contents(w, request, place, service); !written)
        return fail_as(written);
    if (auto written = write_tools(w, request, place.can.schema); !written) return fail_as(written);
    if (auto written = write_generation(w, request, place, call.dropped); !written)
        return fail_as(written);
    write_safety(w, safety);
    w.end_object();
    note_dropped(request, call.dropped);
    for (const auto& tool : request.tools)
        if (tool.custom) call.state.custom_tools.push_back(tool.name);
    return call;
}

}  // namespace ogem::wire::gemini
