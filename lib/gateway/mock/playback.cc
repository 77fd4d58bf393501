#include "gateway/mock/playback.h"

#include "gateway/mock/choices.h"
#include "gateway/mock/tokens.h"
#include "wire/openai/stream_writer.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace ogem::gateway::mock {

namespace {

using chat::AnswerChoice;

class Playback {
public:
    Playback(const wire::openai::AnswerStyle& style, const Pace& pace)
        : writer_(style), pace_(pace), pause_(pace.delay) {
        write(chat::Started{});
    }

    void open(int index, const AnswerChoice& choice) {
        std::string role;
        writer_.open(index, role);
        add(std::move(role));
        for (const auto& call : choice.calls)
            write(chat::CallStarted{index, 0, call.id, call.name, false});
    }

    void say(const Choices& choices) {
        const auto tokens = longest(choices);
        const auto step = tokens_per_event(tokens, static_cast<std::int64_t>(choices.size()));
        std::vector<std::string_view> rests;
        for (const auto& choice : choices) rests.push_back(payload(choice));
        pause_ += pace_.first_token;
        for (std::int64_t done = 0; done < tokens; done += step) {
            if (done > 0) pause_ += pace_.time_for(step);
            for (std::size_t i = 0; i < choices.size(); ++i)
                say_next(static_cast<int>(i), choices[i], rests[i], step);
        }
    }

    void write(const chat::Event& event) {
        std::string bytes;
        writer_.write(event, bytes);
        add(std::move(bytes));
    }

    std::vector<MockAnswer::Piece> take() { return std::move(pieces_); }

private:
    static std::int64_t tokens_per_event(std::int64_t tokens, std::int64_t choices) {
        constexpr std::int64_t kMostEvents = 20'000;
        return std::max<std::int64_t>(1, (tokens * choices + kMostEvents - 1) / kMostEvents);
    }

    void say_next(int index, const AnswerChoice& choice, std::string_view& rest,
                  std::int64_t step) {
        if (rest.empty()) return;
        std::string piece(first_tokens(rest, step));
        rest.remove_prefix(piece.size());
        if (choice.calls.empty()) {
            write(chat::Text{index, std::move(piece)});
        } else {
            write(chat::CallArguments{index, 0, std::move(piece)});
        }
    }

    void add(std::string bytes) {
        if (bytes.empty()) return;
        pieces_.push_back({std::exchange(pause_, Duration{}), std::move(bytes)});
    }

    wire::openai::AnswerStreamWriter writer_;
    const Pace& pace_;
    Duration pause_;  // before the next event
    std::vector<MockAnswer::Piece> pieces_;
};

}  // namespace

std::vector<MockAnswer::Piece> play(const chat::Answer& answer,
                                    const wire::openai::AnswerStyle& style, const Pace& pace) {
    Playback playback(style, pace);
    const auto& choices = answer.choices;
    const auto count = static_cast<int>(choices.size());
    for (int i = 0; i < count; ++i) playback.open(i, choices[static_cast<std::size_t>(i)]);
    playback.say(choices);
    for (int i = 0; i < count; ++i)
        playback.write(chat::Finished{i, choices[static_cast<std::size_t>(i)].finish});
    if (answer.usage) playback.write(chat::Used{*answer.usage});
    playback.write(chat::Ended{});
    return playback.take();
}

}  // namespace ogem::gateway::mock
