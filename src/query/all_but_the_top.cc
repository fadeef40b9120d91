#include "query/all_but_the_top.h"

// Threads are ours, and a product is summed in the same order whatever their number.
#define EIGEN_DONT_PARALLELIZE
#define EIGEN_MPL2_ONLY
#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <span>
#include <string>

#include "common/support/error.h"
#include "common/support/first_failure.h"
#include "common/support/thread_check.h"

// The only file that sees Eigen.

namespace wordkin::query {
namespace {

using RowMajorBlock = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Directions = Eigen::Map<const RowMajorBlock>;
using Mean = Eigen::Map<const Eigen::RowVectorXd>;

// Enough rows for the products to be quick; as doubles, 0.8 MB at dimension 200.
constexpr Eigen::Index kRowsAtOnce = 512;
constexpr Eigen::Index kColumnsAtOnce = 32;

auto Values(std::span<float> row) {
  return Eigen::Map<Eigen::RowVectorXf>(row.data(), static_cast<Eigen::Index>(row.size()));
}
auto Values(std::span<const float> row) {
  return Eigen::Map<const Eigen::RowVectorXf>(row.data(), static_cast<Eigen::Index>(row.size()));
}

// Calls work(i) for each i below 'count'. The first exception ends the work and comes out of here.
template <typename Work>
void ForEach(Eigen::Index count, int thread_count, const Work& work) {
  FirstFailure failure;
#pragma omp parallel for num_threads(thread_count) schedule(dynamic)
  for (Eigen::Index i = 0; i < count; ++i) {
    if (failure.happened()) continue;
    try {
      work(i);
    } catch (...) {
      failure.Keep();
    }
  }
  failure.Rethrow();
}

Eigen::RowVectorXd MeanOf(const AlignedMatrix& rows) {
  Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(static_cast<Eigen::Index>(rows.dimension()));
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    sum += Values(rows.Row(row)).cast<double>();
  }
  return sum / static_cast<double>(rows.row_count());
}

// Sum over the rows of (x - mean)^T (x - mean), its lower triangle, (dimension x dimension). Each
// thread adds whole columns, so that every sum has one order.
Eigen::MatrixXd ScatterOf(const AlignedMatrix& rows, const Mean& mean, int thread_count) {
  const auto dimension = static_cast<Eigen::Index>(rows.dimension());
  const auto row_count = static_cast<Eigen::Index>(rows.row_count());
  Eigen::MatrixXd scatter = Eigen::MatrixXd::Zero(dimension, dimension);
  RowMajorBlock block(kRowsAtOnce, dimension);
  for (Eigen::Index first = 0; first < row_count; first += kRowsAtOnce) {
    const Eigen::Index count = std::min(kRowsAtOnce, row_count - first);
    for (Eigen::Index row = 0; row < count; ++row) {
      block.row(row) =
          Values(rows.Row(static_cast<std::size_t>(first + row))).cast<double>() - mean;
    }
    const Eigen::Index panel_count = (dimension + kColumnsAtOnce - 1) / kColumnsAtOnce;
    ForEach(panel_count, thread_count, [&](Eigen::Index panel) {
      const Eigen::Index begin = panel * kColumnsAtOnce;
      const Eigen::Index width = std::min(kColumnsAtOnce, dimension - begin);
      const Eigen::Index height = dimension - begin;
      scatter.block(begin, begin, height, width).noalias() +=
          block.block(0, begin, count, height).transpose() * block.block(0, begin, count, width);
    });
  }
  return scatter;
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
  RequireThreads(options.thread_count);
  const auto dimension = static_cast<Eigen::Index>(rows.dimension());
  CommonParts parts;
  parts.mean.resize(rows.dimension());
  Eigen::Map<Eigen::RowVectorXd> mean(parts.mean.data(), dimension);
  if (options.center) mean = MeanOf(rows);
  if (options.component_count == 0) return parts;

  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(
      ScatterOf(rows, Mean(parts.mean.data(), dimension), options.thread_count));
  if (solver.info() != Eigen::Success) {
    throw Error(ErrorKind::kDamaged,
                "cannot find the vectors' main directions: their values are not sensible numbers");
  }
  // In rising order of their share.
  const auto component_count = static_cast<Eigen::Index>(options.component_count);
  parts.directions.resize(options.component_count * rows.dimension());
  Eigen::Map<RowMajorBlock>(parts.directions.data(), component_count, dimension) =
      solver.eigenvectors().rightCols(component_count).rowwise().reverse().transpose();
  const double total = solver.eigenvalues().sum();
  if (total > 0) parts.share = solver.eigenvalues().tail(component_count).sum() / total;
  return parts;
}

void RemoveCommonParts(const CommonParts& parts, int thread_count, AlignedMatrix& rows) {
  RequireThreads(thread_count);
  const auto dimension = static_cast<Eigen::Index>(parts.mean.size());
  const auto row_count = static_cast<Eigen::Index>(rows.row_count());
  const Mean mean(parts.mean.data(), dimension);
  const auto component_count = static_cast<Eigen::Index>(parts.directions.size()) / dimension;
  const Directions directions(parts.directions.data(), component_count, dimension);
  ForEach((row_count + kRowsAtOnce - 1) / kRowsAtOnce, thread_count, [&](Eigen::Index chunk) {
    Eigen::RowVectorXd rest(dimension);
    const Eigen::Index end = std::min((chunk + 1) * kRowsAtOnce, row_count);
    for (Eigen::Index row = chunk * kRowsAtOnce; row < end; ++row) {
      auto values = Values(rows.Row(static_cast<std::size_t>(row)));
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
