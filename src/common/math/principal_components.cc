#include "common/math/principal_components.h"

// Threads are ours, and a product is summed in the same order whatever their number.
#define EIGEN_DONT_PARALLELIZE
#define EIGEN_MPL2_ONLY
#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <algorithm>

#include "common/support/error.h"
#include "common/support/parallel_for.h"

namespace wordkin {
namespace {

using RowMajorBlock = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// Enough rows for the products to be quick; as doubles, 0.8 MB at dimension 200.
constexpr Eigen::Index kRowsAtOnce = 512;
constexpr Eigen::Index kColumnsAtOnce = 32;

auto Values(std::span<const float> row) {
  return Eigen::Map<const Eigen::RowVectorXf>(row.data(), static_cast<Eigen::Index>(row.size()));
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
Eigen::MatrixXd ScatterOf(const AlignedMatrix& rows, const Eigen::RowVectorXd& mean,
                          int thread_count) {
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
    ParallelFor(static_cast<std::size_t>(panel_count), thread_count, [&](std::size_t panel) {
      const Eigen::Index begin = static_cast<Eigen::Index>(panel) * kColumnsAtOnce;
      const Eigen::Index width = std::min(kColumnsAtOnce, dimension - begin);
      const Eigen::Index height = dimension - begin;
      scatter.block(begin, begin, height, width).noalias() +=
          block.block(0, begin, count, height).transpose() * block.block(0, begin, count, width);
    });
  }
  return scatter;
}

}  // namespace

void PrincipalComponents::Project(std::span<const float> row, std::span<float> coordinates) const {
  const auto dimension = static_cast<Eigen::Index>(mean.size());
  const Eigen::Map<const RowMajorBlock> block(
      directions.data(), static_cast<Eigen::Index>(component_count()), dimension);
  const Eigen::Map<const Eigen::RowVectorXd> centre(mean.data(), dimension);
  const Eigen::VectorXd result = block * (Values(row).cast<double>() - centre).transpose();
  for (std::size_t i = 0; i < coordinates.size(); ++i) {
    coordinates[i] = static_cast<float>(result[static_cast<Eigen::Index>(i)]);
  }
}

PrincipalComponents FindPrincipalComponents(const AlignedMatrix& rows, std::size_t component_count,
                                            bool centers, int thread_count) {
  const auto dimension = static_cast<Eigen::Index>(rows.dimension());
  Eigen::RowVectorXd mean = Eigen::RowVectorXd::Zero(dimension);
  if (centers) mean = MeanOf(rows);
  PrincipalComponents parts;
  parts.mean.assign(mean.begin(), mean.end());
  if (component_count == 0) return parts;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(ScatterOf(rows, mean, thread_count));
  if (solver.info() != Eigen::Success) {
    throw Error(ErrorKind::kDamaged,
                "cannot find the vectors' main directions: their values are not sensible numbers");
  }
  // In rising order of their share.
  const auto count = static_cast<Eigen::Index>(component_count);
  parts.directions.resize(component_count * rows.dimension());
  Eigen::Map<RowMajorBlock>(parts.directions.data(), count, dimension) =
      solver.eigenvectors().rightCols(count).rowwise().reverse().transpose();
  for (Eigen::Index i = 0; i < count; ++i) {
    parts.variances.push_back(std::max(0.0, solver.eigenvalues()[dimension - 1 - i]) /
                              static_cast<double>(rows.row_count()));
  }
  const double total = solver.eigenvalues().sum();
  if (total > 0) parts.share = solver.eigenvalues().tail(count).sum() / total;
  return parts;
}

}  // namespace wordkin
