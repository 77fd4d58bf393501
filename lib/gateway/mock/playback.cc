#include "gateway/mock/playback.h"

#include "gateway/mock/tokens.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace ogem::gateway::mock {

namespace {

using wire::openai::Choice;
using wire::openai::ChunkWriter;

class Playback {
public:
    Playback(const ChunkWriter& writer, const Pace& pace)
        : writer_(writer), pace_(pace), pause_(pace.delay) {}

    void open(const Choice& choice) {
        add(writer_.role(choice.index));
        for (const auto& call : choice.calls) add(writer_.tool_start(choice.index, 0, call));
    }

    void say(const Choices& choices) {
        const auto tokens = longest(choices);
        const auto step = tokens_per_event(tokens, static_cast<std::int64_t>(choices.size()));
        std::vector<std::string_view> rests;
        for (const auto& choice : choices) rests.push_back(payload(choice));
        pause_ += pace_.first_token;
        for (std::int64_t done = 0; done < tokens; done += step) {
            if (done > 0) pause_ += pace_.time_for(step);
            for (std::size_t i = 0; i < choices.size(); ++i) say_next(choices[i], rests[i], step);
        }
    }

    void close(const Choice& choice) { add(writer_.finish(choice.index, choice.finish_reason)); }

    std::vector<MockAnswer::Piece> take() { return std::move(pieces_); }

private:
    static std::int64_t tokens_per_event(std::int64_t tokens, std::int64_t choices) {
        constexpr std::int64_t kMostEvents = 20'000;
        return std::max<std::int64_t>(1, (tokens * choices + kMostEvents - 1) / kMostEvents);
    }

    void say_next(const Choice& choice, std::string_view& rest, std::int64_t step) {
        if (rest.empty()) return;
        const auto piece = first_tokens(rest, step);
        rest.remove_prefix(piece.size());
        add(choice.calls.empty() ? writer_.text(choice.index, piece)
                                 : writer_.tool_arguments(choice.index, 0, piece));
    }

    void add(std::string event) {
        if (event.empty()) return;
        pieces_.push_back({std::exchange(pause_, Duration{}), std::move(event)});
    }

    const ChunkWriter& writer_;
    const Pace& pace_;
    Duration pause_;  // before the next event
    std::vector<MockAnswer::Piece> pieces_;
};

}  // namespace

std::vector<MockAnswer::Piece> play(const Choices& choices, const ChunkWriter& writer,
                                    const Pace& pace) {
    Playback playback(writer, pace);
    for (const auto& choice : choices) playback.open(choice);
    playback.say(choices);
    for (const auto& choice : choices) playback.close(choice);
    return playback.take();
}

}  // namespace ogem::gateway::mock
