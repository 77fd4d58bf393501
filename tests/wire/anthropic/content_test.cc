#include "wire/anthropic/requests.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using json::Value;

namespace {

std::string part(const std::string& json, const wire::Place& place = claude()) {
    const auto turns = messages("[{\"role\":\"user\",\"content\":[" + json + "]}]", place);
    return turns.is_array() ? turns[0]["content"][0].dump() : turns.dump();
}

std::string image(const std::string& url, const wire::Place& place = claude()) {
    return part(R"({"type":"image_url","image_url":{"url":")" + url + "\"}}", place);
}

std::string file(const std::string& members) {
    return part(R"({"type":"file","file":{)" + members + "}}");
}

std::string field(const std::string& shown) {
    CAPTURE(shown);
    const auto value = Value::parse(shown);
    CHECK(value.contains("error"));
    return value.value("field", "");
}

}  // namespace

TEST_CASE("a picture is fetched by Anthropic, or sent with the request") {
    CHECK(image("https://x/y.png") ==
          R"({"type":"image","source":{"type":"url","url":"https://x/y.png"}})");
    CHECK(image("data:image/jpg;base64,_w") ==
          R"({"type":"image","source":{"type":"base64","media_type":"image/jpeg","data":"/w=="}})");
    CHECK(
        image("data:application/pdf;base64,aaaa") ==
        R"({"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"aaaa"}})");
}

TEST_CASE("a file is a document: PDF as it is, text as text") {
    CHECK(file(R"("filename":"a.csv","file_data":"data:text/csv;base64,aGk=")") ==
          R"({"type":"document","source":{"type":"text","media_type":"text/plain","data":"hi"}})");
    CHECK(
        file(R"("filename":"a.pdf","file_data":"aaaa")") ==
        R"({"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"aaaa"}})");
    CHECK(file(R"("filename":"a.txt","file_data":"aGk=")").find(R"("data":"hi")") !=
          std::string::npos);
    CHECK(file(R"("filename":"a.png","file_data":"aaaa")").starts_with(R"({"type":"image")"));
}

TEST_CASE("what Claude cannot take is refused by its place in the request (pitfall 62)") {
    const auto* url = "messages[0].content[0].image_url.url";
    const auto remote = image("https://x/y.png", claude(R"({"url_sources":false})"));
    CHECK(field(remote) == url);
    CHECK(remote.find("does not fetch") != std::string::npos);
    CHECK(field(image("gs://b/o")) == url);
    CHECK(field(image("data:image/bmp;base64,aaaa")) == url);
    CHECK(field(image("data:image/png;base64,a*")) == url);
    CHECK(field(file(R"("filename":"a.zip","file_data":"data:application/zip;base64,aaaa")")) ==
          "messages[0].content[0].file.file_data");
    CHECK(field(file(R"("file_id":"file-1")")) == "messages[0].content[0].file.file_id");
    CHECK(field(part(R"({"type":"input_audio","input_audio":{"data":"aaaa","format":"wav"}})")) ==
          "messages[0].content[0].type");
}
