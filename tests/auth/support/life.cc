#include "auth/support/life.h"

#include "auth/support/keys.h"
#include "base/text.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace ogem::test {

using namespace auth;

Script token(std::string_view text, int lifetime_seconds) {
    auto script = whole(200, cat(R"({"access_token":")", text, R"(","expires_in":)",
                                 lifetime_seconds, R"(,"token_type":"Bearer"})"));
    return with_header(std::move(script), "Metadata-Flavor", "Google");
}

Script after(Duration wait, Script script) {
    script.head_after = wait;
    return script;
}

google::Credentials user(std::string_view quota_project) {
    auto more =
        cat(R"(,"token_uri":"http://token.test/t","quota_project_id":")", quota_project, '"');
    return *google::parse_credentials(authorized_user(more), "/user.json");
}
google::Credentials account() {
    return *google::parse_credentials(service_account("http://token.test/t"), "/key.json");
}
google::Credentials machine() {
    return {"this machine", google::MetadataServer{*wire::parse_url("http://metadata.test")}, ""};
}

std::string bearer(std::string_view token) {
    return cat("Authorization: Bearer ", token, "\r\n");
}

Life::Life(google::Credentials credentials) {
    RefreshHabits habits;
    habits.now = [this] { return clock; };
    habits.pause = 1ms;
    source = std::make_shared<TokenSource>(loop, endpoint, std::move(credentials), habits);
}

void Life::pass(Duration time) {
    clock.steady += time;
    sleep(time);
}
void Life::sleep(Duration time) {
    clock.wall += std::chrono::duration_cast<std::chrono::system_clock::duration>(time);
}

void Life::run(Task<> (*story)(Life&)) {
    auto task = follow(story);
    task.start();
    net::Timer guard(loop, {[](void* self) { static_cast<net::Loop*>(self)->stop(); }, &loop});
    guard.arm(Clock::now() + 8s);
    loop.run();
    CHECK(task.done());
}

Task<> Life::follow(Task<> (*story)(Life&)) {
    auto task = story(*this);
    co_await task;
    loop.stop();
}

Task<> Life::pause(Duration length) {
    co_await net::Sleep(loop, loop.now() + length);
}

Life::Caller& Life::ask(Duration patience) {
    auto& caller = *callers_.emplace_back(std::make_unique<Caller>());
    caller.task = call(caller, Clock::now() + patience);
    caller.task.start();
    return caller;
}

Task<> Life::call(Caller& caller, TimePoint deadline) {
    auto task = source->authorization(deadline);
    caller.got = co_await task;
}

Task<> Life::everybody() {
    const auto has_come = [](const auto& caller) { return caller->got || !caller->task; };
    while (!std::ranges::all_of(callers_, has_come)) co_await net::Sleep(loop, loop.now() + 1ms);
}

Task<std::string> Life::get(Duration patience) {
    const auto& caller = ask(patience);
    auto all = everybody();
    co_await all;
    co_return told(caller);
}

std::string Life::told(const Caller& caller) {
    if (!caller.got) return "nothing";
    if (!*caller.got) return cat("ERROR: ", caller.got->error().message);
    return (*caller.got)->lines().reveal();
}

}  // namespace ogem::test
