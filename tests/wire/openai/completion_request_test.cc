#include "wire/openai/completion_request.h"

#include <doctest/doctest.h>

using namespace ogem;
using wire::openai::read_completion_request;

namespace {

std::string refused(std::string_view body) {
    const auto request = read_completion_request(body);
    return request ? "" : request.error().field;
}

}  // namespace

TEST_CASE("a completion is a chat of one turn, sixteen tokens long unless it says otherwise") {
    const auto request = read_completion_request(
        R"({"model":"m","prompt":"Once","stop":"\n","n":2,"stream":true,"best_of":3,"logprobs":5})");
    REQUIRE(request);
    const auto& chat = request->chat;
    CHECK(chat.model == "m");
    REQUIRE(chat.messages.size() == 1);
    CHECK(chat.messages[0].role == chat::Role::user);
    CHECK(chat.messages[0].content[0].text == "Once");
    CHECK(chat.sampling.max_tokens == 16);
    CHECK(chat.sampling.stop == std::vector<std::string>{"\n"});
    CHECK(chat.sampling.n == 2);
    CHECK(chat.stream);
    CHECK(chat.rest == std::vector<chat::Extra>{{"best_of", "3"}, {"logprobs", "5"}});
    CHECK(request->echo.empty());
    CHECK(read_completion_request(R"({"prompt":["a"],"max_tokens":9})")->chat.sampling.max_tokens ==
          9);
}

TEST_CASE("echo asks for the prompt before the answer") {
    CHECK(read_completion_request(R"({"prompt":"Once","echo":true})")->echo == "Once");
}

TEST_CASE("what no chat can carry is refused by name") {
    CHECK(refused(R"({"model":"m"})") == "prompt");
    CHECK(refused(R"({"prompt":[]})") == "prompt");
    CHECK(refused(R"({"prompt":["a","b"]})") == "prompt");
    CHECK(refused(R"({"prompt":[1,2]})") == "prompt");
    CHECK(refused(R"({"prompt":[[1],[2]]})") == "prompt");
    CHECK(refused(R"({"prompt":{}})") == "prompt");
    CHECK(refused(R"({"prompt":"a","suffix":"b"})") == "suffix");
    CHECK(refused(R"({"prompt":"a","suffix":""})") == "");
    CHECK(refused(R"({"prompt":"a","echo":1})") == "echo");
    CHECK_FALSE(read_completion_request("prompt"));
}
