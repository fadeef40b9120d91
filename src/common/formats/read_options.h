#pragma once

#include <string>

#include "common/formats/row_faults.h"

namespace wordkin {

// How a foreign file is read.
struct ReadOptions {
  FaultPolicy on_fault = FaultPolicy::kRefuse;
  std::string words_path = {};   // the list of words, for formats without; "": found beside
  std::string tensor_name = {};  // of a safetensors file; "": the only one that fits
  int thread_count = 1;
};

}  // namespace wordkin
