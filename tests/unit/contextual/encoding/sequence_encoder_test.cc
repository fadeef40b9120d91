#include "contextual/encoding/sequence_encoder.h"

#include <gmock/gmock.h>

#include <cmath>
#include <map>
#include <mutex>

#include "contextual/architectures/load_encoder.h"
#include "tests/unit/contextual/encoder_folder.h"

namespace wordkin::contextual {
namespace {

using testing::HasSubstr;

class SequenceEncoderTest : public testing::Test {
 protected:
  // Sequences of 'lengths' ids.
  static std::vector<std::vector<std::int32_t>> Ids(const std::vector<std::size_t>& lengths) {
    std::vector<std::vector<std::int32_t>> sequences;
    for (std::size_t i = 0; i < lengths.size(); ++i) {
      for (sequences.emplace_back(); sequences.back().size() < lengths[i];) {
        sequences.back().push_back(
            static_cast<std::int32_t>((i * 37 + sequences.back().size() * 11) % 96));
      }
    }
    return sequences;
  }

  static std::vector<std::vector<float>> Encode(const Encoder& encoder,
                                                const std::vector<std::vector<std::int32_t>>& ids,
                                                const EncodingOptions& options) {
    const std::vector<std::span<const std::int32_t>> views(ids.begin(), ids.end());
    return SequenceEncoder(encoder, options).Encode(views);
  }

  // States of one sequence at every layer, by itself.
  static std::vector<std::vector<float>> Layers(const Encoder& encoder,
                                                const std::vector<std::int32_t>& ids) {
    std::vector<std::vector<float>> layers;
    const std::size_t lengths[] = {ids.size()};
    EncoderScratch scratch;
    encoder.Encode({ids, lengths}, encoder.layer_count(), scratch,
                   [&](std::size_t, const float* states) {
                     layers.emplace_back(states, states + ids.size() * encoder.dimension());
                   });
    return layers;
  }

  static void ExpectNear(const std::vector<float>& actual, const std::vector<float>& expected,
                         const std::string& what) {
    ASSERT_EQ(actual.size(), expected.size()) << what;
    for (std::size_t i = 0; i < actual.size(); ++i) {
      ASSERT_NEAR(actual[i], expected[i], 1e-6) << what << ", value " << i;
    }
  }

  const Encoder bert_ = LoadEncoder(EncoderFolder("bert").path(), EncoderPrecision::kFloat32);
};

TEST_F(SequenceEncoderTest, KeepsTheOrderAndAgreesWithSequencesByThemselvesOnAnyThreads) {
  std::vector<std::size_t> lengths;
  for (std::size_t i = 0; i < 90; ++i) lengths.push_back(1 + i * 29 % 48);
  std::vector<std::vector<float>> alone;
  for (const auto& each : Ids(lengths)) alone.push_back(Layers(bert_, each).back());
  for (const std::size_t count : {1u, 2u, 5u, 90u}) {
    const auto ids = Ids({lengths.begin(), lengths.begin() + count});
    for (const int thread_count : {1, 2, 3, 8}) {
      const auto results = Encode(
          bert_, ids, {.layers = {2, 2}, .pooling = Pooling::kNone, .thread_count = thread_count});
      ASSERT_EQ(results.size(), count);
      for (std::size_t i = 0; i < count; ++i) {
        ExpectNear(results[i], alone[i],
                   std::to_string(i) + " of " + std::to_string(count) + " on " +
                       std::to_string(thread_count) + " threads");
      }
    }
  }
}

TEST_F(SequenceEncoderTest, GivesTheLayerThatIsAskedFor) {
  const auto ids = Ids({5, 3});
  for (std::size_t layer = 0; layer <= 2; ++layer) {
    const auto results = Encode(bert_, ids, {.layers = {layer, layer}, .pooling = Pooling::kNone});
    ExpectNear(results[0], Layers(bert_, ids[0])[layer], "layer " + std::to_string(layer));
    ExpectNear(results[1], Layers(bert_, ids[1])[layer], "layer " + std::to_string(layer));
  }
}

TEST_F(SequenceEncoderTest, AveragesLayersBothEndsIncluded) {
  const auto ids = Ids({4});
  const auto layers = Layers(bert_, ids[0]);
  std::vector<float> expected(layers[0].size());
  for (std::size_t i = 0; i < expected.size(); ++i) expected[i] = (layers[1][i] + layers[2][i]) / 2;
  ExpectNear(Encode(bert_, ids, {.layers = {1, 2}, .pooling = Pooling::kNone})[0], expected, "");
}

TEST_F(SequenceEncoderTest, TakesNoSequencesAtAll) {
  EXPECT_TRUE(Encode(bert_, {}, {.layers = {2, 2}, .thread_count = 1}).empty());
  EXPECT_TRUE(Encode(bert_, {}, {.layers = {2, 2}, .thread_count = 4}).empty());
}

// Only T5 takes sequences of more tokens than a tile.
TEST_F(SequenceEncoderTest, TakesSequencesLongerThanATile) {
  const EncoderFolder folder("t5");
  folder.Configure("n_positions", 700);
  const Encoder t5 = LoadEncoder(folder.path(), EncoderPrecision::kFloat32);
  const auto ids = Ids({3, 700, 512, 513, 1});
  for (const int thread_count : {1, 4}) {
    const auto results = Encode(
        t5, ids, {.layers = {2, 2}, .pooling = Pooling::kNone, .thread_count = thread_count});
    for (std::size_t i = 0; i < ids.size(); ++i) {
      ExpectNear(results[i], Layers(t5, ids[i]).back(), std::to_string(i));
    }
  }
}

TEST_F(SequenceEncoderTest, HandsOutEachLayerOfEachSequenceOnce) {
  std::vector<std::size_t> lengths;
  for (std::size_t i = 0; i < 60; ++i) lengths.push_back(1 + i * 31 % 48);
  const auto ids = Ids(lengths);
  const std::vector<std::span<const std::int32_t>> views(ids.begin(), ids.end());
  for (const int thread_count : {1, 4}) {
    std::mutex mutex;
    std::map<std::pair<std::size_t, std::size_t>, std::vector<float>> seen;
    SequenceEncoder(bert_, {.layers = {2, 2}, .thread_count = thread_count})
        .VisitLayers(views,
                     [&](std::size_t sequence, std::size_t layer, std::span<const float> states) {
                       const std::lock_guard lock(mutex);
                       EXPECT_TRUE(seen.emplace(std::pair(sequence, layer),
                                                std::vector<float>(states.begin(), states.end()))
                                       .second)
                           << sequence << " twice";
                     });
    EXPECT_EQ(seen.size(), ids.size() * 3);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const auto layers = Layers(bert_, ids[i]);
      for (std::size_t layer = 0; layer <= 2; ++layer) {
        ExpectNear(seen[{i, layer}], layers[layer], std::to_string(i));
      }
    }
  }
}

TEST_F(SequenceEncoderTest, HandsOnWhatATileThrowsOnAnyThreads) {
  std::vector<std::size_t> lengths(60, 48);
  auto ids = Ids(lengths);
  ids[40][3] = 5000;
  for (const int thread_count : {1, 4, 100}) {
    EXPECT_THAT(RefusalOf(ErrorKind::kDamaged,
                          [&] {
                            Encode(bert_, ids, {.layers = {2, 2}, .thread_count = thread_count});
                          }),
                HasSubstr("id 5000"));
  }
}

}  // namespace
}  // namespace wordkin::contextual
