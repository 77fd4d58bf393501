#include "wire/openai/embedding_writer.h"

#include "json/value.h"
#include "wire/base64.h"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace ogem;
using namespace ogem::wire::openai;

namespace {

json::Value read(std::string_view text) {
    auto value = json::parse(text);
    if (!value) throw std::runtime_error(std::string(text));
    return *value;
}

}  // namespace

TEST_CASE("embeddings come as numbers, or as the bytes that official SDKs ask for") {
    const std::vector<std::vector<float>> vectors{{0.1f, -0.5f}, {1.0f, 0.0f}};
    const auto numbers = read(embedding_list("mock/echo", vectors, Encoding::floats, 4));
    CHECK(numbers["object"] == "list");
    CHECK(numbers["data"][1] == read(R"({"object":"embedding","index":1,"embedding":[1,0]})"));
    CHECK(numbers["data"][0]["embedding"].dump() == "[0.1,-0.5]");
    CHECK(numbers["usage"] == read(R"({"prompt_tokens":4,"total_tokens":4})"));

    const auto bytes = read(embedding_list("mock/echo", vectors, Encoding::base64, 4));
    CHECK(bytes["data"][1]["embedding"] == "AACAPwAAAAA=");
}

TEST_CASE("base64 pads what three bytes do not fill (RFC 4648 section 10)") {
    CHECK(wire::base64("") == "");
    CHECK(wire::base64("f") == "Zg==");
    CHECK(wire::base64("fo") == "Zm8=");
    CHECK(wire::base64("foo") == "Zm9v");
    CHECK(wire::base64("foob") == "Zm9vYg==");
    CHECK(wire::base64("fooba") == "Zm9vYmE=");
    CHECK(wire::base64("foobar") == "Zm9vYmFy");
    CHECK(wire::base64("\xfb\xff\xfe") == "+//+");
}
