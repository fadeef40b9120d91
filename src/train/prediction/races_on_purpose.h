#pragma once

// Threads of a Hogwild run read and write the same rows without locks, on purpose: ThreadSanitizer
// is told to look away from functions between the two.
#if defined(__clang__)
#define WORDKIN_BEGIN_RACES_ON_PURPOSE \
  _Pragma("clang attribute push(__attribute__((no_sanitize(\"thread\"))), apply_to = function)")
#define WORDKIN_END_RACES_ON_PURPOSE _Pragma("clang attribute pop")
#else
#define WORDKIN_BEGIN_RACES_ON_PURPOSE
#define WORDKIN_END_RACES_ON_PURPOSE
#endif
