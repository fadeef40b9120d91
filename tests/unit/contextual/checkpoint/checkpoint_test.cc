#include "contextual/checkpoint/checkpoint.h"

#include <gmock/gmock.h>

#include <cstring>
#include <limits>

#include "tests/unit/contextual/encoder_folder.h"

namespace wordkin::contextual {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

std::string FloatBytes(const std::vector<float>& values) {
  std::string bytes(values.size() * sizeof(float), '\0');
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

// A folder whose files are written here.
class CheckpointTest : public testing::Test {
 protected:
  void SetUp() override {
    WriteText(folder_.PathOf("config.json"), R"({"model_type":"bert"})");
    WriteWeights({});
  }

  void WriteWeights(const std::vector<PlainTensor>& tensors) const {
    WriteText(folder_.PathOf("model.safetensors"), SafetensorsBytes(tensors));
  }

  std::string Opening(ErrorKind kind) const {
    return RefusalOf(kind, [&] { Checkpoint checkpoint(folder_.path()); });
  }

  // The message with which a tensor of shape (2 x 2) named "t" is refused by each way to read it.
  std::string Refusal(const PlainTensor& tensor) const {
    WriteWeights({tensor});
    const Checkpoint checkpoint(folder_.path());
    std::vector<float> converted;
    const std::string message = RefusalOf(ErrorKind::kDamaged, [&] {
      checkpoint.Read("t", {2, 2});
    });
    EXPECT_EQ(RefusalOf(ErrorKind::kDamaged,
                        [&] {
                          checkpoint.View("t", {2, 2}, converted);
                        }),
              message);
    EXPECT_EQ(RefusalOf(ErrorKind::kDamaged,
                        [&] {
                          const MappedRows rows = checkpoint.Rows("t", 2, 2);
                          std::vector<float> row(2);
                          for (std::size_t i = 0; i < 2; ++i) rows.Read(i, row);
                        }),
              message);
    EXPECT_THAT(message, HasSubstr(folder_.PathOf("model.safetensors")));
    return message;
  }

  TemporaryFolder folder_;
};

TEST_F(CheckpointTest, NamesEachFileThatIsMissing) {
  std::filesystem::remove(folder_.PathOf("model.safetensors"));
  EXPECT_THAT(Opening(ErrorKind::kInputOutput),
              AllOf(HasSubstr(folder_.path().string()), EndsWith("it has no model.safetensors")));
  std::filesystem::remove(folder_.PathOf("config.json"));
  EXPECT_THAT(Opening(ErrorKind::kInputOutput), EndsWith("it has no config.json"));
}

TEST_F(CheckpointTest, SaysWhatToDoWithWeightsOfOtherKinds) {
  std::filesystem::remove(folder_.PathOf("model.safetensors"));
  WriteText(folder_.PathOf("model.safetensors.zst"), "");
  EXPECT_THAT(Opening(ErrorKind::kInputOutput), HasSubstr("zstd -d"));
  WriteText(folder_.PathOf("pytorch_model.bin"), "");
  EXPECT_THAT(Opening(ErrorKind::kInputOutput), HasSubstr("save the model as safetensors"));
  WriteText(folder_.PathOf("model.safetensors.index.json"), "{}");
  EXPECT_THAT(Opening(ErrorKind::kInputOutput), HasSubstr("weights in several files"));
}

TEST_F(CheckpointTest, SaysThatAPathIsNoFolder) {
  for (const std::string& path : {folder_.PathOf("none"), folder_.PathOf("config.json")}) {
    EXPECT_THAT(RefusalOf(ErrorKind::kInputOutput, [&] { Checkpoint checkpoint(path); }),
                AllOf(HasSubstr("'" + path + "'"), HasSubstr("it is no folder")));
  }
}

TEST_F(CheckpointTest, ReadsTensorsOfEveryFloatingType) {
  WriteWeights({{"full", "F32", {2, 2}, FloatBytes({1, 2, 3, -4})},
                {"half", "F16", {2}, std::string("\x00\x3c\x00\xc0", 4)},
                {"brain", "BF16", {2}, std::string("\x80\x3f\x00\xc0", 4)}});
  const Checkpoint checkpoint(folder_.path());
  EXPECT_THAT(checkpoint.Read("full", {2, 2}), ElementsAre(1, 2, 3, -4));
  EXPECT_THAT(checkpoint.Read("half", {2}), ElementsAre(1, -2));
  EXPECT_THAT(checkpoint.Read("brain", {2}), ElementsAre(1, -2));
  EXPECT_TRUE(checkpoint.Has("full"));
  EXPECT_FALSE(checkpoint.Has("f"));
  const MappedRows rows = checkpoint.Rows("full", 2, 2);
  std::vector<float> row(2);
  rows.Read(1, row);
  EXPECT_THAT(row, ElementsAre(3, -4));
}

TEST_F(CheckpointTest, ViewsFloatsThatLieOnNoBoundary) {
  for (std::size_t shift = 0; shift < 5; ++shift) {
    WriteWeights(
        {{"a", "U8", {shift}, std::string(shift, 'x')}, {"t", "F32", {2}, FloatBytes({1.5f, -2})}});
    const Checkpoint checkpoint(folder_.path());
    std::vector<float> converted;
    EXPECT_THAT(checkpoint.View("t", {2}, converted), ElementsAre(1.5f, -2)) << shift;
    EXPECT_THAT(checkpoint.Read("t", {2}), ElementsAre(1.5f, -2)) << shift;
  }
}

TEST_F(CheckpointTest, FindsNamesBehindThePrefixToo) {
  WriteWeights({{"bert.t", "F32", {1}, FloatBytes({1})},
                {"bert.u", "F32", {1}, FloatBytes({2})},
                {"u", "F32", {1}, FloatBytes({3})}});
  Checkpoint checkpoint(folder_.path());
  EXPECT_FALSE(checkpoint.Has("t"));
  checkpoint.AllowPrefix("bert.");
  EXPECT_THAT(checkpoint.Read("t", {1}), ElementsAre(1));
  EXPECT_THAT(checkpoint.Read("u", {1}), ElementsAre(3)) << "the plain name comes first";
}

TEST_F(CheckpointTest, FindsTheFirstNameWithABeginning) {
  WriteWeights({{"bert.h.1.b", "F32", {1}, FloatBytes({1})},
                {"bert.h.1.a", "F32", {1}, FloatBytes({2})},
                {"h.10.a", "F32", {1}, FloatBytes({3})}});
  Checkpoint checkpoint(folder_.path());
  EXPECT_EQ(checkpoint.FirstNamed("h.1."), "");
  checkpoint.AllowPrefix("bert.");
  EXPECT_EQ(checkpoint.FirstNamed("h.1."), "bert.h.1.a");
  EXPECT_EQ(checkpoint.FirstNamed("h.10."), "h.10.a");
  EXPECT_EQ(checkpoint.FirstNamed("h.2."), "");
  EXPECT_EQ(checkpoint.FirstNamed("z"), "");
}

TEST_F(CheckpointTest, SaysThatATensorIsMissing) {
  EXPECT_THAT(
      Refusal({"other", "F32", {2, 2}, FloatBytes({1, 2, 3, 4})}),
      AllOf(HasSubstr("it has no tensor 't', which "), HasSubstr(folder_.PathOf("config.json"))));
}

TEST_F(CheckpointTest, SaysThatATensorHasAnotherShape) {
  EXPECT_THAT(Refusal({"t", "F32", {4}, FloatBytes({1, 2, 3, 4})}),
              HasSubstr("tensor 't' has the shape (4), not (2 x 2) as "));
  EXPECT_THAT(Refusal({"t", "F32", {2, 2, 1}, FloatBytes({1, 2, 3, 4})}),
              HasSubstr("has the shape (2 x 2 x 1)"));
  EXPECT_THAT(Refusal({"t", "F32", {}, FloatBytes({1})}), HasSubstr("has the shape ()"));
  EXPECT_LT(
      Refusal({"t", "F32", std::vector<std::uint64_t>(kMostExtents, 1), FloatBytes({1})}).size(),
      1000u);
}

TEST_F(CheckpointTest, SaysThatATensorHoldsNoFloats) {
  EXPECT_THAT(Refusal({"t", "I32", {2, 2}, std::string(16, 'x')}),
              HasSubstr("tensor 't' has the type I32, not F32, F16 or BF16"));
  EXPECT_THAT(Refusal({"t", "F64", {2, 2}, std::string(32, '\0')}), HasSubstr("has the type F64"));
}

TEST_F(CheckpointTest, RefusesNanAndInfinities) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  for (const float value : {std::numeric_limits<float>::quiet_NaN(), kInfinity, -kInfinity}) {
    EXPECT_THAT(Refusal({"t", "F32", {2, 2}, FloatBytes({1, 2, 3, value})}),
                EndsWith("its tensor 't' holds NaN or an infinity"));
  }
  EXPECT_THAT(Refusal({"t", "F16", {2, 2}, std::string("\0\0\0\x7c\0\0\0\0", 8)}),
              HasSubstr("holds NaN or an infinity"));
  EXPECT_THAT(Refusal({"t", "BF16", {2, 2}, std::string("\0\0\xc0\x7f\0\0\0\0", 8)}),
              HasSubstr("holds NaN or an infinity"));
}

}  // namespace
}  // namespace wordkin::contextual
