#include "wire/google_host.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::wire;

namespace {

std::string text(const Result<std::string>& result) {
    return result ? *result : "error: " + result.error().message;
}

std::string resource(std::string_view model) {
    return text(vertex_resource(model, "p1", "us-central1", "google"));
}

}  // namespace

TEST_CASE("each location of Google Cloud has its host (B3)") {
    CHECK(google_host("us-central1") == "us-central1-aiplatform.googleapis.com");
    CHECK(google_host("global") == "aiplatform.googleapis.com");
    CHECK(google_host("us") == "aiplatform.us.rep.googleapis.com");
    CHECK(google_host("eu") == "aiplatform.eu.rep.googleapis.com");
}

TEST_CASE("a location cannot become another host") {
    for (const auto* location : {"", "evil.com/", "a.b", "evil.com#", "US", "-a", "a b", "us@x"}) {
        CAPTURE(location);
        CHECK_FALSE(google_host(location).has_value());
    }
    CHECK_FALSE(google_host(std::string(41, 'a')).has_value());
}

TEST_CASE("a whole endpoint path names its own location (B10)") {
    CHECK(location_of("projects/1/locations/eu-west1/endpoints/9", "us") == "eu-west1");
    CHECK(location_of("projects/1/locations/eu-west1", "us") == "eu-west1");
    CHECK(location_of("gemini-2.5-flash", "us") == "us");
    CHECK(location_of("x/locations/eu/y", "us") == "us");
}

TEST_CASE("models of Vertex have a path of project, location and publisher") {
    const std::string base = "projects/p1/locations/us-central1/publishers/";
    CHECK(resource("gemini-2.5-flash") == base + "google/models/gemini-2.5-flash");
    CHECK(resource("models/gemini-2.5-flash") == base + "google/models/gemini-2.5-flash");
    CHECK(resource("meta/llama-4") == base + "meta/models/llama-4");
    CHECK(resource("publishers/meta/models/llama-4") == base + "meta/models/llama-4");
    CHECK(resource("claude-sonnet-4@20250514") == base + "google/models/claude-sonnet-4@20250514");
    CHECK(resource("projects/2/locations/x/endpoints/3") == "projects/2/locations/x/endpoints/3");
}

TEST_CASE("a model name cannot move the request (pitfalls 69 and 79)") {
    for (const auto* name : {"..", "a/../b", "../../x", "a..b", ".", "a/./b", "a//b", "/a", "a/",
                             "", "a?b", "a&b", "a#b", "a%2fb", "a\nb", "projects/../x", "a\\b"}) {
        CAPTURE(name);
        CHECK(resource(name).starts_with("error: "));
    }
    CHECK(model_segments("a;b:c d+é") == "a%3Bb%3Ac%20d%2B%C3%A9");
}
