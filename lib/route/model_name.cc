#include "route/model_name.h"

#include "base/text.h"

namespace ogem::route {

Result<std::vector<std::string_view>> split_chain(std::string_view typed) {
    std::vector<std::string_view> elements;
    for (const auto piece : split(typed, ','))
        if (const auto element = trim(piece); !element.empty()) elements.push_back(element);
    if (elements.empty())
        return fail(Kind::invalid,
                    "`model` is empty: name a model, or several with commas between");
    if (elements.size() > kMaxChain)
        return fail(Kind::invalid, cat("`model` names ", elements.size(),
                                       " models; a fallback chain has at most ", kMaxChain));
    return elements;
}

BatchSuffix cut_batch_suffix(std::string_view element) {
    if (!element.ends_with(kBatchSuffix)) return {element, false};
    return {element.substr(0, element.size() - kBatchSuffix.size()), true};
}

}  // namespace ogem::route
