#include "contextual/comparison/senses.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <span>
#include <string>

#include "common/math/vector_kernels.h"
#include "common/support/error.h"
#include "common/support/random.h"

namespace wordkin::contextual {
namespace {

constexpr std::size_t kBeginnings = 10;
constexpr std::size_t kMostRounds = 100;

AlignedMatrix CentredUnitRows(const AlignedMatrix& rows) {
  const std::vector<float> mean = MeanOfRows(rows);
  AlignedMatrix units(rows.row_count(), rows.dimension());
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    std::ranges::copy(rows.Row(row), units.Row(row).begin());
    AddScaled(units.Row(row), -1.0f, mean);
    Normalize(units.Row(row));
  }
  return units;
}

// A number for each row, and how well it fits: the sum of the cosines to the clusters' centres.
struct Clustering {
  std::vector<std::size_t> cluster_of;
  AlignedMatrix centres;  // of length one
  double fit = -std::numeric_limits<double>::infinity();
};

// The first at random, each further one with a probability of its distance to the nearest (Arthur
// and Vassilvitskii 2007).
AlignedMatrix ChooseCentres(const AlignedMatrix& units, std::size_t count, Random& random) {
  AlignedMatrix centres(count, units.dimension());
  std::vector<float> distances(units.row_count(), 2.0f);
  std::size_t chosen = random.Below(static_cast<std::uint32_t>(units.row_count()));
  for (std::size_t centre = 0; centre < count; ++centre) {
    std::ranges::copy(units.Row(chosen), centres.Row(centre).begin());
    double total = 0;
    for (std::size_t row = 0; row < units.row_count(); ++row) {
      const float distance = std::max(0.0f, 1.0f - Dot(units.Row(row), centres.Row(centre)));
      distances[row] = std::min(distances[row], distance);
      total += distances[row];
    }
    double left = total * random.NextFloat();
    for (chosen = 0; chosen + 1 < units.row_count(); ++chosen) {
      left -= distances[chosen];
      if (left < 0) break;
    }
  }
  return centres;
}

// Gives every row its nearest centre; returns whether any changed.
bool Assign(const AlignedMatrix& units, Clustering& clustering) {
  bool changed = false;
  clustering.fit = 0;
  for (std::size_t row = 0; row < units.row_count(); ++row) {
    std::size_t best = 0;
    float best_cosine = -2;
    for (std::size_t centre = 0; centre < clustering.centres.row_count(); ++centre) {
      const float cosine = Dot(units.Row(row), clustering.centres.Row(centre));
      if (cosine > best_cosine) {
        best_cosine = cosine;
        best = centre;
      }
    }
    changed |= clustering.cluster_of[row] != best;
    clustering.cluster_of[row] = best;
    clustering.fit += best_cosine;
  }
  return changed;
}

// A centre that has lost its rows stays where it was.
void MoveCentres(const AlignedMatrix& units, Clustering& clustering) {
  AlignedMatrix sums(clustering.centres.row_count(), units.dimension());
  for (std::size_t row = 0; row < units.row_count(); ++row) {
    AddScaled(sums.Row(clustering.cluster_of[row]), 1.0f, units.Row(row));
  }
  for (std::size_t centre = 0; centre < sums.row_count(); ++centre) {
    if (Normalize(sums.Row(centre)) > 0) {
      std::ranges::copy(sums.Row(centre), clustering.centres.Row(centre).begin());
    }
  }
}

Clustering Cluster(const AlignedMatrix& units, std::size_t count, std::uint64_t seed) {
  Clustering best;
  for (std::size_t beginning = 0; beginning < kBeginnings; ++beginning) {
    Random random(MixSeeds(seed, beginning));
    Clustering clustering = {.cluster_of = std::vector<std::size_t>(units.row_count(), count),
                             .centres = ChooseCentres(units, count, random)};
    for (std::size_t round = 0; round < kMostRounds && Assign(units, clustering); ++round) {
      MoveCentres(units, clustering);
    }
    if (clustering.fit > best.fit) best = std::move(clustering);
  }
  return best;
}

// Of one usage: how much nearer its own cluster is than the next, -1 to 1; 0 when it is alone.
float SilhouetteOf(const AlignedMatrix& units, const Clustering& clustering, std::size_t usage) {
  const std::size_t cluster_count = clustering.centres.row_count();
  std::vector<float> sums(cluster_count);
  std::vector<std::size_t> counts(cluster_count);
  for (std::size_t other = 0; other < units.row_count(); ++other) {
    if (other == usage) continue;
    sums[clustering.cluster_of[other]] += 1.0f - Dot(units.Row(usage), units.Row(other));
    ++counts[clustering.cluster_of[other]];
  }
  const std::size_t own = clustering.cluster_of[usage];
  if (counts[own] == 0) return 0;
  const float inside = sums[own] / static_cast<float>(counts[own]);
  float outside = std::numeric_limits<float>::max();
  for (std::size_t each = 0; each < cluster_count; ++each) {
    if (each == own || counts[each] == 0) continue;
    outside = std::min(outside, sums[each] / static_cast<float>(counts[each]));
  }
  const float larger = std::max(inside, outside);
  return larger > 0 && outside < std::numeric_limits<float>::max() ? (outside - inside) / larger
                                                                   : 0;
}

float Silhouette(const AlignedMatrix& units, const Clustering& clustering) {
  float sum = 0;
  for (std::size_t usage = 0; usage < units.row_count(); ++usage) {
    sum += SilhouetteOf(units, clustering, usage);
  }
  return sum / static_cast<float>(units.row_count());
}

Senses SensesOf(const AlignedMatrix& units, const Clustering& clustering,
                std::optional<float> silhouette) {
  Senses senses = {.members = std::vector<std::vector<std::size_t>>(clustering.centres.row_count()),
                   .silhouette = silhouette};
  for (std::size_t usage = 0; usage < units.row_count(); ++usage) {
    senses.members[clustering.cluster_of[usage]].push_back(usage);
  }
  for (std::size_t sense = 0; sense < senses.members.size(); ++sense) {
    std::ranges::stable_sort(senses.members[sense], std::greater<>(), [&](std::size_t usage) {
      return Dot(units.Row(usage), clustering.centres.Row(sense));
    });
  }
  std::ranges::stable_sort(senses.members, std::greater<>(),
                           [](const auto& members) { return members.size(); });
  std::erase_if(senses.members, [](const auto& members) { return members.empty(); });
  return senses;
}

}  // namespace

