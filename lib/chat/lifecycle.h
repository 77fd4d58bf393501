// The order in which an answer may be told, as an automaton, and the only way for a reader to tell
// one: Events, whose methods cannot express an illegal order.
//
// Invariants of what Events holds:
//  1. Started is first and comes once.
//  2. A call is started, then gets its arguments, then ends, once each; its number is the number of
//     calls of its choice before it. Several may be open.
//  3. A choice finishes once, with all its calls ended; nothing of it follows.
//  4. Ended is last and only after at least one choice has been seen and all have finished.
//     Failed is last at any place after nothing or anything. Nothing follows either.
#pragma once

#include "chat/event.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::chat {

// Not thread-safe; one per answer.
class Lifecycle {
public:
    static constexpr int kMostChoices = 128;  // OpenAI's largest n
    static constexpr int kMostCalls = 1024;   // of one choice; more is an attack

    // True if `event` may come now, and then it has. Changes nothing otherwise.
    bool accept(const Event& event);

    bool started() const { return started_; }
    bool over() const { return over_; }  // Ended or Failed has come
    bool seen(int choice) const;
    bool finished(int choice) const;
    bool all_finished() const;  // and there was one
    int calls(int choice) const;
    bool is_open(int choice, int call) const;

private:
    friend class Events;
    struct Choice {
        bool seen = false, finished = false;
        std::vector<bool> open;  // by call
    };

    bool may_speak(int choice) const;
    Choice& at(int choice);

    bool accept_call(const CallStarted& call);

    std::vector<Choice> choices_;
    bool started_ = false, over_ = false;
};

// Where a reader puts what it understood. What is out of order is put in order where that is
// harmless (a choice that finishes closes its calls) and ignored where it says nothing (text after
// the finish of its choice, anything after the end). Not thread-safe; one per answer.
class Events {
public:
    // The events so far. A consumer takes them and clears; the order goes on.
    const std::vector<Event>& all() const { return events_; }
    std::vector<Event> take();
    void clear() { events_.clear(); }
    const Lifecycle& lifecycle() const { return lifecycle_; }

    void start(std::string id, std::int64_t created);  // again: ignored
    void text(int choice, std::string_view piece);     // empty pieces are ignored
    void reasoning(int choice, std::string_view piece);
    void refusal(int choice, std::string_view piece);

    // The number of the new call, or -1 if the choice may have none any more.
    int start_call(int choice, std::string id, std::string name, bool custom = false);
    void call_arguments(int choice, int call, std::string_view piece);
    void end_call(int choice, int call);

    void also(int choice, std::string name, Json value);
    void keep(int choice, int call, Kept::Kind kind, std::string value);
    void finish(int choice, Finish reason);
    void used(const Usage& usage);
    void fail(Failure failure);
    // Fails instead, as cut off, unless all choices have finished.
    void end();

private:
    void add(Event event);

    Lifecycle lifecycle_;
    std::vector<Event> events_;
};

}  // namespace ogem::chat
