// Contents and their parts.
#include "base/text.h"
#include "gemini/rules.h"
#include "say/talk.h"

#include <algorithm>

namespace ogem::fake::gemini {

namespace {

using json::Value;

constexpr Field kContent[] = {{"role", kString}, {"parts", kArray, true}};
constexpr Field kPart[] = {{"text", kString},
                           {"inlineData", kObject},
                           {"fileData", kObject},
                           {"functionCall", kObject},
                           {"functionResponse", kObject},
                           {"executableCode", kObject},
                           {"codeExecutionResult", kObject},
                           {"thought", kBoolean},
                           {"thoughtSignature", kString},
                           {"videoMetadata", kObject},
                           {"mediaResolution", kObject}};
constexpr std::string_view kData[] = {
    "text",           "inlineData",         "fileData", "functionCall", "functionResponse",
    "executableCode", "codeExecutionResult"};
constexpr Field kInline[] = {
    {"mimeType", kString, true}, {"data", kString, true}, {"displayName", kString}};
constexpr Field kFile[] = {
    {"mimeType", kString}, {"fileUri", kString, true}, {"displayName", kString}};

// Vertex knows calls by their place and takes no ids.
std::vector<Field> with_id(std::vector<Field> fields, const Terms& terms) {
    if (!terms.vertex) fields.push_back({"id", kString});
    return fields;
}

void check_function_name(const Value& holder, const Where& where, Findings& out) {
    out.when(text_at(holder, "name").empty() && holder.contains("name"),
             cat("* GenerateContentRequest.", snake_case(where.bracketed()),
                 ".name: Name cannot be empty.\n"));
}

void check_media(const Value& part, const Where& where, const Terms& terms, Findings& out) {
    if (part.contains("inlineData")) {
        const auto& data = part["inlineData"];
        out.fields(data, where / "inlineData", kInline);
        out.when(data.contains("data") && !is_base64(text_at(data, "data")),
                 cat("Invalid value at '", snake_case((where / "inlineData" / "data").bracketed()),
                     "' (TYPE_BYTES), Base64 decoding failed"));
        out.when(
            data.contains("mimeType") && text_at(data, "mimeType").find('/') == std::string::npos,
            cat("Unsupported MIME type: ", text_at(data, "mimeType")));
    }
    if (!part.contains("fileData")) return;
    out.fields(part["fileData"], where / "fileData", kFile);
    const auto uri = text_at(part["fileData"], "fileUri");
    out.when(!terms.vertex && uri.starts_with("gs://"), cat("Unsupported file uri: ", uri));
    out.when(terms.vertex && !part["fileData"].contains("mimeType"),
             "Unable to submit request because it must have a mimeType parameter in fileData.");
}

void check_part(const Value& part, const Where& where, const Terms& terms, Findings& out) {
    out.fields(part, where, kPart);
    const auto count = std::ranges::count_if(
        kData, [&](std::string_view name) { return part.is_object() && part.contains(name); });
    const auto at = snake_case(where.bracketed());
    out.when(count == 0,
             cat("* GenerateContentRequest.", at,
                 ".data: required oneof field 'data' must have one initialized field\n"));
    out.when(count > 1,
             cat("Invalid value at '", at, "' (oneof), oneof field 'data' is already set."));
    check_media(part, where, terms, out);
    if (count != 1) return;
    if (part.contains("functionCall")) {
        const auto here = where / "functionCall";
        out.fields(part["functionCall"], here,
                   with_id({{"name", kString, true}, {"args", kObject}}, terms));
        check_function_name(part["functionCall"], here, out);
    }
    if (part.contains("functionResponse")) {
        const auto here = where / "functionResponse";
        out.fields(
            part["functionResponse"], here,
            with_id({{"name", kString, true}, {"response", kObject, true}, {"parts", kArray}},
                    terms));
        check_function_name(part["functionResponse"], here, out);
    }
    const auto& signature = member_at(part, "thoughtSignature");
    out.when(
        signature.is_string() && !is_base64(signature.get<std::string>()),
        cat("Invalid value at '", at, ".thought_signature' (TYPE_BYTES), Base64 decoding failed"));
}

}  // namespace

void check_content(const Value& content, const Where& where, const Terms& terms, Findings& out) {
    out.fields(content, where, kContent);
    const auto& parts = items_at(content, "parts");
    out.when(parts.empty(), cat("* GenerateContentRequest.", snake_case(where.bracketed()),
                                ".parts: contents.parts must not be empty.\n"));
    for (std::size_t i = 0; i < parts.size(); ++i)
        check_part(parts[i], where / "parts" / i, terms, out);
}

void check_contents(const Value& contents, const Terms& terms, Findings& out) {
    if (!contents.is_array()) return;
    out.when(contents.empty(), "* GenerateContentRequest.contents: contents is not specified\n");
    for (std::size_t i = 0; i < contents.size(); ++i) {
        const auto role = text_at(contents[i], "role");
        out.when(!role.empty() && role != "user" && role != "model",
                 "Please use a valid role: user, model.");
        check_content(contents[i], Where{} / "contents" / i, terms, out);
    }
    check_calls(contents, terms, out);
}

}  // namespace ogem::fake::gemini
