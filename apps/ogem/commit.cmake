# Writes OUTPUT, a header with the short commit of SOURCE, unless it says so already.
execute_process(COMMAND git rev-parse --short HEAD WORKING_DIRECTORY ${SOURCE}
                OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
file(CONFIGURE OUTPUT ${OUTPUT}
     CONTENT "// The commit this was built from; empty outside a checkout.\n#pragma once\n\nconstexpr const char* kCommit = \"${commit}\";\n")
