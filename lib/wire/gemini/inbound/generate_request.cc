#include "wire/gemini/inbound/generate_request.h"

#include "wire/gemini/inbound/names.h"
#include "wire/gemini/inbound/read_contents.h"
#include "wire/gemini/inbound/read_generation.h"
#include "wire/gemini/inbound/read_tools.h"

#include <algorithm>
#include <iterator>

namespace ogem::wire::gemini {

namespace {

struct Reader {
    const chat::NewId& new_id;
    GenerateRequest out;
    std::vector<chat::Message> system, messages;

    Result<void> read_member(const Spot& member) {
        const auto is = [&](std::string_view camel) { return is_named(member.name, camel); };
        if (is("contents")) return read_contents(member, new_id, messages);
        if (is("systemInstruction")) return read_system(member, system);
        if (is("tools")) return read_tools(member, out);
        if (is("toolConfig")) return read_tool_config(member, out);
        if (is("generationConfig")) return read_generation(member, out);
        if (is("cachedContent"))
            return member.refuse("content that Google keeps cannot be sent to other providers");
        if (!is("model")) out.dropped.emplace_back(member.name);
        return {};
    }
};

}  // namespace

Result<GenerateRequest> read_generate_request(std::string_view model, std::string_view body,
                                              bool stream, const chat::NewId& new_id) {
    const auto first = body.find_first_not_of(" \t\r\n");
    const Spot spot{first == std::string_view::npos ? body : body.substr(first)};
    Reader reader{new_id, {}, {}, {}};
    auto read = each_member(spot, [&](const Spot& member) { return reader.read_member(member); });
    if (!read) return fail_as(read);
    if (reader.messages.empty())
        return spot.member("contents", {}).refuse("is missing or empty; send at least one content");
    auto& request = reader.out.request;
    request.model = model;
    request.stream = stream;
    request.usage_asked = true;  // Gemini's answers always tell it
    request.messages = std::move(reader.system);
    std::ranges::move(reader.messages, std::back_inserter(request.messages));
    return std::move(reader.out);
}

}  // namespace ogem::wire::gemini
