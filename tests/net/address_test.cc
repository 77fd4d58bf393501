#include "net/address.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

using namespace ogem;
using namespace ogem::net;

TEST_CASE("addresses are written as people write them") {
    CHECK(parse_host_port("127.0.0.1:8080")->host == "127.0.0.1");
    CHECK(parse_host_port("127.0.0.1:8080")->port == 8080);
    CHECK(parse_host_port("[::1]:80")->host == "::1");
    CHECK(parse_host_port(":8080")->host.empty());
    for (const auto* wrong : {"8080", "localhost", "localhost:", "localhost:x", "localhost:70000",
                              "::1:80", "[::1:80"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_host_port(wrong));
    }
}

TEST_CASE("a taken port says who to ask") {
    const auto first = listen_tcp({"127.0.0.1", 0}, false);
    REQUIRE(first);
    const auto shown = local_address(*first);
    const auto second = listen_tcp(*parse_host_port(shown), false);
    REQUIRE_FALSE(second);
    CHECK(second.error().message.find("another program has it") != std::string::npos);
    ::close(*first);
}

TEST_CASE("the socket is for its user alone, and a stale one is replaced (contract section 1)") {
    char folder[] = "/tmp/ogem-test-XXXXXX";
    REQUIRE(mkdtemp(folder));
    const std::string path = std::string(folder) + "/run/ogemd.sock";
    const auto first = listen_unix(path);
    REQUIRE(first);
    struct stat info {};
    REQUIRE(stat(path.c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
    REQUIRE(stat((std::string(folder) + "/run").c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0700);

    const auto second = listen_unix(path);
    REQUIRE_FALSE(second);
    CHECK(second.error().message.find("another ogemd is running") != std::string::npos);
    ::close(*first);
    std::filesystem::remove_all(folder);
}

TEST_CASE("a path too long for a socket is refused with its limit") {
    const auto long_path = listen_unix("/tmp/" + std::string(200, 'x'));
    REQUIRE_FALSE(long_path);
    CHECK(long_path.error().message.find("--socket") != std::string::npos);
}
