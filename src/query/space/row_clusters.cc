#include "query/space/row_clusters.h"

#include <algorithm>
#include <functional>
#include <string>

#include "common/math/vector_kernels.h"
#include "common/support/error.h"

namespace wordkin::query {

std::vector<RowCluster> ClusterRows(const AlignedMatrix& unit_rows,
                                    const SphericalKMeansOptions& options) {
  if (options.cluster_count > unit_rows.row_count()) {
    throw Error(ErrorKind::kUsage, "cannot make " + std::to_string(options.cluster_count) +
                                       " clusters of " + std::to_string(unit_rows.row_count()) +
                                       (unit_rows.row_count() == 1 ? " word" : " words"));
  }
  const Clustering clustering = SphericalKMeans(unit_rows, options);
  std::vector<RowCluster> clusters(options.cluster_count);
  for (std::size_t row = 0; row < unit_rows.row_count(); ++row) {
    // Stopped before its first round, it has given no row a cluster.
    const std::size_t cluster = std::min(clustering.cluster_of[row], clusters.size() - 1);
    const float cosine = Dot(unit_rows.Row(row), clustering.centres.Row(cluster));
    clusters[cluster].rows.push_back({row, std::clamp(cosine, -1.0f, 1.0f)});
  }
  std::erase_if(clusters, [](const RowCluster& cluster) { return cluster.rows.empty(); });
  for (RowCluster& cluster : clusters) {
    for (const ClusteredRow& each : cluster.rows) cluster.mean_cosine += double{each.cosine};
    cluster.mean_cosine /= static_cast<double>(cluster.rows.size());
    std::ranges::stable_sort(cluster.rows, std::greater(), &ClusteredRow::cosine);
  }
  std::ranges::stable_sort(clusters, std::greater(),
                           [](const RowCluster& cluster) { return cluster.rows.size(); });
  return clusters;
}

}  // namespace wordkin::query
