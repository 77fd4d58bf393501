#include "ogem/input/prompt.h"
#include "ogem/input/stdin_rule.h"
#include "ogem/output/footer.h"
#include "ogem/output/json_out.h"
#include "ogem/output/printable.h"
#include "ogem/output/table.h"
#include "ogem/output/terminal.h"
#include "ogem/output/units.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::cli;

TEST_CASE("the stdin rule: what is read, and how long a silent pipe is waited for") {
    const auto plan = [](StdinKind kind, bool dash, bool has_prompt, bool ignore) {
        const auto made = plan_stdin(kind, dash, has_prompt, ignore, 10s);
        return std::pair(made.read, made.first_byte);
    };
    const std::pair<bool, std::optional<Duration>> ignored{false, {}}, to_the_end{true, {}},
        within_10_s{true, 10s};
    for (const auto kind : {StdinKind::closed, StdinKind::terminal}) {
        CHECK(plan(kind, false, true, false) == ignored);
        CHECK(plan(kind, false, false, false) == ignored);
    }
    CHECK(plan(StdinKind::file, false, true, false) == to_the_end);
    CHECK(plan(StdinKind::pipe, false, true, false) == within_10_s);
    CHECK(plan(StdinKind::pipe, false, false, false) == to_the_end);
    CHECK(plan(StdinKind::pipe, true, true, false) == to_the_end);
    CHECK(plan(StdinKind::terminal, true, true, false) == to_the_end);
    CHECK(plan(StdinKind::closed, true, true, false) == ignored);
    CHECK(plan(StdinKind::pipe, false, true, true) == ignored);
}

TEST_CASE("the prompt is words, files and standard input, in this order") {
    CHECK(prompt_of({"why", "so?"}, {}, "") == "why so?");
    CHECK(prompt_of({"-"}, {}, "piped\n\n") == "piped");
    CHECK(prompt_of({"a", "-", "b"}, {{"f", "x\n"}}, "y") == "a b\n\n```f\nx\n```\n\ny");
    CHECK(prompt_of({}, {}, "") == "");
    CHECK(prompt_of({}, {{"f", "````"}}, "") == "`````f\n````\n`````");
}

TEST_CASE("numbers read as people say them") {
    CHECK(short_count(999) == "999");
    CHECK(short_count(88'000) == "88k");
    CHECK(short_count(999'499) == "999k");
    CHECK(short_count(999'500) == "1M");
    CHECK(short_count(1'200'000) == "1.2M");
    CHECK(short_ms(310) == "310ms");
    CHECK(short_ms(999.6) == "1s");
    CHECK(short_ms(1900) == "1.9s");
    CHECK(short_ms(125'000) == "2m 5s");
    CHECK(short_span(59) == "59s");
    CHECK(short_span(273'600) == "3d 4h");
    CHECK(short_span(7200) == "2h");
    CHECK(seconds_with_space(412) == "412 ms");
    CHECK(seconds_with_space(900) == "0.9 s");
    CHECK(percent(0.314) == "31%");
}

TEST_CASE("a table lines up, and leaves out columns that say nothing") {
    const Table table{{"A", "B", "C"}, {{"long", "-", "1"}, {"x", "-", ""}}};
    CHECK(in_columns(table) == "A     C\nlong  1\nx\n");
    CHECK(with_tabs(table) == "A\tB\tC\nlong\t-\t1\nx\t-\t\n");
    CHECK(in_columns({{"A", "B"}, {}}) == "A  B\n");
    CHECK(with_tabs({{"A"}, {{"x\ty\nz"}}}) == "A\nx y z\n");
    CHECK(in_columns({{"A", "B"}, {{"\xc3\xa9", "x"}, {"ee", "y"}}}) ==
          "A   B\n\xc3\xa9   x\nee  y\n");
}

TEST_CASE("the line under an answer says what is known") {
    About about;
    about.total = 900ms;
    CHECK(footer_of(about) == "0.9 s");
    about.route = "vertex/us-central1/gemini-1.5-pro";
    about.first_token = 412ms;
    take_usage(about, json::parse(R"({"prompt_tokens":18,"completion_tokens":24})").value());
    CHECK(footer_of(about) ==
          "vertex/us-central1/gemini-1.5-pro  412 ms to first token, 0.9 s  18+24 tok");
}

TEST_CASE("failed attempts are told, and only they") {
    const auto about =
        about_of({{"x-ogem-attempts",
                   "openai/openai=429;3, a/b=timeout;60000, c/d=503;7, e/f=200;9, junk"}});
    CHECK(ogem_member(about)["tried"] ==
          json::parse(R"([{"route":"openai/openai","error":"rate_limited","ms":3},
                          {"route":"a/b","error":"timeout","ms":60000},
                          {"route":"c/d","error":"http 503","ms":7}])")
              .value());
}

TEST_CASE("a JSON Pointer finds its value (RFC 6901)") {
    const auto value = json::parse(R"({"a":[{"b":1},"x"],"c/d":2,"e~f":3,"":4})").value();
    const auto at = [&](std::string_view pointer) {
        const auto* found = at_pointer(value, pointer);
        return found == nullptr ? "nothing" : scalar_text(*found);
    };
    CHECK(at("/a/0/b") == "1");
    CHECK(at("/a/1") == "x");
    CHECK(at("/c~1d") == "2");
    CHECK(at("/e~0f") == "3");
    CHECK(at("/") == "4");
    CHECK(at("/a") == R"([{"b":1},"x"])");
    CHECK(at_pointer(value, "") == &value);
    for (const auto* none : {"/a/2", "/a/-", "/a/x", "/none", "a", "/a/1/b"})
        CHECK(at(none) == "nothing");
}

TEST_CASE("text from elsewhere cannot command the terminal") {
    CHECK(printable("a\x1b[2Jb\r\x07\x7f") == "a[2Jb");
    CHECK(printable("\xc2\x9b"
                    "2J\xc2\xa0") == "2J\xc2\xa0");
    CHECK(printable("tab\tline\n\xe2\x82\xac") == "tab\tline\n\xe2\x82\xac");
}

TEST_CASE("colour: the flag, then NO_COLOR, then CLICOLOR_FORCE, then the terminal") {
    const config::Environment plain{{"TERM", "xterm"}};
    CHECK(wants_color("auto", true, plain));
    CHECK_FALSE(wants_color("auto", false, plain));
    CHECK_FALSE(wants_color("auto", true, {{"TERM", "dumb"}}));
    CHECK_FALSE(wants_color("auto", true, {{"TERM", "xterm"}, {"NO_COLOR", "0"}}));
    CHECK(wants_color("auto", true, {{"TERM", "xterm"}, {"NO_COLOR", ""}}));
    CHECK(wants_color("auto", false, {{"CLICOLOR_FORCE", "1"}}));
    CHECK(wants_color("always", false, {{"NO_COLOR", "1"}}));
    CHECK_FALSE(wants_color("never", true, {{"CLICOLOR_FORCE", "1"}}));
}
