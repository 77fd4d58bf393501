#include "wire/gemini/inbound/read_contents.h"

#include "base/text.h"
#include "wire/gemini/inbound/read_part.h"

#include <algorithm>
#include <optional>

namespace ogem::wire::gemini {

namespace {

using chat::Message;
using chat::Part;
using chat::Role;

Message message_of(Role role) {
    Message message;
    message.role = role;
    return message;
}

// One text alone is a string to the other dialects.
void settle_plain(Message& message) {
    const auto& content = message.content;
    message.plain =
        content.size() == 1 && content[0].kind == Part::Kind::text && content[0].rest.empty();
}

// What a content says before its parts are sorted into messages.
struct Said {
    Message message;  // the role, and all but results
    std::vector<FunctionResponse> responses;
};

Result<Role> read_role(const Spot& spot) {
    std::string word;
    if (auto taken = take(spot, word); !taken) return fail_as(taken);
    if (word == "model") return Role::assistant;
    if (word == "user" || word == "function" || word.empty()) return Role::user;
    return spot.refuse(cat('"', word.substr(0, 80), "\" is not user or model"));
}

Result<void> read_parts(const Spot& parts, Said& said) {
    return each_element(parts, [&](const Spot& element) -> Result<void> {
        auto in = read_in_part(element);
        if (!in) return fail_as(in);
        if (in->part) said.message.content.push_back(std::move(*in->part));
        if (in->call) said.message.calls.push_back(std::move(*in->call));
        if (in->response) said.responses.push_back(std::move(*in->response));
        return {};
    });
}

Result<Said> read_content(const Spot& content) {
    Said said{message_of(Role::user), {}};
    auto read = each_member(content, [&](const Spot& member) -> Result<void> {
        if (member.name == "parts") return read_parts(member, said);
        if (member.name != "role") return {};
        const auto role = read_role(member);
        if (!role) return fail(role.error());
        said.message.role = *role;
        return {};
    });
    if (!read) return fail_as(read);
    settle_plain(said.message);
    return said;
}

class ConversationReader {
public:
    ConversationReader(const chat::NewId& new_id, std::vector<Message>& messages)
        : new_id_(new_id), messages_(messages) {}

    Result<void> take(const Spot& content) {
        auto said = read_content(content);
        if (!said) return fail_as(said);
        if (said->message.role == Role::assistant) return take_model(content, std::move(*said));
        if (!said->message.calls.empty())
            return content.refuse("only a model can make a functionCall");
        take_user(std::move(*said));
        return {};
    }

private:
    struct Open {
        std::string id, name;
    };

    Result<void> take_model(const Spot& content, Said said) {
        if (!said.responses.empty())
            return content.refuse("only a user can give a functionResponse");
        open_.clear();
        for (auto& call : said.message.calls) {
            if (call.id.empty()) call.id = new_id_("call_");
            open_.push_back({call.id, call.name});
        }
        messages_.push_back(std::move(said.message));
        return {};
    }

    void take_user(Said said) {
        auto& files = said.message.content;
        const bool only_results = files.empty() && !said.responses.empty();
        for (auto& response : said.responses) {
            messages_.push_back(result_of(response));
            files.insert(files.end(), response.files.begin(), response.files.end());
        }
        settle_plain(said.message);
        if (!only_results || !files.empty()) messages_.push_back(std::move(said.message));
    }

    Message result_of(const FunctionResponse& response) {
        auto message = message_of(Role::tool);
        message.content.emplace_back().text = response.text;
        message.plain = true;
        const auto call = find_open(response);
        if (call != open_.end()) {
            message.call_id = call->id;
            open_.erase(call);
        } else {
            message.call_id = response.id.empty() ? new_id_("call_") : response.id;
            message.name = response.name;
        }
        return message;
    }

    // The call that a response answers: that of its id, else the first of its name, else the first.
    std::vector<Open>::iterator find_open(const FunctionResponse& response) {
        const auto by_id = std::ranges::find(open_, response.id, &Open::id);
        if (by_id != open_.end() || !response.id.empty()) return by_id;
        const auto by_name = std::ranges::find(open_, response.name, &Open::name);
        return by_name != open_.end() ? by_name : open_.begin();
    }

    const chat::NewId& new_id_;
    std::vector<Message>& messages_;
    std::vector<Open> open_;  // calls of the last model turn that have no result yet
};

}  // namespace

Result<void> read_contents(const Spot& contents, const chat::NewId& new_id,
                           std::vector<Message>& messages) {
    ConversationReader reader(new_id, messages);
    return each_element(contents, [&](const Spot& content) { return reader.take(content); });
}

Result<void> read_system(const Spot& content, std::vector<Message>& messages) {
    auto said = read_content(content);
    if (!said) return fail_as(said);
    const bool only_text = std::ranges::all_of(
        said->message.content, [](const Part& part) { return part.kind == Part::Kind::text; });
    if (!only_text || !said->message.calls.empty() || !said->responses.empty())
        return content.refuse("must be text");
    said->message.role = Role::system;
    if (!said->message.content.empty()) messages.push_back(std::move(said->message));
    return {};
}

}  // namespace ogem::wire::gemini
