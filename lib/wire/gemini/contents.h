// The conversation of a request, as Gemini's systemInstruction and contents.
#pragma once

#include "base/result.h"
#include "chat/request.h"
#include "json/writer.h"
#include "wire/gemini/place.h"

namespace ogem::wire::gemini {

// Writes the members "systemInstruction" (if there is one) and "contents" into the object that is
// open. Errors: invalid, naming the member of the request.
Result<void> write_contents(json::Writer& w, const chat::Request& request, const Place& place,
                            Service service);

}  // namespace ogem::wire::gemini
