#include "auth/keyring.h"

namespace ogem::auth {

std::shared_ptr<TokenSource> Keyring::source_of(const google::Credentials& credentials) {
    std::erase_if(sources_, [](const auto& source) { return source.expired(); });
    for (const auto& known : sources_)
        if (auto source = known.lock(); google::same_identity(source->credentials(), credentials))
            return source;
    const bool local = std::holds_alternative<google::MetadataServer>(credentials.holder);
    auto source =
        std::make_shared<TokenSource>(loop_, local ? direct_ : outward_, credentials, habits_);
    sources_.push_back(source);
    return source;
}

}  // namespace ogem::auth