Senses FindSenses(const AlignedMatrix& usages, std::size_t sense_count, std::uint64_t seed) {
  constexpr std::size_t kMostByItself = 8, kLeastUsages = 5;
  const std::size_t usage_count = usages.row_count();
  if (usage_count < std::max<std::size_t>(sense_count, 1)) {
    throw Error(ErrorKind::kUsage,
                std::to_string(usage_count) + (usage_count == 1 ? " usage" : " usages") +
                    " cannot be parted into " + std::to_string(sense_count) + " senses");
  }
  const AlignedMatrix units = CentredUnitRows(usages);
  if (sense_count > 0) {
    const Clustering clustering = Cluster(units, sense_count, seed);
    return SensesOf(units, clustering,
                    sense_count > 1 ? std::optional(Silhouette(units, clustering)) : std::nullopt);
  }
  Clustering best;
  float best_silhouette = -1;
  for (std::size_t count = 2; count <= std::min(kMostByItself, usage_count / kLeastUsages);
       ++count) {
    Clustering clustering = Cluster(units, count, seed);
    const float silhouette = Silhouette(units, clustering);
    if (silhouette <= best_silhouette) continue;
    best_silhouette = silhouette;
    best = std::move(clustering);
  }
  if (best_silhouette < kLeastSilhouette) {
    return SensesOf(units, Cluster(units, 1, seed), std::nullopt);
  }
  return SensesOf(units, best, best_silhouette);
}

}  // namespace wordkin::contextual
