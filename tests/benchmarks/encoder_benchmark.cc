// Sentences a second of an encoder: batch and length as given, forward and mean pooling.
// scripts/bench-encoders runs it in turns with ONNX Runtime.
//   encoder_benchmark FOLDER f32|int8 THREADS BATCH LENGTH SECONDS
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "contextual/architectures/load_encoder.h"
#include "contextual/encoding/sequence_encoder.h"

namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// [CLS], then ids all over the vocabulary, then [SEP]; the script gives ONNX Runtime the same.
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

}  // namespace

int main(int count, char** arguments) {
  using namespace wordkin::contextual;
  if (count != 7) return 2;
  const std::string folder = arguments[1], precision = arguments[2];
  const int thread_count = std::atoi(arguments[3]);
  const std::size_t batch = std::strtoul(arguments[4], nullptr, 10);
  const std::size_t length = std::strtoul(arguments[5], nullptr, 10);
  const double seconds = std::atof(arguments[6]);

  const Clock::time_point loading = Clock::now();
  const Encoder encoder =
      LoadEncoder(folder, precision == "int8" ? Precision::kInt8 : Precision::kFloat32);
  const double load_seconds = SecondsSince(loading);
  SequenceEncoder sequence_encoder(encoder,
                                   {.layers = {encoder.layer_count(), encoder.layer_count()},
                                    .pooling = Pooling::kMean,
                                    .thread_count = thread_count});
  const std::vector<std::int32_t> ids = MakeIds(batch, length);
  std::vector<std::span<const std::int32_t>> sequences;
  for (std::size_t i = 0; i < batch; ++i) {
    sequences.push_back(std::span(ids).subspan(i * length, length));
  }
  static_cast<void>(sequence_encoder.Encode(sequences));
  std::vector<double> times;
  const Clock::time_point start = Clock::now();
  while (SecondsSince(start) < seconds) {
    const Clock::time_point begin = Clock::now();
    static_cast<void>(sequence_encoder.Encode(sequences));
    times.push_back(SecondsSince(begin));
  }
  std::ranges::nth_element(times, times.begin() + times.size() / 2);
  std::printf("%.1f sentences/s, loaded in %.1f ms\n",
              static_cast<double>(batch) / times[times.size() / 2], load_seconds * 1e3);
  return 0;
}
