#include "ogem/output/config_view.h"

#include "base/text.h"
#include "ogem/output/json_out.h"
#include "ogem/output/members.h"

namespace ogem::cli {

namespace {

bool is_leaf(const json::Value& value) {
    return value.is_object() && value.contains("value") && value.contains("origin");
}

std::string below(const std::string& path, std::string_view name) {
    return path.empty() ? std::string(name) : cat(path, ".", name);
}

void add_rows(const json::Value& value, const std::string& path, Table& table);

void add_entries(const json::Value& list, const std::string& path, Table& table) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto& name = member(list[i], "name");
        auto entry = text_in(name, "value");
        if (entry.empty()) entry = cat(i);
        add_rows(list[i], below(path, entry), table);
    }
}

void add_rows(const json::Value& value, const std::string& path, Table& table) {
    if (is_leaf(value)) {
        auto text = scalar_text(value["value"]);
        table.rows.push_back(
            {path, text.empty() ? "-" : std::move(text), text_in(value, "origin")});
    } else if (value.is_object()) {
        for (const auto& [name, inner] : value.items()) add_rows(inner, below(path, name), table);
    } else if (value.is_array() && !value.empty()) {
        add_entries(value, path, table);
    } else {
        table.rows.push_back({path, value.empty() ? "-" : scalar_text(value), "-"});
    }
}

}  // namespace

Table config_table(const json::Value& config) {
    Table table{{"KEY", "VALUE", "ORIGIN"}, {}};
    add_rows(config, "", table);
    return table;
}

}  // namespace ogem::cli
