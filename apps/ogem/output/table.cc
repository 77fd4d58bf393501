#include "ogem/output/table.h"

#include "base/text.h"

#include <algorithm>

namespace ogem::cli {

namespace {

// Characters, not bytes: names of models and regions are rarely anything but ASCII.
std::size_t width_of(const std::string& text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool says_something(const Table& table, std::size_t column) {
    return table.rows.empty() || std::ranges::any_of(table.rows, [&](const auto& row) {
               return !row[column].empty() && row[column] != "-";
           });
}

// Width of each column; 0 for one that is left out.
std::vector<std::size_t> widths_of(const Table& table) {
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < table.header.size(); ++i) {
        std::size_t width = width_of(table.header[i]);
        for (const auto& row : table.rows) width = std::max(width, width_of(row[i]));
        widths.push_back(says_something(table, i) ? width : 0);
    }
    return widths;
}

void append_aligned(std::string& out, const std::vector<std::string>& row,
                    const std::vector<std::size_t>& widths) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (widths[i] == 0) continue;
        line += row[i];
        line.append(widths[i] - width_of(row[i]) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    append(out, line, "\n");
}

void append_tabbed(std::string& out, const std::vector<std::string>& row) {
    auto line = join(row, "\x1f");
    std::ranges::replace_if(
        line, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    std::ranges::replace(line, '\x1f', '\t');
    append(out, line, "\n");
}

}  // namespace

std::string in_columns(const Table& table) {
    const auto widths = widths_of(table);
    std::string out;
    append_aligned(out, table.header, widths);
    for (const auto& row : table.rows) append_aligned(out, row, widths);
    return out;
}

std::string with_tabs(const Table& table) {
    std::string out;
    append_tabbed(out, table.header);
    for (const auto& row : table.rows) append_tabbed(out, row);
    return out;
}

}  // namespace ogem::cli
