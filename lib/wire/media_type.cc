#include "wire/media_type.h"

#include "base/text.h"

#include <algorithm>

namespace ogem::wire {

namespace {

struct Ending {
    std::string_view ending, media_type;
};

// What models read (ai.google.dev and docs.anthropic.com, pages on images, documents, audio and
// video), spelled as they spell it.
constexpr Ending kEndings[] = {
    {"png", "image/png"},         {"jpg", "image/jpeg"},   {"jpeg", "image/jpeg"},
    {"webp", "image/webp"},       {"gif", "image/gif"},    {"heic", "image/heic"},
    {"heif", "image/heif"},       {"bmp", "image/bmp"},    {"pdf", "application/pdf"},
    {"txt", "text/plain"},        {"md", "text/markdown"}, {"csv", "text/csv"},
    {"html", "text/html"},        {"htm", "text/html"},    {"xml", "text/xml"},
    {"json", "application/json"}, {"rtf", "text/rtf"},     {"css", "text/css"},
    {"js", "text/javascript"},    {"py", "text/x-python"}, {"wav", "audio/wav"},
    {"mp3", "audio/mp3"},         {"aiff", "audio/aiff"},  {"aac", "audio/aac"},
    {"ogg", "audio/ogg"},         {"flac", "audio/flac"},  {"m4a", "audio/m4a"},
    {"mp4", "video/mp4"},         {"mpeg", "video/mpeg"},  {"mpg", "video/mpg"},
    {"mov", "video/mov"},         {"avi", "video/avi"},    {"webm", "video/webm"},
    {"wmv", "video/wmv"},         {"3gp", "video/3gpp"},   {"flv", "video/x-flv"},
};

}  // namespace

std::string_view media_type_of_name(std::string_view name) {
    if (name.find("://") != std::string_view::npos) name = name.substr(0, name.find_first_of("?#"));
    name = name.substr(name.find_last_of('/') + 1);
    const auto dot = name.find_last_of('.');
    if (dot == std::string_view::npos) return {};
    const auto ending = to_lower(name.substr(dot + 1));
    const auto* found = std::ranges::find(kEndings, ending, &Ending::ending);
    return found == std::end(kEndings) ? std::string_view() : found->media_type;
}

}  // namespace ogem::wire
