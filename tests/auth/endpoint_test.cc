// A token source over real sockets: the pool on our side, an honest or hostile endpoint on the
// other.
#include "auth/ask.h"
#include "auth/keyring.h"
#include "auth/support/has.h"
#include "auth/support/keys.h"
#include "base/text.h"
#include "net/loopback_server.h"
#include "net/pool.h"
#include "net/resolver.h"
#include "net/tls.h"
#include "net/wait.h"
#include "support/fixture.h"

#include <doctest/doctest.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>

using namespace ogem;
using namespace ogem::auth;
using namespace ogem::test;

namespace {

const std::string kToken = R"({"access_token":"ya29.t","expires_in":3599,"token_type":"Bearer"})";

RefreshHabits one_try() {
    RefreshHabits habits;
    habits.tries = 1;
    habits.patience = 300ms;
    return habits;
}

// Our side: a worker with nothing but what auth needs.
struct Worker {
    net::Loop loop;
    net::Resolver resolver;
    net::TlsContext tls;
    net::Pool pool{loop, resolver, tls, {}};
    Keyring keyring{loop, pool, pool, one_try()};
    std::shared_ptr<TokenSource> source;
    std::string told;  // header lines, or "ERROR: message"

    explicit Worker(const google::Credentials& credentials)
        : source(keyring.source_of(credentials)) {}

    // Asks once; leaves after `stay`.
    std::string ask(Duration stay = 8s) {
        auto task = call();
        task.start();
        net::Timer end(loop, {[](void* self) { static_cast<net::Loop*>(self)->stop(); }, &loop});
        end.arm(Clock::now() + stay);
        loop.run();
        return told;
    }

private:
    Task<> call() {
        auto task = source->authorization(TimePoint::max());
        const auto got = co_await task;
        told = got ? got->lines().reveal() : cat("ERROR: ", got.error().message);
        loop.stop();
    }
};

google::Credentials account_at(const LoopbackServer& server) {
    return *google::parse_credentials(service_account(server.url("/token")), "/key.json");
}
google::Credentials user_at(const LoopbackServer& server) {
    const auto more = cat(R"(,"token_uri":")", server.url("/token"), '"');
    return *google::parse_credentials(authorized_user(more), "/user.json");
}
google::Credentials machine_at(const LoopbackServer& server) {
    return {"this machine", google::MetadataServer{*wire::parse_url(server.url(""))}, ""};
}

// What an account is told by an endpoint that says `bytes` and closes.
std::string told_by(const std::string& bytes) {
    const LoopbackServer server([bytes](const std::string&) { return bytes; });
    return Worker(account_at(server)).ask();
}

void wait_for_end(int connection) {
    char ignored[64];
    while (::recv(connection, ignored, sizeof ignored, 0) > 0) {
    }
}

std::string body_of(const std::string& request) {
    return request.substr(request.find("\r\n\r\n") + 4);
}

bool statement_is_signed(const std::string& statement) {
    const auto dot = statement.rfind('.');
    auto signature = statement.substr(dot + 1);
    std::ranges::replace(signature, '-', '+');
    std::ranges::replace(signature, '_', '/');
    return is_signed(statement.substr(0, dot), base64_decoded(signature));
}

}  // namespace

TEST_CASE("a service account gets its token from the token_uri of its file (contract section 3)") {
    const LoopbackServer server([](const std::string&) { return http_answer(200, "", kToken); });
    CHECK(Worker(account_at(server)).ask() == "Authorization: Bearer ya29.t\r\n");
    REQUIRE(server.requests().size() == 1);
    const auto request = server.requests()[0];
    CHECK(request.starts_with(cat("POST /token HTTP/1.1\r\nHost: 127.0.0.1:", server.port())));
    const auto form = "?" + body_of(request);
    CHECK(wire::query_value(form, "grant_type") == "urn:ietf:params:oauth:grant-type:jwt-bearer");
    CHECK(statement_is_signed(wire::query_value(form, "assertion")));
}

TEST_CASE("a user's login gets its token") {
    const LoopbackServer server([](const std::string&) { return http_answer(200, "", kToken); });
    CHECK(Worker(user_at(server)).ask() == "Authorization: Bearer ya29.t\r\n");
    CHECK(has(body_of(server.requests()[0]), "grant_type=refresh_token"));
}

