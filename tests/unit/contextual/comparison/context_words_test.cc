#include "contextual/comparison/context_words.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "common/support/random.h"

namespace wordkin::contextual {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

using Vector = std::vector<double>;

// Words of money, water and reading, an axis each, with what all words have in common on the last.
// "bank" is of the first two.
class ContextWordsTest : public testing::Test {
 protected:
  static constexpr std::size_t kDimension = 8;
  enum Topic { kMoney, kWater, kReading, kBanks };

  static std::vector<float> VectorOf(const std::map<Topic, float>& topics) {
    std::vector<float> vector(kDimension);
    for (const auto& [topic, share] : topics) vector[topic] = share;
    vector.back() = 10;
    return vector;
  }

  ContextWordsTest() {
    Random random(3);
    for (const auto& [word, topics] : std::vector<std::pair<std::string, std::map<Topic, float>>>{
             {"money", {{kMoney, 3}}},
             {"river", {{kWater, 3}}},
             {"book", {{kReading, 3}}},
             {"loan", {{kMoney, 3}}},
             {"water", {{kWater, 3}}},
             {"read", {{kReading, 3}}},
             {"bank", {{kBanks, 3}, {kMoney, 1}, {kWater, 1}}},
             {"banks", {{kBanks, 3}, {kMoney, 1}, {kWater, 1}}}}) {
      words_.push_back(word);
      vectors_.push_back(VectorOf(topics));
      for (float& value : vectors_.back()) value += 0.2f * random.NextFloat();
    }
    AlignedMatrix rows(words_.size(), kDimension);
    for (std::size_t row = 0; row < words_.size(); ++row) {
      std::ranges::copy(vectors_[row], rows.Row(row).begin());
    }
    context_.emplace(words_, std::move(rows));
    own_ = vectors_[6];
  }

  std::vector<std::string> Names(const std::vector<ContextWord>& found) const {
    std::vector<std::string> names;
    for (const ContextWord& each : found) names.push_back(context_->Word(each.word));
    return names;
  }

  // By the definition, in double.
  static Vector Unit(Vector vector) {
    const double length =
        std::sqrt(std::inner_product(vector.begin(), vector.end(), vector.begin(), 0.0));
    for (double& value : vector) value /= length;
    return vector;
  }
  Vector Centred(const std::vector<float>& vector) const {
    Vector centred(vector.begin(), vector.end());
    for (std::size_t i = 0; i < kDimension; ++i) {
      double mean = 0;
      for (const auto& each : vectors_) mean += each[i] / static_cast<double>(vectors_.size());
      centred[i] -= mean;
    }
    return Unit(centred);
  }
  static double DotOf(const Vector& a, const Vector& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
  }
  static Vector Less(Vector a, double share, const Vector& b) {
    for (std::size_t i = 0; i < a.size(); ++i) a[i] -= share * b[i];
    return Unit(a);
  }

  std::vector<std::string> words_;
  std::vector<std::vector<float>> vectors_;
  std::optional<ContextWords> context_;
  std::vector<float> own_;  // of "bank" without a sentence
};

TEST_F(ContextWordsTest, AreNearToWhatTheirSentenceSays) {
  EXPECT_EQ(context_->dimension(), kDimension);
  const std::vector<float> paid = VectorOf({{kBanks, 3}, {kMoney, 2.5f}, {kWater, 1}});
  const std::vector<float> wet = VectorOf({{kBanks, 3}, {kMoney, 1}, {kWater, 2.5f}});
  EXPECT_THAT(Names(context_->Nearest(paid, own_, "bank", 2)),
              UnorderedElementsAre("money", "loan"))
      << "not those of the word itself";
  EXPECT_THAT(Names(context_->Nearest(wet, own_, "bank", 2)),
              UnorderedElementsAre("river", "water"));
}

TEST_F(ContextWordsTest, HaveTheScoresOfTheDefinitionBestFirst) {
  const std::vector<float> vector = VectorOf({{kBanks, 2}, {kMoney, 2}, {kReading, 0.5f}});
  const Vector wanted = Less(Centred(vector), 0.5, Centred(own_));
  const std::vector<ContextWord> found = context_->Nearest(vector, own_, "", 100);
  ASSERT_EQ(found.size(), words_.size());
  for (const ContextWord& each : found) {
    EXPECT_NEAR(each.score, DotOf(Centred(vectors_[each.word]), wanted), 1e-5);
  }
  EXPECT_TRUE(std::ranges::is_sorted(found, std::greater<>(), &ContextWord::score));
  EXPECT_THAT(context_->Nearest(vector, own_, "", 0), IsEmpty());
}

TEST_F(ContextWordsTest, LeaveOutTheWordItself) {
  const std::vector<ContextWord> found = context_->Nearest(own_, VectorOf({}), "bank", 100);
  EXPECT_EQ(found.size(), words_.size() - 1);
  EXPECT_EQ(context_->Word(found.front().word), "banks");
  EXPECT_THAT(Names(context_->Nearest(own_, VectorOf({}), "banks", 1)), ElementsAre("bank"));
}

TEST_F(ContextWordsTest, NameAGroupByWhatOthersLack) {
  // All usages are of money, and those of the group of reading too.
  const std::vector<float> all = VectorOf({{kBanks, 3}, {kMoney, 3}, {kReading, 0.5f}});
  const std::vector<float> group = VectorOf({{kBanks, 3}, {kMoney, 3}, {kReading, 2}});
  EXPECT_THAT(Names(context_->Nearest(group, own_, "bank", 2)),
              UnorderedElementsAre("money", "loan"));
  EXPECT_THAT(Names(context_->Distinctive(group, all, own_, "bank", 2)),
              UnorderedElementsAre("book", "read"));
  const Vector contrast = Less(Centred(group), 1, Centred(all));
  const std::vector<ContextWord> found = context_->Distinctive(group, all, own_, "bank", 100);
  ASSERT_EQ(found.size(), words_.size() - 1);
  for (const ContextWord& each : found) {
    EXPECT_NEAR(each.score, DotOf(Centred(vectors_[each.word]), contrast), 1e-4);
  }
  EXPECT_TRUE(std::ranges::is_sorted(found, std::greater<>(), &ContextWord::score));
}

}  // namespace
}  // namespace wordkin::contextual
