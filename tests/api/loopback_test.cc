#include "api/loopback.h"

#include <doctest/doctest.h>

using namespace ogem::api;

TEST_CASE("the host of an authority is what stands before its port") {
    CHECK(host_of("localhost:8080") == "localhost");
    CHECK(host_of("localhost") == "localhost");
    CHECK(host_of("[::1]:8080") == "::1");
    CHECK(host_of("[::1]") == "::1");
    CHECK(host_of("::1") == "::1");
    CHECK(host_of(":8080").empty());
    CHECK(host_of("").empty());
}

TEST_CASE("addresses and names of this machine are known by their spelling") {
    for (const auto* host : {"127.0.0.1", "127.255.255.254", "::1", "[::1]", "::ffff:127.0.0.1",
                             "localhost", "Localhost", "a.b.localhost"})
        CHECK_MESSAGE(is_loopback_address(host), host);
    for (const auto* host : {"0.0.0.0", "::", "128.0.0.1", "::ffff:10.0.0.1", "localhost.example",
                             "127.1", "evil.example/.localhost", "evil.example#.localhost", ""})
        CHECK_MESSAGE(!is_loopback_address(host), host);
}

TEST_CASE("without a key the daemon refuses to listen beyond this machine (contract section 1)") {
    for (const auto* listen : {"0.0.0.0:8080", "[::]:8080", ":8080", "192.168.1.5:8080"}) {
        const auto reason = refuses_to_bind(listen, false, false);
        REQUIRE_MESSAGE(reason, listen);
        CHECK(reason->find(listen) != std::string::npos);
        CHECK_FALSE(refuses_to_bind(listen, true, false));
        CHECK_FALSE(refuses_to_bind(listen, false, true));
    }
    for (const auto* listen : {"127.0.0.1:8080", "[::1]:8080", "localhost:8080"})
        CHECK_FALSE(refuses_to_bind(listen, false, false));
}
