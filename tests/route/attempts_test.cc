#include "route/attempts.h"

#include "sample.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using namespace ogem::route;

namespace {

// One request against the sample configuration, driven by hand.
struct Request {
    explicit Request(std::string_view typed, int max_attempts = 3)
        : chain(*catalog().resolve(typed)), attempts(chain, max_attempts) {}

    static const Catalog& catalog() {
        static const Catalog catalog(sample_config());
        return catalog;
    }
    // The route that is asked next, or "give up".
    std::string next() {
        const auto* attempt = attempts.next();
        if (!attempt) return "give up";
        asked = attempt->endpoint;
        return asked->provider->name + "/" + asked->region->name;
    }
    void fail_with(Kind kind, int status, std::string message = "it failed") {
        attempts.failed({asked, status, "reset", message, 12ms}, Error{kind, message, status, {}});
    }

    Chain chain;
    Attempts attempts;
    const Endpoint* asked = nullptr;
};

}  // namespace

TEST_CASE("candidates are asked in order, then the next element (4.4)") {
    Request request("gemini-1.5-pro, gpt-4o");
    for (const auto* expected :
         {"vertex/us-central1", "vertex/europe-west1", "studio/studio", "openai/openai"}) {
        CHECK(request.next() == expected);
        request.fail_with(Kind::upstream, 503);
    }
    CHECK(request.next() == "give up");
}

TEST_CASE("each Try names the element whose answer it would be") {
    Request request("custom/gpt-4, gpt-4o");
    CHECK(request.attempts.next()->element->typed == "custom/gpt-4");
    request.attempts.failed({request.chain[0].candidates[0], 500, "500", "x", {}},
                            Error{Kind::upstream, "x", 500, {}});
    CHECK(request.attempts.next()->element->typed == "gpt-4o");
}

TEST_CASE("a client error leaves the element, every other failure only the endpoint (9.5, O-8)") {
    for (const auto kind : {Kind::invalid, Kind::not_found, Kind::too_large}) {
        Request request("gemini-1.5-pro, gpt-4o");
        request.next();
        request.fail_with(kind, 400);
        CHECK(request.next() == "openai/openai");
    }
    for (const auto kind : {Kind::unauthorized, Kind::forbidden, Kind::limited, Kind::unavailable,
                            Kind::upstream, Kind::connection, Kind::tls, Kind::timeout}) {
        Request request("gemini-1.5-pro, gpt-4o");
        request.next();
        request.fail_with(kind, 0);
        CHECK(request.next() == "vertex/europe-west1");
    }
}

TEST_CASE("an element gets its number of attempts and no more") {
    Request request("gemini-1.5-pro, gpt-4o", 2);
    CHECK(request.next() == "vertex/us-central1");
    request.fail_with(Kind::timeout, 0);
    CHECK(request.next() == "vertex/europe-west1");
    request.fail_with(Kind::timeout, 0);
    CHECK(request.next() == "openai/openai");
    CHECK(Request("gpt-4", 0).next() == "openai/openai");  // never less than one
}

TEST_CASE("an endpoint is never asked twice, even if two elements mean it") {
    Request request("openai/gpt-4, gpt-4");
    CHECK(request.next() == "openai/openai");
    request.fail_with(Kind::upstream, 500);
    CHECK(request.next() == "custom/custom");
    request.fail_with(Kind::upstream, 500);
    CHECK(request.next() == "give up");
}

TEST_CASE("after the commit point nothing is asked (promise 2)") {
    Request request("gemini-1.5-pro, gpt-4o");
    request.next();
    request.attempts.committed();
    request.fail_with(Kind::connection, 200);
    CHECK(request.next() == "give up");
}

TEST_CASE("after an answer nothing is asked, whatever its finish reason (O-9)") {
    Request request("gemini-1.5-pro, gpt-4o");
    request.next();
    request.attempts.succeeded({request.asked, 200, "200", "", 840ms});
    CHECK(request.next() == "give up");
}

TEST_CASE("the client is told its own error, else the last failure (4.4)") {
    Request request("gpt-4o, gemini-1.5-pro");
    CHECK(request.attempts.failure().kind == Kind::unavailable);
    request.next();
    request.fail_with(Kind::invalid, 400, "too many tools");
    request.next();
    request.fail_with(Kind::upstream, 502, "bad gateway");
    CHECK(request.attempts.failure().message == "too many tools");
    request.next();
    request.fail_with(Kind::invalid, 422, "bad schema");
    CHECK(request.attempts.failure().message == "bad schema");

    Request other("gemini-1.5-pro");
    other.next();
    other.fail_with(Kind::limited, 429, "slow down");
    other.next();
    other.fail_with(Kind::timeout, 0, "no answer");
    CHECK(other.attempts.failure().message == "no answer");
}

TEST_CASE("the header tells every attempt (promise 10)") {
    Request request("gpt-4o, gemini-1.5-pro");
    CHECK(request.attempts.header() == "");
    request.next();
    request.fail_with(Kind::unavailable, 503);
    request.next();
    request.fail_with(Kind::connection, 0);
    request.next();
    request.attempts.succeeded({request.asked, 200, "200", "", 839'600us});
    CHECK(request.attempts.header() ==
          "openai/openai=503;12, vertex/us-central1=reset;12, vertex/europe-west1=200;840");
    CHECK(request.attempts.log().size() == 3);
}

TEST_CASE("an endpoint is asked again only when told so, after its element's other candidates") {
    Request request("gemini-1.5-pro, gpt-4o", 4);
    CHECK(request.next() == "vertex/us-central1");
    request.fail_with(Kind::timeout, 0);
    request.attempts.ask_again();
    CHECK(request.next() == "vertex/europe-west1");
    request.fail_with(Kind::upstream, 503);
    CHECK(request.next() == "studio/studio");
    request.fail_with(Kind::upstream, 503);
    CHECK(request.next() == "vertex/us-central1");
    request.fail_with(Kind::timeout, 0);
    request.attempts.ask_again();
    CHECK(request.next() == "openai/openai");  // the element had its four attempts
    request.fail_with(Kind::upstream, 503);
    CHECK(request.next() == "give up");
}
