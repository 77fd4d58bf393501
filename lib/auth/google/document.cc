#include "auth/google/document.h"

#include "json/scan.h"

#include <vector>

namespace ogem::auth::google {

Result<Document> Document::parse(std::string text) {
    json::reserve_padding(text);
    std::vector<json::Member> members;
    if (auto scanned = json::scan_object(text, members); !scanned) return fail_as(scanned);
    Document document;
    std::string buffer;
    for (const auto& member : members)
        document.members_.emplace(member.plain_name(buffer), member.value);
    return document;
}

std::string Document::text(std::string_view name) const {
    return json::string_of(raw(name)).value_or("");
}

std::string_view Document::raw(std::string_view name) const {
    const auto found = members_.find(name);
    return found == members_.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace ogem::auth::google
