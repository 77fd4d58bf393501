// Text from elsewhere, made fit for a terminal: a model's answer or a provider's error could hold
// escape sequences that rewrite the screen or the clipboard.
#pragma once

#include <string>
#include <string_view>

namespace ogem::cli {

// `text` without control characters other than newline and tab (C0, DEL, and C1 as UTF-8).
std::string printable(std::string_view text);

}  // namespace ogem::cli
