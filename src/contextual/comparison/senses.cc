#include "contextual/comparison/senses.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <span>
#include <string>

#include "common/math/spherical_k_means.h"
#include "common/math/vector_kernels.h"
#include "common/support/error.h"

namespace wordkin::contextual {
namespace {

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

Clustering Cluster(const AlignedMatrix& units, std::size_t count, std::uint64_t seed) {
  return SphericalKMeans(units, {.cluster_count = count, .seed = seed});
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
