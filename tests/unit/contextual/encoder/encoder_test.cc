#include "contextual/encoder/encoder.h"

#include <gmock/gmock.h>

#include <cstring>

#include "contextual/architectures/load_encoder.h"
#include "tests/unit/contextual/encoder_folder.h"

namespace wordkin::contextual {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// The layers that a run hands out.
std::vector<std::size_t> LayersOf(const Encoder& encoder, const std::vector<std::int32_t>& ids,
                                  std::size_t last_layer) {
  std::vector<std::size_t> layers;
  const std::size_t lengths[] = {ids.size()};
  EncoderScratch scratch;
  encoder.Encode({ids, lengths}, last_layer, scratch,
                 [&](std::size_t layer, const float*) { layers.push_back(layer); });
  return layers;
}

TEST(Encoder, StopsAtTheLayerThatIsWanted) {
  for (const char* name : {"bert", "gpt2"}) {
    const Encoder encoder = LoadEncoder(EncoderFolder(name).path(), EncoderPrecision::kFloat32);
    EXPECT_THAT(LayersOf(encoder, {1, 2}, 0), ElementsAre(0));
    EXPECT_THAT(LayersOf(encoder, {1, 2}, 1), ElementsAre(0, 1));
    EXPECT_THAT(LayersOf(encoder, {1, 2}, 2), ElementsAre(0, 1, 2));
  }
}

TEST(Encoder, RefusesSequencesBeyondItsLimit) {
  const Encoder encoder = LoadEncoder(EncoderFolder("bert").path(), EncoderPrecision::kFloat32);
  EXPECT_EQ(LayersOf(encoder, std::vector<std::int32_t>(48, 1), 0).size(), 1u);
  EXPECT_THAT(
      RefusalOf(ErrorKind::kUsage, [&] { LayersOf(encoder, std::vector<std::int32_t>(49, 1), 0); }),
      HasSubstr("49 pieces is longer than the encoder's limit of 48"));
}

TEST(Encoder, RefusesIdsThatItsVocabularyDoesNotHave) {
  const Encoder encoder = LoadEncoder(EncoderFolder("bert").path(), EncoderPrecision::kFloat32);
  for (const std::int32_t id : {-1, 116, 2'000'000'000}) {
    EXPECT_THAT(
        RefusalOf(ErrorKind::kDamaged,
                  [&] {
                    LayersOf(encoder, {1, id}, 0);
                  }),
        HasSubstr("id " + std::to_string(id) + " is not in the encoder's vocabulary of 116"))
        << id;
  }
}

TEST(Encoder, RefusesNanInTheRowsOfItsVocabulary) {
  const EncoderFolder folder("bert");
  folder.EditTensor("embeddings.word_embeddings.weight", [](PlainTensor& tensor) {
    const float nan = NAN;
    std::memcpy(tensor.bytes.data() + 7 * 24 * sizeof(float), &nan, sizeof(nan));
  });
  const Encoder encoder = LoadEncoder(folder.path(), EncoderPrecision::kFloat32);
  EXPECT_EQ(LayersOf(encoder, {1, 6, 8}, 0).size(), 1u) << "other rows are not concerned";
  EXPECT_THAT(RefusalOf(ErrorKind::kDamaged,
                        [&] {
                          LayersOf(encoder, {1, 7}, 0);
                        }),
              HasSubstr("'embeddings.word_embeddings.weight' holds NaN"));
}

// As a flipped bit of an exponent makes them: finite, yet nothing can be computed with them.
TEST(Encoder, RefusesWeightsTooLargeToComputeWith) {
  for (const EncoderPrecision precision : {EncoderPrecision::kFloat32, EncoderPrecision::kInt8}) {
    const EncoderFolder folder("bert");
    folder.EditTensor("encoder.layer.1.output.dense.bias", [](PlainTensor& tensor) {
      const float huge[] = {3e38f, 3e38f};
      std::memcpy(tensor.bytes.data(), huge, sizeof(huge));
    });
    const Encoder encoder = LoadEncoder(folder.path(), precision);
    EXPECT_THAT(RefusalOf(ErrorKind::kDamaged,
                          [&] {
                            LayersOf(encoder, {1, 2, 3}, 2);
                          }),
                HasSubstr("'" + folder.path() + "'"));
  }
}

// The mean of such a row is finite, its squares are not: norms must not hide it from the layers
// behind them.
TEST(Encoder, RefusesWeightsTooLargeForItsNorms) {
  for (const EncoderPrecision precision : {EncoderPrecision::kFloat32, EncoderPrecision::kInt8}) {
    for (const auto& [name, bias] : {std::pair("bert", "encoder.layer.0.output.dense.bias"),
                                     std::pair("gpt2", "h.0.mlp.c_proj.bias")}) {
      const EncoderFolder folder(name);
      folder.EditTensor(bias, [](PlainTensor& tensor) {
        const float large = 1e37f;
        std::memcpy(tensor.bytes.data(), &large, sizeof(large));
      });
      const Encoder encoder = LoadEncoder(folder.path(), precision);
      EXPECT_THAT(RefusalOf(ErrorKind::kDamaged,
                            [&] {
                              LayersOf(encoder, {1, 2, 3}, 2);
                            }),
                  HasSubstr("'" + folder.path() + "'"))
          << name;
    }
  }
}

}  // namespace
}  // namespace wordkin::contextual
