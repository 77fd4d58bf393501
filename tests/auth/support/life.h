// The life of a token source: a clock turned by hand, a token endpoint by script, and callers.
#pragma once

#include "auth/token_source.h"
#include "gateway/support/scripted_sender.h"
#include "net/wait.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ogem::test {

// The endpoint's answers.
Script token(std::string_view text, int lifetime_seconds = 3600);
Script after(Duration wait, Script script);  // the head comes late

// A user whose token endpoint is http://token.test/t.
auth::google::Credentials user(std::string_view quota_project = "");
auth::google::Credentials account();
auth::google::Credentials machine();  // http://metadata.test

class Life {
public:
    explicit Life(auth::google::Credentials credentials = user());

    // One caller who waits for an authorization, and what it got.
    struct Caller {
        std::optional<Result<auth::Authorization>> got;
        Task<> task;
    };

    void plan(Script script, const std::string& host = "token.test") {
        endpoint.plan(host, std::move(script));
    }
    void pass(Duration time);   // on both clocks
    void sleep(Duration time);  // the machine is suspended

    // Runs `story` to its end; the test fails rather than hangs.
    void run(Task<> (*story)(Life&));
    Task<> pause(Duration length);  // of real time, for what the endpoint's script does

    // A caller asks, and waits if it must; everybody() waits until all of them have got something.
    Caller& ask(Duration patience = 5s);
    Task<> everybody();

    // One caller from beginning to end: its header lines, or "ERROR: message".
    Task<std::string> get(Duration patience = 5s);
    static std::string told(const Caller& caller);

    std::size_t asked() const { return endpoint.asked().size(); }

    net::Loop loop;
    ScriptedSender endpoint{loop};
    auth::Moment clock{TimePoint(1h), std::chrono::system_clock::time_point(1'700'000'000s)};
    std::shared_ptr<auth::TokenSource> source;

private:
    Task<> call(Caller& caller, TimePoint deadline);
    Task<> follow(Task<> (*story)(Life&));

    std::vector<std::unique_ptr<Caller>> callers_;
};

// What requests carry with a token.
std::string bearer(std::string_view token);

}  // namespace ogem::test
