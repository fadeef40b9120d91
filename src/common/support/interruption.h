#pragma once

#include <atomic>

namespace wordkin {

// That whoever started the program wants its work to end (Ctrl-C, a kill). Of the whole program, as
// signals are: what waits far below for a pipe learns of it here.
class Interruption {
 public:
  // From a signal's handler, too, after the first Clear(). Returns whether it was requested
  // already.
  static bool Request();
  static void Clear();
  static const std::atomic<bool>& requested();
};

// Throws kInterrupted once 'stop' is true: for work of which nothing is kept.
void EndWhenStopped(const std::atomic<bool>& stop);

// Returns when a read of the descriptor gives bytes, its end or a failure at once. Throws
// kInterrupted when an interruption was requested or is meanwhile, in whichever thread.
void AwaitInput(int descriptor);

}  // namespace wordkin
