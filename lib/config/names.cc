#include "config/names.h"

namespace ogem::config {

namespace {

template <class T>
std::string_view word_of(const Choice<T>& choice, T value) {
    for (const auto& [word, meaning] : choice.words)
        if (meaning == value) return word;
    return "";
}

}  // namespace

const Choice<Protocol>& protocols() {
    static const Choice<Protocol> choice{{{"openai", Protocol::openai},
                                          {"anthropic", Protocol::anthropic},
                                          {"gemini", Protocol::gemini},
                                          {"vertex", Protocol::vertex},
                                          {"vertex-anthropic", Protocol::vertex_anthropic},
                                          {"azure", Protocol::azure},
                                          {"mock", Protocol::mock}},
                                         "E201"};
    return choice;
}

const Choice<OnClientGone>& on_client_gone_words() {
    static const Choice<OnClientGone> choice{
        {{"cancel", OnClientGone::cancel},
         {"drain", OnClientGone::drain},
         {"finish_and_cache", OnClientGone::finish_and_cache}}};
    return choice;
}

const Choice<BatchMode>& batch_modes() {
    static const Choice<BatchMode> choice{
        {{"native", BatchMode::native}, {"emulate", BatchMode::emulate}, {"off", BatchMode::off}}};
    return choice;
}

const Choice<Strategy>& strategies() {
    static const Choice<Strategy> choice{{{"latency", Strategy::latency},
                                          {"even", Strategy::even},
                                          {"round_robin", Strategy::round_robin},
                                          {"weighted", Strategy::weighted},
                                          {"least_busy", Strategy::least_busy}}};
    return choice;
}

const Choice<RetryAmbiguous>& retry_ambiguous_words() {
    static const Choice<RetryAmbiguous> choice{{{"never", RetryAmbiguous::never},
                                                {"elsewhere", RetryAmbiguous::elsewhere},
                                                {"always", RetryAmbiguous::always}}};
    return choice;
}

const Choice<UnknownModel>& unknown_model_words() {
    static const Choice<UnknownModel> choice{
        {{"reject", UnknownModel::reject}, {"any", UnknownModel::any}}};
    return choice;
}

std::string_view name_of(Protocol value) {
    return word_of(protocols(), value);
}
std::string_view name_of(OnClientGone value) {
    return word_of(on_client_gone_words(), value);
}
std::string_view name_of(BatchMode value) {
    return word_of(batch_modes(), value);
}
std::string_view name_of(Strategy value) {
    return word_of(strategies(), value);
}
std::string_view name_of(RetryAmbiguous value) {
    return word_of(retry_ambiguous_words(), value);
}
std::string_view name_of(UnknownModel value) {
    return word_of(unknown_model_words(), value);
}

}  // namespace ogem::config
