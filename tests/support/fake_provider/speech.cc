#include "speech.h"

#include "anthropic/anthropic.h"
#include "azure/azure.h"
#include "gemini/gemini.h"
#include "google/google.h"
#include "openai/openai.h"

namespace ogem::fake {

const Speech& speech_of(Dialect dialect) {
    switch (dialect) {
        case Dialect::azure:
            return azure::kSpeech;
        case Dialect::anthropic:
            return anthropic::kSpeech;
        case Dialect::vclaude:
            return anthropic::kVertexSpeech;
        case Dialect::studio:
        case Dialect::vertex:
            return gemini::kSpeech;
        case Dialect::oauth:
            return google::kOauthSpeech;
        case Dialect::metadata:
            return google::kMetadataSpeech;
        default:
            return openai::kSpeech;
    }
}

}  // namespace ogem::fake
