# Language level, warnings and sanitizers for every target of ours.
# No -march: the kernels choose their instruction set when the program starts.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG")

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
                    -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 takes plain string concatenation for an overlapping copy (its bug 105651).
  add_compile_options(-Wno-restrict)
endif()

if(WORDKIN_SANITIZE)
  # -g1, the last of its kind on the line: a report names its lines, and variables would cost a
  # tenth of the build's time.
  add_compile_options(-fsanitize=${WORDKIN_SANITIZE} -fno-omit-frame-pointer -g1)
  add_link_options(-fsanitize=${WORDKIN_SANITIZE})
  if(WORDKIN_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize-recover=all)
  endif()
  # Without Highway's SSSE3 and SSE4: their code is AVX2's in shorter vectors, and the kernels are
  # what takes longest to compile here. The optimised build tests them.
  add_compile_definitions(HWY_DISABLED_TARGETS=0x1800)
endif()

if(WORDKIN_BUILD_FUZZERS)
  # Coverage of the library too, or the fuzzer sees nothing of what it feeds.
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# Declares one room of the house: wordkin_<name> from SOURCES, seen as #include "<room>/...".
# TOGETHER: the files are compiled together, some at a time, as most of the time goes into headers
# that all of them share; names in their anonymous namespaces must differ. Not with a compiler cache,
# to which small files are worth more.
function(wordkin_room name)
  cmake_parse_arguments(ROOM "TOGETHER" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(wordkin_${name} STATIC ${ROOM_SOURCES})
  target_include_directories(wordkin_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(wordkin_${name} PUBLIC ${ROOM_PUBLIC} PRIVATE ${ROOM_PRIVATE})
  if(ROOM_TOGETHER AND (WORDKIN_SANITIZE OR NOT CMAKE_CXX_COMPILER_LAUNCHER))
    set_target_properties(wordkin_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
  endif()
  if(WORDKIN_SANITIZE)
    # Compiles as quickly as -O0, and the sanitized training tests run in a fraction of the time.
    target_compile_options(wordkin_${name} PRIVATE $<$<CONFIG:Debug>:-Og>)
  endif()
endfunction()
