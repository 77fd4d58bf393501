#include "wire/openai/request/words.h"

#include "base/text.h"
#include "json/writer.h"

namespace ogem::wire::openai {

std::string is_none_of(std::string_view word, const std::string_view* words, std::size_t count) {
    constexpr std::size_t kShown = 80;  // bytes of what the client wrote
    std::string text = cat(json::quoted(word.substr(0, kShown)), " is not ");
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) text += i + 1 == count ? " or " : ", ";
        text += words[i];
    }
    return text;
}

}  // namespace ogem::wire::openai
