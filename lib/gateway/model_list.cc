#include "gateway/model_list.h"

#include "json/scan.h"

#include <algorithm>
#include <unordered_set>

namespace ogem::gateway {

namespace {

// A comma would make it a chain, and nobody types the rest.
bool can_be_typed(std::string_view name) {
    return !name.empty() && name.size() <= kLongestModel && std::ranges::all_of(name, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte > ' ' && byte != 0x7f && byte != ',';
    });
}

std::unexpected<Error> no_list() {
    return fail(Kind::upstream, "the answer is not a list of models");
}

using Members = std::vector<json::Member>;

std::string text_of(const Members& members, std::string_view name) {
    return json::string_of(json::find(members, name).value_or("null")).value_or("");
}

// Gemini lists models of every trade; one that says nothing of it is believed to talk.
bool talks_or_embeds(const Members& gemini_model) {
    const auto methods = json::find(gemini_model, "supportedGenerationMethods");
    return !methods || methods->find("\"generateContent\"") != std::string_view::npos ||
           methods->find("\"embedContent\"") != std::string_view::npos;
}

// The name to ask for; empty: none.
std::string name_of(const Members& model) {
    auto id = text_of(model, "id");
    if (!id.empty() || !talks_or_embeds(model)) return id;
    auto name = text_of(model, "name");
    constexpr std::string_view kFolder = "models/";
    return name.starts_with(kFolder) ? name.substr(kFolder.size()) : name;
}

}  // namespace

Result<std::vector<std::string>> read_model_list(std::string_view body) {
    Members members;
    if (!json::scan_object(body, members)) return no_list();
    auto list = json::find(members, "data");
    if (!list) list = json::find(members, "models");
    std::vector<std::string_view> items;
    if (!list || !json::scan_array(*list, items)) return no_list();
    std::vector<std::string> names;
    std::unordered_set<std::string> seen;
    for (const auto item : items) {
        if (names.size() == kMostModels) break;
        if (!json::scan_object(item, members)) return no_list();
        auto name = name_of(members);
        if (can_be_typed(name) && seen.insert(name).second) names.push_back(std::move(name));
    }
    return names;
}

}  // namespace ogem::gateway
