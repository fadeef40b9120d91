#include "query/questions/word_association.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "common/support/random.h"

namespace wordkin::query {
namespace {

// The mean of the words' unit vectors, whose product with a unit vector is the mean cosine.
std::vector<double> MeanVector(const EmbeddingStore& store, std::span<const QueryWord> words) {
  std::vector<double> mean(store.dimension());
  std::vector<float> row(store.dimension());
  for (const QueryWord& word : words) {
    CopyUnitRow(store, word, row);
    for (std::size_t i = 0; i < row.size(); ++i) mean[i] += double{row[i]};
  }
  for (double& value : mean) value /= static_cast<double>(words.size());
  return mean;
}

std::vector<double> Associations(const EmbeddingStore& store, std::span<const QueryWord> words,
                                 std::span<const double> direction) {
  std::vector<double> associations;
  std::vector<float> row(store.dimension());
  for (const QueryWord& word : words) {
    CopyUnitRow(store, word, row);
    associations.push_back(std::inner_product(row.begin(), row.end(), direction.begin(), 0.0));
  }
  return associations;
}

double Sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

double Mean(std::span<const double> values) {
  return Sum(values) / static_cast<double>(values.size());
}

// n choose k, or nullopt when it is more than 'most'.
std::optional<std::size_t> CountSubsets(std::size_t n, std::size_t k, std::size_t most) {
  double count = 1;
  k = std::min(k, n - k);
  for (std::size_t i = 1; i <= k; ++i) {
    count = count * static_cast<double>(n - k + i) / static_cast<double>(i);
    if (count > static_cast<double>(most) + 0.5) return std::nullopt;
  }
  return static_cast<std::size_t>(std::llround(count));
}

// The statistic of a partition grows with the sum over its first set, which is all that is
// compared.
class Partitions {
 public:
  Partitions(std::span<const double> of_x, std::span<const double> of_y)
      : values_(of_x.begin(), of_x.end()), size_(of_x.size()) {
    values_.insert(values_.end(), of_y.begin(), of_y.end());
    double size_of_values = 0;
    for (const double value : values_) size_of_values += std::abs(value);
    // A sum in another order may round otherwise.
    threshold_ = Sum(of_x) - 1e-12 * size_of_values;
  }

  std::size_t value_count() const { return values_.size(); }

  // Of all subsets of the size of X, those whose sum is no smaller.
  std::size_t CountAll() {
    std::vector<std::size_t> chosen(size_);
    std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    std::size_t found = 0;
    do {
      double sum = 0;
      for (const std::size_t each : chosen) sum += values_[each];
      found += sum >= threshold_;
    } while (ToNext(chosen));
    return found;
  }

  // The same of subsets drawn at random.
  std::size_t CountDrawn(std::size_t count, std::uint64_t seed) {
    Random random(seed);
    std::size_t found = 0;
    for (std::size_t draw = 0; draw < count; ++draw) {
      double sum = 0;
      for (std::size_t i = 0; i < size_; ++i) {
        const auto left = static_cast<std::uint32_t>(values_.size() - i);
        std::swap(values_[i], values_[i + random.Below(left)]);
        sum += values_[i];
      }
      found += sum >= threshold_;
    }
    return found;
  }

 private:
  // The next subset in lexical order; false after the last.
  bool ToNext(std::vector<std::size_t>& chosen) const {
    for (std::size_t i = chosen.size(); i-- > 0;) {
      if (chosen[i] + chosen.size() - i == values_.size()) continue;
      std::iota(chosen.begin() + static_cast<std::ptrdiff_t>(i), chosen.end(), chosen[i] + 1);
      return true;
    }
    return false;
  }

  std::vector<double> values_;
  std::size_t size_;
  double threshold_ = 0;
};

double EffectSize(std::span<const double> of_x, std::span<const double> of_y) {
  std::vector<double> all(of_x.begin(), of_x.end());
  all.insert(all.end(), of_y.begin(), of_y.end());
  const double mean = Mean(all);
  double squares = 0;
  for (const double value : all) squares += (value - mean) * (value - mean);
  const double deviation = std::sqrt(squares / static_cast<double>(all.size() - 1));
  // What rounding leaves of none at all.
  if (deviation < 1e-9) return std::numeric_limits<double>::quiet_NaN();
  return (Mean(of_x) - Mean(of_y)) / deviation;
}

}  // namespace

AssociationTest TestAssociation(const EmbeddingStore& store, const AssociationSets& sets,
                                const AssociationOptions& options) {
  std::vector<double> direction = MeanVector(store, sets.a);
  const std::vector<double> mean_b = MeanVector(store, sets.b);
  for (std::size_t i = 0; i < direction.size(); ++i) direction[i] -= mean_b[i];

  AssociationTest test;
  test.of_x = Associations(store, sets.x, direction);
  test.of_y = Associations(store, sets.y, direction);
  test.statistic = Sum(test.of_x) - Sum(test.of_y);
  test.effect_size = EffectSize(test.of_x, test.of_y);
  Partitions partitions(test.of_x, test.of_y);
  const std::optional<std::size_t> all =
      CountSubsets(partitions.value_count(), test.of_x.size(), options.most_partitions);
  test.is_exact = all.has_value();
  test.partition_count = all.value_or(options.most_partitions);
  const auto count = static_cast<double>(test.partition_count);
  if (all) {
    test.p_value = static_cast<double>(partitions.CountAll()) / count;
  } else {
    const std::size_t found = partitions.CountDrawn(options.most_partitions, options.seed);
    test.p_value = (static_cast<double>(found) + 1) / (count + 1);
  }
  return test;
}

}  // namespace wordkin::query
