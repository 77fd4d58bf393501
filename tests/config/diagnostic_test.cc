#include "config/diagnostic.h"

#include "config/given.h"
#include "json/value.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <set>

using namespace ogem;
using namespace ogem::config;

namespace {

const Diagnostic kTypo{Severity::error,
                       "E101",
                       "config.yaml",
                       14,
                       13,
                       "unknown key 'rmp' in model 'gpt-4o'; did you mean 'rpm'?"};
const Diagnostic kUnset{Severity::warning, "W402", "", 0, 0, "OPENAI_API_KEY is not set: 100%"};

// Every E or W followed by three digits.
std::set<std::string> codes_in(const std::string& text) {
    std::set<std::string> codes;
    for (std::size_t at = text.find_first_of("EW"); at != std::string::npos;
         at = text.find_first_of("EW", at + 1))
        if (at + 4 <= text.size() && text[at + 1] >= '1' && text[at + 1] <= '4' &&
            text.find_first_not_of("0123456789", at + 1) == at + 4)
            codes.insert(text.substr(at, 4));
    return codes;
}

}  // namespace

TEST_CASE("a complaint is one line as compilers print it (cli.md 2.7)") {
    CHECK(to_text(kTypo) ==
          "config.yaml:14:13: error: unknown key 'rmp' in model 'gpt-4o'; did you mean 'rpm'? "
          "[E101]");
    CHECK(to_text(kUnset) == "warning: OPENAI_API_KEY is not set: 100% [W402]");
}

TEST_CASE("GitHub's form carries file, line and column, escaped (cli.md 2.7)") {
    CHECK(to_github(kTypo) ==
          "::error file=config.yaml,line=14,col=13,title=E101::unknown key 'rmp' in model "
          "'gpt-4o'; did you mean 'rpm'?");
    CHECK(to_github(kUnset) == "::warning title=W402::OPENAI_API_KEY is not set: 100%25");
}

TEST_CASE("the summary counts") {
    CHECK(summary_of({}) == "no errors");
    CHECK(summary_of({kTypo, kTypo, kUnset}) == "2 errors, 1 warning");
}

TEST_CASE("JSON has the counts and every complaint") {
    const auto value = json::parse(to_json(std::vector{kTypo, kUnset}));
    REQUIRE(value);
    CHECK((*value)["ok"] == false);
    CHECK((*value)["errors"] == 1);
    CHECK((*value)["warnings"] == 1);
    CHECK((*value)["diagnostics"][0]["line"] == 14);
    CHECK((*value)["diagnostics"][1]["code"] == "W402");
    CHECK((*json::parse(to_json(std::vector{kUnset})))["ok"] == true);
}

TEST_CASE("every code in the source is documented, and every documented one is used") {
    std::set<std::string> used;
    for (const auto* folder : {"/lib/config", "/apps/ogemd"})
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator(std::string(OGEM_SOURCE_DIR) + folder))
            if (entry.path().extension() == ".cc") used.merge(codes_in(given::file(entry.path())));
    CHECK(used.size() > 30);
    const auto documented = codes_in(given::file(OGEM_SOURCE_DIR "/docs/config-codes.md"));
    for (const auto& code : used) CHECK_MESSAGE(documented.contains(code), code);
    for (const auto& code : documented) CHECK_MESSAGE(used.contains(code), code);
}
