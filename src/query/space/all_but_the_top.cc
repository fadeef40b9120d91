#include "query/space/all_but_the_top.h"

// Threads are ours.
#define EIGEN_DONT_PARALLELIZE
#define EIGEN_MPL2_ONLY
#include <Eigen/Core>
#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "common/math/principal_components.h"
#include "common/support/error.h"
#include "common/support/parallel_for.h"

namespace wordkin::query {
namespace {

using RowMajorBlock = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Directions = Eigen::Map<const RowMajorBlock>;
using Mean = Eigen::Map<const Eigen::RowVectorXd>;

// Enough rows for a thread to be busy.
constexpr std::size_t kRowsAtOnce = 512;

auto Values(std::span<float> row) {
  return Eigen::Map<Eigen::RowVectorXf>(row.data(), static_cast<Eigen::Index>(row.size()));
}

}  // namespace

std::size_t DefaultComponentCount(std::size_t dimension) {
  return std::max<std::size_t>(1, (dimension + 50) / 100);
}

void CheckAllButTheTop(std::size_t row_count, std::size_t dimension,
                       const AllButTheTopOptions& options) {
  if (options.component_count == 0 && !options.center) {
    throw Error(ErrorKind::kUsage,
                "there is nothing to take away: no component and not the mean either");
  }
  // Centred rows span a dimension less than there are rows.
  const std::size_t rank = std::min(dimension, row_count - (options.center ? 1 : 0));
  if (options.component_count < rank) return;
  throw Error(ErrorKind::kUsage,
              "taking " + std::to_string(options.component_count) +
                  (options.component_count == 1 ? " component from " : " components from ") +
                  std::to_string(row_count) + " vectors of " + std::to_string(dimension) +
                  " values leaves nothing of them" +
                  (rank < 2 ? "" : "; at most " + std::to_string(rank - 1) + " can go"));
}

CommonParts FindCommonParts(const AlignedMatrix& rows, const AllButTheTopOptions& options) {
  CheckAllButTheTop(rows.row_count(), rows.dimension(), options);
  PrincipalComponents found =
      FindPrincipalComponents(rows, options.component_count, options.center, options.thread_count);
  return {std::move(found.mean), std::move(found.directions), found.share};
}

void RemoveCommonParts(const CommonParts& parts, int thread_count, AlignedMatrix& rows) {
  const auto dimension = static_cast<Eigen::Index>(parts.mean.size());
  const Mean mean(parts.mean.data(), dimension);
  const auto component_count = static_cast<Eigen::Index>(parts.directions.size()) / dimension;
  const Directions directions(parts.directions.data(), component_count, dimension);
  const std::size_t chunk_count = (rows.row_count() + kRowsAtOnce - 1) / kRowsAtOnce;
  ParallelFor(chunk_count, thread_count, [&](std::size_t chunk) {
    Eigen::RowVectorXd rest(dimension);
    const std::size_t end = std::min((chunk + 1) * kRowsAtOnce, rows.row_count());
    for (std::size_t row = chunk * kRowsAtOnce; row < end; ++row) {
      auto values = Values(rows.Row(row));
      rest = values.cast<double>() - mean;
      for (Eigen::Index i = 0; i < component_count; ++i) {
        rest -= directions.row(i).dot(rest) * directions.row(i);
      }
      values = rest.cast<float>();
    }
  });
}

void RemoveCommonParts(const CommonParts& parts, int thread_count, EmbeddingTable& table) {
  RemoveCommonParts(parts, thread_count, table.rows);
  if (table.subwords) RemoveCommonParts(parts, thread_count, table.subwords->rows);
  if (table.word_rows.row_count() > 0) RemoveCommonParts(parts, thread_count, table.word_rows);
  table.output_rows = {};
}

}  // namespace wordkin::query
