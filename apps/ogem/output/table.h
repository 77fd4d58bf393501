// A table in its two forms: columns for eyes, one record a line with tabs for programs.
#pragma once

#include <string>
#include <vector>

namespace ogem::cli {

struct Table {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;  // each as long as the header
};

// Two spaces between columns, no spaces at the ends of lines. Columns in which no row says anything
// but "-" are left out.
std::string in_columns(const Table& table);

// Every column, header first; tabs and line ends inside a cell become spaces.
std::string with_tabs(const Table& table);

}  // namespace ogem::cli
