// The words of the configuration file for our enumerations, both ways.
#pragma once

#include "config/config.h"
#include "config/text/values.h"

namespace ogem::config {

const Choice<Protocol>& protocols();  // E201 instead of E305
const Choice<OnClientGone>& on_client_gone_words();
const Choice<BatchMode>& batch_modes();
const Choice<Strategy>& strategies();
const Choice<RetryAmbiguous>& retry_ambiguous_words();
const Choice<UnknownModel>& unknown_model_words();

}  // namespace ogem::config
