#include "wire/gemini/inbound/read_part.h"

#include "base/text.h"
#include "json/compact.h"
#include "json/writer.h"

namespace ogem::wire::gemini {

namespace {

using chat::Part;

struct Blob {
    std::string media_type, content;  // base64, or a URI
};

Result<Blob> read_blob(const Spot& spot, std::string_view content_name) {
    Blob blob;
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        if (is_named(member.name, "mimeType")) return take(member, blob.media_type);
        if (is_named(member.name, content_name)) return take(member, blob.content);
        return {};
    });
    if (!read) return fail_as(read);
    if (blob.content.empty()) return spot.lacks(content_name);
    return blob;
}

Result<Part> read_inline(const Spot& spot) {
    auto blob = read_blob(spot, "data");
    if (!blob) return fail_as(blob);
    if (blob->media_type.empty()) return spot.lacks("mimeType");
    Part part;
    if (blob->media_type.starts_with("audio/")) {
        part.kind = Part::Kind::audio;
        part.format = blob->media_type.substr(blob->media_type.find('/') + 1);
        part.data = std::move(blob->content);
        return part;
    }
    const bool image = blob->media_type.starts_with("image/");
    part.kind = image ? Part::Kind::image : Part::Kind::file;
    (image ? part.url : part.data) = cat("data:", blob->media_type, ";base64,", blob->content);
    return part;
}

Result<Part> read_uri(const Spot& spot) {
    auto blob = read_blob(spot, "fileUri");
    if (!blob) return fail_as(blob);
    Part part;
    const bool image = blob->media_type.starts_with("image/");
    part.kind = image ? Part::Kind::image : Part::Kind::file;
    part.url = std::move(blob->content);
    if (!blob->media_type.empty())
        part.rest.push_back({"mime_type", json::quoted(blob->media_type)});
    return part;
}

Result<chat::ToolCall> read_call(const Spot& spot) {
    chat::ToolCall call;
    call.arguments = "{}";
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        if (member.name == "id") return take(member, call.id);
        if (member.name == "name") return take(member, call.name);
        if (member.name != "args") return {};
        if (!member.is_object()) return member.refuse("must be an object");
        call.arguments = json::compact(member.raw);
        return {};
    });
    if (!read) return fail_as(read);
    if (call.name.empty()) return spot.lacks("name");
    return call;
}

// {"output":"text"} is how text is put into the object that Gemini wants.
Result<std::string> read_response(const Spot& spot) {
    std::string output;
    int members = 0;
    bool plain = false;
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        ++members;
        plain = member.name == "output" && member.is_string();
        return plain ? take(member, output) : Result<void>();
    });
    if (!read) return fail_as(read);
    return plain && members == 1 ? output : json::compact(spot.raw);
}

Result<void> read_files(const Spot& spot, std::vector<Part>& files) {
    return each_element(spot, [&](const Spot& element) -> Result<void> {
        auto read = read_in_part(element);
        if (!read) return fail_as(read);
        if (read->part) files.push_back(std::move(*read->part));
        return {};
    });
}

Result<FunctionResponse> read_function_response(const Spot& spot) {
    FunctionResponse out;
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        if (member.name == "id") return take(member, out.id);
        if (member.name == "name") return take(member, out.name);
        if (member.name == "parts") return read_files(member, out.files);
        if (member.name != "response") return {};
        auto text = read_response(member);
        if (!text) return fail_as(text);
        out.text = std::move(*text);
        return {};
    });
    if (!read) return fail_as(read);
    return out;
}

template <class Value>
Result<void> put(Result<Value> value, std::optional<Value>& out) {
    if (!value) return fail_as(value);
    out = std::move(*value);
    return {};
}

bool is_code(std::string_view name) {
    for (const auto* code : {"executableCode", "codeExecutionResult", "toolCall", "toolResponse"})
        if (is_named(name, code)) return true;
    return false;
}

}  // namespace

Result<InPart> read_in_part(const Spot& spot) {
    InPart in;
    std::string signature;
    bool thought = false;
    std::vector<chat::Extra> rest;
    auto read = each_member(spot, [&](const Spot& member) -> Result<void> {
        const auto name = member.name;
        if (name == "text") return take(member, in.part.emplace().text);
        if (name == "thought") return take(member, thought);
        if (is_named(name, "inlineData")) return put(read_inline(member), in.part);
        if (is_named(name, "fileData")) return put(read_uri(member), in.part);
        if (is_named(name, "functionCall")) return put(read_call(member), in.call);
        if (is_named(name, "functionResponse"))
            return put(read_function_response(member), in.response);
        if (is_named(name, "thoughtSignature")) return take(member, signature);
        if (is_code(name)) return member.refuse("code that a provider runs is not supported here");
        rest.push_back({std::string(name), std::string(member.raw)});
        return {};
    });
    if (!read) return fail_as(read);
    if (in.call) in.call->signature = std::move(signature);
    if (thought) in.part.reset();
    if (in.part) in.part->rest.insert(in.part->rest.end(), rest.begin(), rest.end());
    return in;
}

}  // namespace ogem::wire::gemini
