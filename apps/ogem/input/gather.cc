#include "ogem/input/gather.h"

#include "base/duration.h"
#include "base/text.h"
#include "ogem/input/prompt.h"
#include "ogem/input/read.h"

#include <algorithm>

namespace ogem::cli {

namespace {

constexpr auto kStdinWait = 10s;

bool names_stdin(const std::vector<std::string>& words) {
    return std::ranges::count(words, "-") > 0;
}

bool has_words(const std::vector<std::string>& words) {
    return std::ranges::any_of(words, [](const auto& word) { return word != "-"; });
}

Outcome<Duration> stdin_patience(const Context& context) {
    const auto set = context.env.find("OGEM_STDIN_WAIT");
    if (set == context.env.end() || set->second.empty()) return kStdinWait;
    auto duration = parse_duration(set->second);
    if (!duration) return failed(Exit::usage, "OGEM_STDIN_WAIT: " + duration.error().message);
    return *duration;
}

Outcome<std::string> gather_stdin(const Context& context, const Chat& chat) {
    const bool dash = names_stdin(chat.prompt) || names_stdin(chat.files);
    if (dash && chat.no_stdin)
        return failed(Exit::usage, "'-' asks for standard input, -n forbids it");
    auto patience = stdin_patience(context);
    if (!patience) return failed_as(patience);
    const bool has_prompt = has_words(chat.prompt) || !chat.files.empty();
    const auto kind = kind_of_stdin(context.stdin_was_closed);
    auto text = read_stdin(context, plan_stdin(kind, dash, has_prompt, chat.no_stdin, *patience));
    if (!text) return text;
    if (auto checked = expect_text(*text, "standard input"); !checked) return failed_as(checked);
    return text;
}

Outcome<std::vector<NamedText>> gather_files(const std::vector<std::string>& paths) {
    std::vector<NamedText> files;
    for (const auto& path : paths) {
        if (path == "-") continue;
        auto text = read_file(path);
        if (!text) return failed_as(text);
        if (auto checked = expect_text(*text, path); !checked) return failed_as(checked);
        files.push_back({path, std::move(*text)});
    }
    return files;
}

}  // namespace

Outcome<std::string> gather_prompt(const Context& context, const Chat& chat) {
    auto files = gather_files(chat.files);
    if (!files) return failed_as(files);
    auto stdin_text = gather_stdin(context, chat);
    if (!stdin_text) return failed_as(stdin_text);
    auto prompt = prompt_of(chat.prompt, *files, *stdin_text);
    if (prompt.empty()) {
        return failed(Exit::usage,
                      "no prompt: say it (ogem chat \"why is the sky blue?\"), or pipe it in");
    }
    return prompt;
}

Outcome<std::string> gather_system(const std::string& text) {
    if (!text.starts_with('@')) return text;
    auto read = read_file(text.substr(1));
    if (!read) return read;
    if (auto checked = expect_text(*read, text.substr(1)); !checked) return failed_as(checked);
    return std::string(trim(*read));
}

}  // namespace ogem::cli
