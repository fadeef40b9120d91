#include "common/math/spherical_k_means.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "common/math/vector_kernels.h"
#include "common/support/parallel_for.h"
#include "common/support/random.h"

namespace wordkin {
namespace {

// Rows that a thread takes at a time.
constexpr std::size_t kRowsAtOnce = 1024;

void ForRowBlocks(std::size_t row_count, int thread_count, const auto& work) {
  const std::size_t block_count = (row_count + kRowsAtOnce - 1) / kRowsAtOnce;
  ParallelFor(block_count, block_count == 1 ? 1 : thread_count, [&](std::size_t block) {
    work(block * kRowsAtOnce, std::min((block + 1) * kRowsAtOnce, row_count));
  });
}

class KMeans {
 public:
  // 'beginning' counts from 0.
  KMeans(const AlignedMatrix& units, const SphericalKMeansOptions& options, std::size_t beginning)
      : units_(units),
        options_(options),
        beginning_(beginning),
        cosines_(units.row_count()),
        outcome_{.cluster_of = std::vector<std::size_t>(units.row_count(), options.cluster_count),
                 .centres = ChooseCentres(MixSeeds(options.seed, beginning))} {}

  Clustering Run() {
    for (std::size_t round = 0; round < options_.most_rounds && Assign(); ++round) {
      if (Stops()) break;
      MoveCentres();
      Report(round + 1);
    }
    return std::move(outcome_);
  }

 private:
  bool Stops() const { return options_.stop != nullptr && *options_.stop; }

  void Report(std::size_t rounds) const {
    if (!options_.progress) return;
    options_.progress(static_cast<double>(beginning_ * options_.most_rounds + rounds) /
                      static_cast<double>(options_.beginnings * options_.most_rounds));
  }

  // The first at random, each further one with a probability of its distance to the nearest.
  AlignedMatrix ChooseCentres(std::uint64_t seed) const {
    Random random(seed);
    AlignedMatrix centres(options_.cluster_count, units_.dimension());
    std::vector<float> distances(units_.row_count(), 2.0f);
    std::size_t chosen = random.Below(static_cast<std::uint32_t>(units_.row_count()));
    for (std::size_t centre = 0; centre < options_.cluster_count && !Stops(); ++centre) {
      std::ranges::copy(units_.Row(chosen), centres.Row(centre).begin());
      ForRowBlocks(units_.row_count(), options_.thread_count,
                   [&](std::size_t first, std::size_t end) {
                     for (std::size_t row = first; row < end; ++row) {
                       const float cosine = Dot(units_.Row(row), centres.Row(centre));
                       distances[row] = std::min(distances[row], std::max(0.0f, 1.0f - cosine));
                     }
                   });
      chosen = Draw(distances, random);
    }
    return centres;
  }

  static std::size_t Draw(const std::vector<float>& weights, Random& random) {
    double total = 0;
    for (const float weight : weights) total += weight;
    double left = total * random.NextFloat();
    std::size_t drawn = 0;
    for (; drawn + 1 < weights.size(); ++drawn) {
      left -= weights[drawn];
      if (left < 0) break;
    }
    return drawn;
  }

  // Gives every row its nearest centre; returns whether any changed.
  bool Assign() {
    const std::vector<std::size_t> before = outcome_.cluster_of;
    ForRowBlocks(units_.row_count(), options_.thread_count,
                 [&](std::size_t first, std::size_t end) {
                   for (std::size_t row = first; row < end && !Stops(); ++row) AssignRow(row);
                 });
    outcome_.fit = 0;
    for (const float cosine : cosines_) outcome_.fit += cosine;
    return outcome_.cluster_of != before;
  }

  void AssignRow(std::size_t row) {
    cosines_[row] = -std::numeric_limits<float>::infinity();
    for (std::size_t centre = 0; centre < outcome_.centres.row_count(); ++centre) {
      const float cosine = Dot(units_.Row(row), outcome_.centres.Row(centre));
      if (cosine <= cosines_[row]) continue;
      cosines_[row] = cosine;
      outcome_.cluster_of[row] = centre;
    }
  }

  // A centre that has lost its rows stays where it was.
  void MoveCentres() {
    AlignedMatrix sums(outcome_.centres.row_count(), units_.dimension());
    for (std::size_t row = 0; row < units_.row_count(); ++row) {
      AddScaled(sums.Row(outcome_.cluster_of[row]), 1.0f, units_.Row(row));
    }
    for (std::size_t centre = 0; centre < sums.row_count(); ++centre) {
      if (Normalize(sums.Row(centre)) > 0) {
        std::ranges::copy(sums.Row(centre), outcome_.centres.Row(centre).begin());
      }
    }
  }

  const AlignedMatrix& units_;
  const SphericalKMeansOptions& options_;
  std::size_t beginning_;
  std::vector<float> cosines_;  // of each row to its centre
  Clustering outcome_;
};

}  // namespace

Clustering SphericalKMeans(const AlignedMatrix& unit_rows, const SphericalKMeansOptions& options) {
  Clustering best;
  best.fit = -std::numeric_limits<double>::infinity();
  for (std::size_t beginning = 0; beginning < options.beginnings; ++beginning) {
    Clustering outcome = KMeans(unit_rows, options, beginning).Run();
    if (outcome.fit > best.fit) best = std::move(outcome);
    if (options.stop != nullptr && *options.stop) break;
  }
  return best;
}

}  // namespace wordkin
