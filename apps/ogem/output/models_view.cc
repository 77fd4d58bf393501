#include "ogem/output/models_view.h"

#include "base/text.h"
#include "ogem/output/members.h"
#include "ogem/output/units.h"

#include <algorithm>
#include <cstdio>
#include <vector>

namespace ogem::cli {

namespace {

std::string or_dash(std::string text) {
    return text.empty() ? "-" : text;
}

std::string price_cell(const json::Value& price) {
    if (!price.is_number()) return "-";
    char text[32];
    std::snprintf(text, sizeof text, "$%.2f", price.get<double>());
    return text;
}

std::string context_cell(const json::Value& context, bool exact) {
    if (!context.is_number_integer()) return "-";
    const auto tokens = context.get<std::int64_t>();
    return exact ? cat(tokens) : short_count(tokens);
}

std::vector<std::string> row_of(const json::Value& model, bool exact) {
    const auto& ogem = member(model, "ogem");
    const auto& price = member(ogem, "price");
    const auto& routes = member(ogem, "routes");
    return {text_in(model, "id"),
            or_dash(join(strings_of(member(ogem, "aliases")), ",")),
            routes.is_array() ? cat(routes.size()) : "-",
            price_cell(member(price, "input")),
            price_cell(member(price, "output")),
            context_cell(member(ogem, "context"), exact),
            or_dash(join(strings_of(member(ogem, "can")), ","))};
}

}  // namespace

// One star at a time: on a mismatch the last star swallows one byte more.
bool matches(std::string_view text, std::string_view glob) {
    std::size_t t = 0, g = 0, after_star = glob.npos, resume = 0;
    while (t < text.size()) {
        if (g < glob.size() && glob[g] == '*') {
            after_star = ++g;
            resume = t;
        } else if (g < glob.size() && (glob[g] == '?' || glob[g] == text[t])) {
            ++g;
            ++t;
        } else if (after_star != glob.npos) {
            g = after_star;
            t = ++resume;
        } else {
            return false;
        }
    }
    return glob.find_first_not_of('*', g) == glob.npos;
}

json::Value matching(const json::Value& list, std::string_view pattern) {
    const auto wanted = to_lower(pattern);
    const bool is_glob = wanted.find_first_of("*?") != wanted.npos;
    auto found = json::Value::array();
    for (const auto& model : member(list, "data")) {
        auto names = strings_of(member(member(model, "ogem"), "aliases"));
        names.push_back(text_in(model, "id"));
        const bool hit = std::ranges::any_of(names, [&](const std::string& name) {
            const auto lower = to_lower(name);
            return is_glob ? matches(lower, wanted) : lower.contains(wanted);
        });
        if (hit) found.push_back(model);
    }
    return found;
}

Table models_table(const json::Value& models, bool exact) {
    Table table{{"MODEL", "ALIASES", "ROUTES", "IN/1M", "OUT/1M", "CONTEXT", "CAN"}, {}};
    for (const auto& model : models) table.rows.push_back(row_of(model, exact));
    return table;
}

}  // namespace ogem::cli
