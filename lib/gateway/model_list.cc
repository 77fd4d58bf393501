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

}  // namespace

Result<std::vector<std::string>> read_model_list(std::string_view body) {
    std::vector<json::Member> members;
    if (!json::scan_object(body, members)) return no_list();
    const auto data = json::find(members, "data");
    std::vector<std::string_view> items;
    if (!data || !json::scan_array(*data, items)) return no_list();
    std::vector<std::string> names;
    std::unordered_set<std::string> seen;
    for (const auto item : items) {
        if (names.size() == kMostModels) break;
        if (!json::scan_object(item, members)) return no_list();
        const auto id = json::string_of(json::find(members, "id").value_or("null"));
        if (id && can_be_typed(*id) && seen.insert(*id).second) names.push_back(*id);
    }
    return names;
}

}  // namespace ogem::gateway
