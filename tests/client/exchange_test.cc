#include "client/exchange.h"

#include "client/listener.h"
#include "client/peer.h"

#include <doctest/doctest.h>

using namespace ogem;
using client::Patience;
using test::Listener;

namespace {
const Patience kSoon{Clock::now() + 20s};
}

TEST_CASE("a request names the daemon and its API level, and the answer comes back whole") {
    Listener daemon;
    const std::string expected =
        "POST /x HTTP/1.1\r\nHost: ogem\r\nOgem-Api: 1\r\nConnection: close\r\n"
        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    daemon.answer_with("HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nabc", expected.size());
    const auto answer = client::fetch(daemon.path(), client::post("/x", "{}"), kSoon);
    REQUIRE(answer);
    CHECK(answer->status == 404);
    CHECK(answer->body == "abc");
    CHECK(daemon.request() == expected);
}

TEST_CASE("a daemon that refuses a large body before reading it is still heard") {
    Listener daemon;
    daemon.answer_with("HTTP/1.1 413 Payload Too Large\r\nContent-Length: 0\r\n\r\n");
    const auto request = client::post("/x", std::string(8u << 20, 'x'));
    const auto answer = client::fetch(daemon.path(), request, kSoon);
    if (answer) {
        CHECK(answer->status == 413);
    } else {  // the kernel may throw the answer away with the connection
        CHECK(answer.error().kind == Kind::connection);
    }
}

TEST_CASE("a body that is cut off is an error, however much of it came (promise 1)") {
    Listener daemon;
    daemon.answer_with("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
    auto exchange = client::Exchange::start(daemon.path(), client::get("/"), kSoon);
    REQUIRE(exchange);
    std::string body;
    auto bytes = exchange->next(kSoon);
    for (; bytes && !bytes->empty(); bytes = exchange->next(kSoon)) body += *bytes;
    CHECK(body == "abc");
    REQUIRE_FALSE(bytes);
    CHECK(bytes.error().kind == Kind::connection);
}

TEST_CASE("a silent daemon is given up on at the deadline, and at once when the user says stop") {
    Listener daemon;
    const Patience brief{Clock::now() + 20ms};
    CHECK(client::fetch(daemon.path(), client::get("/"), brief).error().kind == Kind::timeout);
    int fds[2];
    REQUIRE(::pipe(fds) == 0);
    ::close(fds[1]);  // end of file is readable
    const Patience stopped{TimePoint::max(), fds[0]};
    CHECK(client::fetch(daemon.path(), client::get("/"), stopped).error().kind == Kind::cancelled);
    ::close(fds[0]);
}

TEST_CASE("the first socket with a daemon is taken, and without any all places are named") {
    Listener daemon;
    const auto nobody = daemon.path() + "-nobody";
    CHECK(client::find_daemon({nobody, daemon.path()}, kSoon).value() == daemon.path());
    const auto none = client::find_daemon({nobody, "/none/such"}, kSoon);
    REQUIRE_FALSE(none);
    CHECK(none.error().kind == Kind::unavailable);
    CHECK(none.error().message ==
          "no daemon is running (nobody listens at " + nobody + " or /none/such)");
}

TEST_CASE("a socket path that does not fit into an address is refused by name") {
    const auto found = client::find_daemon({"/" + std::string(120, 'x')}, kSoon);
    REQUIRE_FALSE(found);
    CHECK(found.error().kind == Kind::invalid);
}
