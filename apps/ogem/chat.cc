// ogem chat: gather the prompt, find a daemon and a model, ask.
#include "ogem/chat/conversation.h"
#include "ogem/chat/model_choice.h"
#include "ogem/chat/request.h"
#include "ogem/commands.h"
#include "ogem/input/gather.h"

namespace ogem::cli {

namespace {

std::string named_model(const Context& context, const Chat& chat) {
    if (!chat.model.empty()) return chat.model;
    const auto set = context.env.find("OGEM_MODEL");
    return set == context.env.end() ? std::string() : set->second;
}

Outcome<std::string> choose_model(const Context& context, const Session& session) {
    auto list = ask(context, session.socket(), client::get("/v1/models"));
    if (!list) return failed_as(list);
    auto model = default_model(*list);
    if (!model.empty()) return model;
    return failed(
        Exit::usage,
        "no model: name one with -m or OGEM_MODEL (ogem models lists them; without any key, "
        "-m mock/echo answers)");
}

Place place_for(const Chat& chat, std::string_view model) {
    return asks_for_batch(model) ? Place::daemon : place_of(chat.direct, chat.daemon);
}

}  // namespace

Outcome<> run(const Context& context, const Chat& chat) {
    auto model = named_model(context, chat);
    if (asks_for_batch(model) && (chat.direct || context.globals.config)) {
        return failed(Exit::no_daemon,
                      model + " waits in the queue of a running daemon: ogem daemon start");
    }
    auto options = parse_options(chat.options);
    if (!options) return failed_as(options);
    auto prompt = gather_prompt(context, chat);
    if (!prompt) return failed_as(prompt);
    auto system = gather_system(chat.system);
    if (!system) return failed_as(system);
    auto session = Session::open(context, place_for(chat, model));
    if (!session) return failed_as(session);
    if (model.empty()) {
        auto chosen = choose_model(context, *session);
        if (!chosen) return failed_as(chosen);
        model = std::move(*chosen);
    }
    const bool json_stream = context.globals.json && chat.stream;
    const bool stream = json_stream || (!context.globals.json && !chat.no_stream);
    const bool usage = chat.usage || context.terminal.err;
    auto body = body_of({model, *system, *prompt, std::move(*options), stream, usage});
    return Conversation(context, chat).run(session->socket(), std::move(body), model);
}

}  // namespace ogem::cli