TEST_CASE("the metadata server gives the machine's token and project") {
    const LoopbackServer server([](const std::string& request) {
        const bool project = has(request, "project/project-id");
        return http_answer(200, "Metadata-Flavor: Google\r\n", project ? "my-project" : kToken);
    });
    CHECK(Worker(machine_at(server)).ask() == "Authorization: Bearer ya29.t\r\n");
    CHECK(has(server.requests()[0], "\r\nMetadata-Flavor: Google\r\n"));
    Worker worker(machine_at(server));
    auto task = ask_for_project(worker.loop, worker.pool,
                                std::get<google::MetadataServer>(machine_at(server).holder), 1s);
    task.start();
    net::Timer end(worker.loop,
                   {[](void* loop) { static_cast<net::Loop*>(loop)->stop(); }, &worker.loop});
    end.arm(Clock::now() + 200ms);
    worker.loop.run();
    REQUIRE(task.done());
    CHECK(task.await_resume().value() == "my-project");
}

TEST_CASE("somebody else at the metadata server's address is not believed") {
    const LoopbackServer server([](const std::string&) { return http_answer(200, "", kToken); });
    CHECK(has(Worker(machine_at(server)).ask(), "not from Google's metadata server"));
}

TEST_CASE("a redirect of the token endpoint is not followed: our statement goes nowhere else") {
    const LoopbackServer elsewhere([](const std::string&) { return http_answer(200, "", kToken); });
    for (const int status : {301, 302, 303, 307, 308}) {
        const auto location = cat("Location: ", elsewhere.url("/token"), "\r\n");
        CHECK(has(told_by(http_answer(status, location, "")), "redirects are not followed"));
    }
    CHECK(elsewhere.requests().empty());
}

TEST_CASE("an endpoint that sends ten megabytes is cut off") {
    const auto flood = http_answer(200, "", std::string(10 << 20, ' '));
    CHECK(has(told_by(flood), "the answer is longer than 65536 bytes"));
    const std::string endless(1 << 20, 'x');
    CHECK(has(told_by("HTTP/1.1 200 OK\r\nX-Long: " + endless), "ERROR: no token for /key.json"));
}

TEST_CASE("an endpoint that hangs, before its answer or within it, is left in time") {
    for (const std::string said : {"", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"}) {
        const auto server = LoopbackServer::talking([said](int connection, const std::string&) {
            send_all(connection, said);
            wait_for_end(connection);
        });
        Worker worker(account_at(server));
        CHECK(has(worker.ask(), said.empty() ? "no answer in time" : "stalled"));
    }
}

TEST_CASE("an endpoint that drips is left when the patience for the whole answer ends") {
    const auto server = LoopbackServer::talking([](int connection, const std::string&) {
        send_all(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
        for (int i = 0; i < 300; ++i) {
            if (::send(connection, " ", 1, MSG_NOSIGNAL) < 0) return;
            std::this_thread::sleep_for(10ms);
        }
    });
    Worker worker(account_at(server));
    CHECK(has(worker.ask(), "stalled"));
}

TEST_CASE("an endpoint that speaks no HTTP, no JSON or breaks off gives a reason") {
    for (const std::string& bytes :
         {std::string("SSH-2.0-x\r\n"), std::string(), http_answer(200, "", "<html>"),
          std::string("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"access_token\"")}) {
        const auto told = told_by(bytes);
        CHECK(told.starts_with("ERROR: "));
        CHECK(has(told, "token for /key.json"));
    }
}

TEST_CASE("an endpoint that is not there is an error that names it") {
    std::string file;
    {
        const LoopbackServer gone([](const std::string&) { return std::string(); });
        file = service_account(gone.url("/token"));
    }
    const auto told = Worker(*google::parse_credentials(file, "/key.json")).ask();
    CHECK(has(told, "ERROR: no token for /key.json (bot@project-of-key"));
    CHECK(has(told, "127.0.0.1:"));
}

TEST_CASE("when the last caller and the source are gone, the connection closes") {
    std::atomic<bool> closed{false};
    const auto server = LoopbackServer::talking([&closed](int connection, const std::string&) {
        wait_for_end(connection);
        closed = true;
    });
    {
        Worker worker(account_at(server));
        CHECK(worker.ask(100ms).empty());
        worker.source.reset();
        for (int i = 0; i < 200 && !closed; ++i) std::this_thread::sleep_for(10ms);
        CHECK(closed);
    }
}
