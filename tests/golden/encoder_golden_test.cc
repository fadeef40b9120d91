// Every layer of every architecture against an independent implementation in float64, whose states
// for tiny random models lie in encoders/ (made by encoders/make_encoders.py).
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "common/formats/safetensors.h"
#include "common/math/vector_kernels.h"
#include "contextual/architectures/load_encoder.h"
#include "contextual/encoding/sequence_encoder.h"

namespace wordkin::contextual {
namespace {

const std::string kFolder = WORDKIN_GOLDEN_FOLDER "/encoders/";

// The inputs of one model and what it must make of them.
class Reference {
 public:
  explicit Reference(const std::string& path) : file_(path) {
    while (file_.Find("input" + std::to_string(ids_.size()) + ".ids") != nullptr) {
      const Tensor& tensor = *file_.Find("input" + std::to_string(ids_.size()) + ".ids");
      std::vector<std::int32_t> ids(tensor.bytes.size() / sizeof(std::int32_t));
      std::memcpy(ids.data(), tensor.bytes.data(), tensor.bytes.size());
      ids_.push_back(std::move(ids));
    }
  }

  std::span<const std::vector<std::int32_t>> ids() const { return ids_; }
  std::vector<float> Layer(std::size_t input, std::size_t layer) const {
    return Values(input, "layer" + std::to_string(layer));
  }
  std::vector<float> Values(std::size_t input, const std::string& what) const {
    const Tensor* const tensor = file_.Find("input" + std::to_string(input) + "." + what);
    std::vector<float> values(tensor == nullptr ? 0 : tensor->bytes.size() / sizeof(float));
    if (tensor != nullptr) ConvertToFloats(*tensor, 0, values);
    return values;
  }

 private:
  SafetensorsFile file_;
  std::vector<std::vector<std::int32_t>> ids_;
};

float LargestDifference(std::span<const float> a, std::span<const float> b) {
  float largest = a.size() == b.size() ? 0 : INFINITY;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    const float difference = std::fabs(a[i] - b[i]);
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}

float Cosine(std::vector<float> a, std::vector<float> b) {
  Normalize(a);
  Normalize(b);
  return Dot(a, b);
}

class EncoderGolden : public testing::TestWithParam<const char*> {
 protected:
  const std::string folder_ = kFolder + GetParam();
  const Reference reference_{folder_ + "/reference.safetensors"};
};

TEST_P(EncoderGolden, EveryLayerIsThatOfTheReference) {
  const Encoder encoder = LoadEncoder(folder_, EncoderPrecision::kFloat32);
  ASSERT_FALSE(reference_.ids().empty());
  EncoderScratch scratch;
  for (std::size_t input = 0; input < reference_.ids().size(); ++input) {
    const std::vector<std::int32_t>& ids = reference_.ids()[input];
    const std::size_t lengths[] = {ids.size()};
    std::size_t layer_count = 0;
    encoder.Encode({ids, lengths}, encoder.layer_count(), scratch,
                   [&](std::size_t layer, const float* states) {
                     ++layer_count;
                     const std::vector<float> expected = reference_.Layer(input, layer);
                     EXPECT_LT(LargestDifference(
                                   std::span(states, ids.size() * encoder.dimension()), expected),
                               1e-5f)
                         << "input " << input << ", layer " << layer;
                   });
    EXPECT_EQ(layer_count, encoder.layer_count() + 1);
  }
}

std::vector<std::vector<float>> EncodeAll(const Encoder& encoder, const Reference& reference,
                                          int thread_count) {
  SequenceEncoder sequences(encoder, {.layers = {encoder.layer_count(), encoder.layer_count()},
                                      .pooling = Pooling::kMean,
                                      .thread_count = thread_count});
  const std::vector<std::span<const std::int32_t>> ids(reference.ids().begin(),
                                                       reference.ids().end());
  return sequences.Encode(ids);
}

TEST_P(EncoderGolden, SequencesOfATileDoNotSeeEachOther) {
  const Encoder encoder = LoadEncoder(folder_, EncoderPrecision::kFloat32);
  for (const int thread_count : {1, 2, 8}) {
    const std::vector<std::vector<float>> means = EncodeAll(encoder, reference_, thread_count);
    for (std::size_t input = 0; input < means.size(); ++input) {
      EXPECT_LT(LargestDifference(means[input], reference_.Values(input, "mean")), 1e-5f)
          << "input " << input << ", threads " << thread_count;
    }
  }
}

TEST_P(EncoderGolden, EightBitsKeepTheDirection) {
  const Encoder encoder = LoadEncoder(folder_, EncoderPrecision::kInt8);
  const std::vector<std::vector<float>> means = EncodeAll(encoder, reference_, 1);
  for (std::size_t input = 0; input < means.size(); ++input) {
    EXPECT_GT(Cosine(means[input], reference_.Values(input, "mean")), 0.99f) << "input " << input;
  }
}

INSTANTIATE_TEST_SUITE_P(Architectures, EncoderGolden,
                         testing::Values("albert", "bert", "bert_pretraining", "distilbert", "gpt2",
                                         "gpt2_language_model", "roberta", "t5", "t5_gated"),
                         [](const auto& test) { return std::string(test.param); });

}  // namespace
}  // namespace wordkin::contextual
