// The provider without its sockets: which Plan answers a request. Scripts are chosen by, in order,
// the header `x-fake`, what the control API set for the model (or the path, or "*"), a model called
// "fake-SCRIPT"; else the answer is proper. Requests in a dialect that is validated must first be
// right, or get that provider's refusal and use up no script. One thread.
#pragma once

#include "ask/request.h"
#include "base/clock.h"
#include "google/tokens.h"
#include "journal.h"
#include "play/planner.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ogem::fake {

using PlanPtr = std::shared_ptr<const Plan>;

struct ConnectionCounts {
    std::uint64_t open = 0, accepted = 0;
    std::uint64_t partial = 0;  // ended by the peer amid a request
};

// One step of a scripted model: words, or a plan given byte by byte.
struct Recipe {
    std::string words;
    PlanPtr raw;  // null: the words count
};

class Provider {
public:
    explicit Provider(bool keep_journal) : journal_(keep_journal) {}

    PlanPtr answer(const Request& request);

    Journal& journal() { return journal_; }
    ConnectionCounts& connections() { return connections_; }

private:
    struct Sequence {
        std::vector<Recipe> recipes;
        std::size_t next = 0;
    };
    struct Visit {
        const Request& request;
        Route route;
        json::Value body;  // null until somebody needs it
        std::string_view model;
    };
    const Recipe* scripted(std::string_view name);
    Recipe recipe_for(const Visit& visit);
    PlanPtr planned(const Visit& visit, std::string_view words);
    PlanPtr close_look(const Visit& visit, const Script& script, Ask ask);
    PlanPtr listing(const Visit& visit, const Script& script);  // null: no list was asked for
    PlanPtr control(const Request& request);
    PlanPtr control_google(const Request& request);
    Result<void> set_script(std::string_view body);
    std::vector<std::string> models() const;

    Journal journal_;
    ConnectionCounts connections_;
    google::Tokens tokens_;
    std::map<std::string, Sequence, std::less<>> scripts_;
    std::unordered_map<std::string, PlanPtr> plans_;  // made before, by everything they depend on
};

}  // namespace ogem::fake
