// Sentences a second of an encoder: forward and mean pooling of ids, without tokenizing. Asked by
// scripts/bench-encoders in turns with ONNX Runtime.
//   encoder_benchmark FOLDER f32|int8 THREADS
// prints the milliseconds that loading took, then answers each line "BATCH LENGTH SECONDS" of
// standard input by the median sentences a second of runs that take so long together.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "contextual/architectures/load_encoder.h"
#include "contextual/encoding/sequence_encoder.h"

namespace {

using Clock = std::chrono::steady_clock;
using wordkin::contextual::SequenceEncoder;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// [CLS], ids from all over the vocabulary, [SEP]; onnx_runtime_benchmark.js makes the same.
std::vector<std::int32_t> MakeIds(std::size_t batch, std::size_t length) {
  std::vector<std::int32_t> ids(batch * length);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::size_t position = i % length;
    ids[i] = position == 0            ? 101
             : position == length - 1 ? 102
                                      : static_cast<std::int32_t>(1000 + (i * 7919) % 28000);
  }
  return ids;
}

double MedianRate(SequenceEncoder& encoder, std::size_t batch, std::size_t length, double seconds) {
  const std::vector<std::int32_t> ids = MakeIds(batch, length);
  std::vector<std::span<const std::int32_t>> sequences;
  for (std::size_t i = 0; i < batch; ++i) {
    sequences.push_back(std::span(ids).subspan(i * length, length));
  }
  static_cast<void>(encoder.Encode(sequences));  // compiles what it needs
  std::vector<double> times;
  const Clock::time_point start = Clock::now();
  while (SecondsSince(start) < seconds) {
    const Clock::time_point begin = Clock::now();
    static_cast<void>(encoder.Encode(sequences));
    times.push_back(SecondsSince(begin));
  }
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::ranges::nth_element(times, middle);
  return static_cast<double>(batch) / *middle;
}

}  // namespace

int main(int count, char** arguments) {
  using namespace wordkin::contextual;
  if (count != 4) {
    std::fprintf(stderr, "usage: encoder_benchmark FOLDER f32|int8 THREADS\n");
    return 2;
  }
  const Clock::time_point loading = Clock::now();
  const Encoder encoder =
      LoadEncoder(arguments[1], std::string(arguments[2]) == "int8" ? EncoderPrecision::kInt8
                                                                    : EncoderPrecision::kFloat32);
  std::printf("%.1f\n", SecondsSince(loading) * 1e3);
  SequenceEncoder sequences(encoder, {.layers = {encoder.layer_count(), encoder.layer_count()},
                                      .pooling = Pooling::kMean,
                                      .thread_count = std::atoi(arguments[3])});
  std::fflush(stdout);
  std::size_t batch, length;
  double seconds;
  while (std::cin >> batch >> length >> seconds) {
    std::printf("%.2f\n", MedianRate(sequences, batch, length, seconds));
    std::fflush(stdout);
  }
  return 0;
}
