// JSON without the space that says nothing.
#pragma once

#include <string>
#include <string_view>

namespace ogem::json {

// `json` without space between its tokens; strings and numbers keep their spelling. REQUIRES: valid
// JSON (as Cursor::value() and the scans give it); of other text, only what is outside of quotes
// changes.
std::string compact(std::string_view json);

}  // namespace ogem::json
