// Which media type a file has, by its name.
#pragma once

#include <string_view>

namespace ogem::wire {

// "image/webp" of "gs://bucket/a.WEBP" or of "https://host/a.webp?x=1"; empty for a name without an
// ending or with one that is not in the table.
std::string_view media_type_of_name(std::string_view name);

}  // namespace ogem::wire
