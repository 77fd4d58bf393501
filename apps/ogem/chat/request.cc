#include "ogem/chat/request.h"

#include "base/text.h"
#include "json/value.h"
#include "json/writer.h"

#include <algorithm>
#include <utility>

namespace ogem::cli {

namespace {

constexpr std::pair<std::string_view, std::string_view> kReserved[] = {
    {"model", "-m"}, {"messages", "the prompt and -s"}, {"stream", "--stream or --no-stream"}};

Outcome<ChatOption> parse_option(const std::string& text) {
    const auto equals = text.find('=');
    if (equals == text.npos || equals == 0) {
        return failed(Exit::usage, cat("-o ", text, ": an option is K=V, like temperature=0"));
    }
    auto name = text.substr(0, equals);
    const auto* reserved =
        std::ranges::find(kReserved, name, &std::pair<std::string_view, std::string_view>::first);
    if (reserved != std::end(kReserved)) {
        return failed(Exit::usage, cat("-o ", name, ": use ", reserved->second, " for that"));
    }
    auto value = text.substr(equals + 1);
    if (!json::parse(value)) value = json::quoted(value);
    return ChatOption{std::move(name), std::move(value)};
}

void write_message(json::Writer& writer, std::string_view role, std::string_view content) {
    writer.begin_object().key("role").value(role).key("content").value(content).end_object();
}

}  // namespace

Outcome<std::vector<ChatOption>> parse_options(const std::vector<std::string>& texts) {
    std::vector<ChatOption> options;
    for (const auto& text : texts) {
        auto option = parse_option(text);
        if (!option) return failed_as(option);
        std::erase_if(options, [&](const auto& known) { return known.name == option->name; });
        options.push_back(std::move(*option));
    }
    return options;
}

std::string body_of(const ChatText& chat) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("model").value(chat.model).key("messages").begin_array();
    if (!chat.system.empty()) write_message(writer, "system", chat.system);
    write_message(writer, "user", chat.prompt);
    writer.end_array();
    if (chat.stream) writer.key("stream").value(true);
    const bool has_own = std::ranges::count(chat.options, "stream_options", &ChatOption::name) > 0;
    if (chat.stream && chat.usage && !has_own) {
        writer.key("stream_options").raw(R"({"include_usage":true})");
    }
    for (const auto& [name, value] : chat.options) writer.key(name).raw(value);
    writer.end_object();
    return body;
}

bool asks_for_batch(std::string_view model) {
    return std::ranges::any_of(split(model, ','),
                               [](auto element) { return trim(element).ends_with("@batch"); });
}

}  // namespace ogem::cli
