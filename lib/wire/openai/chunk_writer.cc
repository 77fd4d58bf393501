#include "wire/openai/chunk_writer.h"

#include "base/text.h"
#include "json/writer.h"

namespace ogem::wire::openai {

ChunkWriter::ChunkWriter(AnswerHead head, Shape shape, bool usage_asked)
    : shape_(shape), usage_asked_(usage_asked) {
    const auto* object = shape == Shape::chat ? "chat.completion.chunk" : "text_completion";
    json::Writer w(start_);
    w.begin_object().key("id").value(head.id).key("object").value(object);
    w.key("created").value(head.created).key("model").value(head.model);
    start_.insert(0, "data: ");
}

std::string ChunkWriter::wrapped(std::string_view choices, std::string_view usage_json) const {
    std::string out = cat(start_, ",\"choices\":[", choices, ']');
    if (usage_asked_) append(out, ",", usage_json);
    out += "}\n\n";
    return out;
}

std::string ChunkWriter::event(int choice, std::string_view body, std::string_view reason) const {
    const auto* member = shape_ == Shape::chat ? "delta" : "text";
    const std::string finish = reason.empty() ? "null" : json::quoted(reason);
    return wrapped(cat("{\"index\":", choice, ",\"", member, "\":", body,
                       ",\"logprobs\":null,\"finish_reason\":", finish, '}'),
                   "\"usage\":null");
}

std::string ChunkWriter::role(int choice) const {
    if (shape_ == Shape::completion) return {};
    return event(choice, R"({"role":"assistant","content":"","refusal":null})");
}

std::string ChunkWriter::text(int choice, std::string_view piece) const {
    const auto content = json::quoted(piece);
    return event(choice, shape_ == Shape::chat ? cat("{\"content\":", content, '}') : content);
}

std::string ChunkWriter::tool_event(int choice, int call, std::string_view members) const {
    return event(choice, cat("{\"tool_calls\":[{\"index\":", call, ',', members, "}]}"));
}

std::string ChunkWriter::tool_start(int choice, int call, const ToolCall& tool) const {
    return tool_event(choice, call,
                      cat("\"id\":", json::quoted(tool.id), ",\"type\":\"function\",\"function\":",
                          "{\"name\":", json::quoted(tool.name), ",\"arguments\":\"\"}"));
}

std::string ChunkWriter::tool_arguments(int choice, int call, std::string_view piece) const {
    return tool_event(choice, call, cat("\"function\":{\"arguments\":", json::quoted(piece), '}'));
}

std::string ChunkWriter::finish(int choice, std::string_view reason) const {
    return event(choice, shape_ == Shape::chat ? "{}" : "\"\"", reason);
}

std::string ChunkWriter::usage(const chat::Usage& usage) const {
    std::string numbers;
    json::Writer w(numbers);
    write_usage(w, usage);
    return wrapped("", numbers);
}

}  // namespace ogem::wire::openai
