# How every target of this project is made: one language level, one set of warnings, one way to name things.
#
#   ogem_library(wire SOURCES sse.cc DEPS chat USES OpenSSL::Crypto)   makes the static library ogem_wire
#   ogem_program(ogemd SOURCES main.cc DEPS api)                        makes the program
#   ogem_tests(wire SOURCES sse_test.cc DEPS wire)                      makes wire_test and tells ctest
#   ogem_fuzz(sse wire)                                                 makes fuzz_sse and replays its corpus
#
# DEPS are folders of lib/ and are the only list of who may include whom: tests/layers.py reads the same lines.
# USES are foreign libraries; they stay private to the folder that is their home.
include_guard(GLOBAL)

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

find_program(OGEM_CCACHE ccache)
if(OGEM_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${OGEM_CCACHE})
endif()
find_program(OGEM_MOLD mold)
if(OGEM_MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 12.1)
  add_link_options(-fuse-ld=mold)
endif()
if(UNIX AND NOT APPLE)
  add_link_options(-Wl,--as-needed)
endif()

find_package(Threads REQUIRED)

add_library(ogem_flags INTERFACE)
target_include_directories(ogem_flags INTERFACE ${CMAKE_SOURCE_DIR}/lib)
target_compile_options(ogem_flags INTERFACE
  -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wconversion -Wundef
  # g++ 12 sees overlaps in std::string::replace that are not there (GCC bug 105651).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
  $<$<BOOL:${OGEM_WERROR}>:-Werror>)
target_compile_definitions(ogem_flags INTERFACE OGEM_VERSION="${PROJECT_VERSION}")
target_link_libraries(ogem_flags INTERFACE Threads::Threads)
if(OGEM_SANITIZE)
  target_compile_options(ogem_flags INTERFACE -fsanitize=${OGEM_SANITIZE} -fno-omit-frame-pointer
                                              -fno-sanitize-recover=all)
  target_link_options(ogem_flags INTERFACE -fsanitize=${OGEM_SANITIZE})
endif()

# Foreign libraries are looked for where they are used, so that a folder's needs stand in its own file.
macro(ogem_pkg target module)
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(${target} REQUIRED IMPORTED_TARGET ${module})
endmacro()

function(ogem_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;USES" ${ARGN})
  add_library(ogem_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(ogem_${name} PUBLIC ogem_flags PRIVATE ${ARG_USES})
  foreach(dep ${ARG_DEPS})
    target_link_libraries(ogem_${name} PUBLIC ogem_${dep})
  endforeach()
endfunction()

function(ogem_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;USES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ogem_flags ${ARG_USES})
  foreach(dep ${ARG_DEPS})
    target_link_libraries(${name} PRIVATE ogem_${dep})
  endforeach()
endfunction()

function(ogem_tests name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;USES" ${ARGN})
  add_executable(${name}_test ${ARG_SOURCES} ${CMAKE_SOURCE_DIR}/tests/support/doctest_main.cc)
  target_link_libraries(${name}_test PRIVATE ogem_flags ${ARG_USES})
  target_include_directories(${name}_test PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_compile_definitions(${name}_test PRIVATE OGEM_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  foreach(dep ${ARG_DEPS})
    target_link_libraries(${name}_test PRIVATE ogem_${dep})
  endforeach()
  add_test(NAME ${name} COMMAND ${name}_test)
  set_tests_properties(${name} PROPERTIES TIMEOUT 120)
  if(name IN_LIST OGEM_THREAD_TESTS)
    set_tests_properties(${name} PROPERTIES LABELS threads)
    add_dependencies(thread_tests ${name}_test)
  endif()
endfunction()

# A fuzz target is a file tests/fuzz/fuzz_NAME.cc with LLVMFuzzerTestOneInput. With g++ it is linked to a plain driver
# that replays tests/fuzz/corpus/NAME; with clang and -DOGEM_FUZZ=ON it hunts.
function(ogem_fuzz name)
  add_executable(fuzz_${name} ${CMAKE_SOURCE_DIR}/tests/fuzz/fuzz_${name}.cc)
  target_link_libraries(fuzz_${name} PRIVATE ogem_flags)
  foreach(dep ${ARGN})
    target_link_libraries(fuzz_${name} PRIVATE ogem_${dep})
  endforeach()
  if(OGEM_FUZZ)
    target_compile_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests/fuzz/replay_main.cc)
    add_test(NAME fuzz_${name} COMMAND fuzz_${name} ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name})
  endif()
endfunction()
