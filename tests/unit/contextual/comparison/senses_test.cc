#include "contextual/comparison/senses.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "common/support/random.h"
#include "tests/unit/contextual/encoder_folder.h"

namespace wordkin::contextual {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::size_t kPlantedDimension = 16;

// Usages that lie about an axis for each of 'sizes', the rows of one cluster not beside each other.
struct Planted {
  AlignedMatrix rows;
  std::vector<std::set<std::size_t>> members;  // the largest first
};

Planted Plant(const std::vector<std::size_t>& sizes, float noise, std::uint64_t seed) {
  std::vector<std::size_t> cluster_of;
  for (std::size_t i = 0; i < sizes.size(); ++i) cluster_of.insert(cluster_of.end(), sizes[i], i);
  Random random(seed);
  for (std::size_t i = cluster_of.size(); i > 1; --i) {
    std::swap(cluster_of[i - 1], cluster_of[random.Below(static_cast<std::uint32_t>(i))]);
  }
  Planted planted = {.rows = AlignedMatrix(cluster_of.size(), kPlantedDimension),
                     .members = std::vector<std::set<std::size_t>>(sizes.size())};
  for (std::size_t row = 0; row < cluster_of.size(); ++row) {
    for (float& value : planted.rows.Row(row)) value = 5 + noise * (2 * random.NextFloat() - 1);
    planted.rows.Row(row)[cluster_of[row]] += 3;
    planted.members[cluster_of[row]].insert(row);
  }
  return planted;
}

std::vector<std::set<std::size_t>> AsSets(const Senses& senses) {
  std::vector<std::set<std::size_t>> sets;
  for (const auto& members : senses.members) sets.emplace_back(members.begin(), members.end());
  return sets;
}

// The rows less their mean, brought to length one.
std::vector<std::vector<double>> CentredUnits(const AlignedMatrix& rows) {
  std::vector<std::vector<double>> units(rows.row_count());
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    units[row].assign(rows.Row(row).begin(), rows.Row(row).end());
  }
  for (std::size_t i = 0; i < rows.dimension(); ++i) {
    double mean = 0;
    for (const auto& unit : units) mean += unit[i] / static_cast<double>(units.size());
    for (auto& unit : units) unit[i] -= mean;
  }
  for (auto& unit : units) {
    const double length =
        std::sqrt(std::inner_product(unit.begin(), unit.end(), unit.begin(), 0.0));
    for (double& value : unit) value /= length;
  }
  return units;
}

double DotOf(const std::vector<double>& a, const std::vector<double>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

TEST(FindSenses, FindsPlantedClustersAndTheirNumber) {
  const std::vector<std::vector<std::size_t>> all_sizes = {
      {12, 7}, {20, 15, 10}, {14, 12, 10, 8, 6}, {12, 11, 10, 9, 8, 7, 6, 5}};
  for (const auto& sizes : all_sizes) {
    for (const std::uint64_t seed : {1, 2, 3}) {
      SCOPED_TRACE(std::to_string(sizes.size()) + " clusters, seed " + std::to_string(seed));
      const Planted planted = Plant(sizes, 1.0f, seed);
      const Senses by_itself = FindSenses(planted.rows, 0, seed);
      EXPECT_EQ(AsSets(by_itself), planted.members);
      EXPECT_GT(by_itself.silhouette.value_or(0), 0.4f);
      EXPECT_EQ(FindSenses(planted.rows, sizes.size(), seed).members, by_itself.members);
    }
  }
}

TEST(FindSenses, SeesNoSensesWhereThereAreNone) {
  Random random(5);
  AlignedMatrix cloud(80, 48);
  for (std::size_t row = 0; row < cloud.row_count(); ++row) {
    for (float& value : cloud.Row(row)) value = 2 * random.NextFloat() - 1;
  }
  const Senses one = FindSenses(cloud, 0, 1);
  ASSERT_EQ(one.members.size(), 1u);
  EXPECT_EQ(one.members.front().size(), 80u);
  EXPECT_EQ(one.silhouette, std::nullopt);
}

TEST(FindSenses, WantsFiveUsagesForASenseByItself) {
  EXPECT_EQ(FindSenses(Plant({5, 4}, 0.1f, 1).rows, 0, 1).members.size(), 1u);
  EXPECT_EQ(FindSenses(Plant({5, 5}, 0.1f, 1).rows, 0, 1).members.size(), 2u);
  EXPECT_EQ(FindSenses(Plant({5, 4}, 0.1f, 1).rows, 2, 1).members.size(), 2u);
  EXPECT_EQ(FindSenses(Plant({1}, 0.1f, 1).rows, 0, 1).members.size(), 1u);
}

TEST(FindSenses, OrdersMembersByHowTypicalTheyAre) {
  const Planted planted = Plant({9, 8, 6}, 1.5f, 4);
  const std::vector<std::vector<double>> units = CentredUnits(planted.rows);
  for (const auto& members : FindSenses(planted.rows, 3, 1).members) {
    std::vector<double> centre(kPlantedDimension);
    for (const std::size_t usage : members) {
      for (std::size_t i = 0; i < centre.size(); ++i) centre[i] += units[usage][i];
    }
    for (std::size_t i = 1; i < members.size(); ++i) {
      EXPECT_GE(DotOf(units[members[i - 1]], centre), DotOf(units[members[i]], centre) - 1e-5);
    }
  }
}

TEST(FindSenses, GivesTheSilhouetteOfRousseeuw) {
  const Planted planted = Plant({9, 8, 6}, 2.0f, 4);
  const std::vector<std::vector<double>> units = CentredUnits(planted.rows);
  const Senses senses = FindSenses(planted.rows, 3, 1);
  double sum = 0;
  for (const auto& own : senses.members) {
    for (const std::size_t usage : own) {
      double inside = 0, outside = 9;
      for (const auto& other : senses.members) {
        double distance = 0;
        for (const std::size_t each : other) distance += 1 - DotOf(units[usage], units[each]);
        if (&other == &own) {
          inside = distance / static_cast<double>(own.size() - 1);
        } else {
          outside = std::min(outside, distance / static_cast<double>(other.size()));
        }
      }
      sum += (outside - inside) / std::max(inside, outside);
    }
  }
  ASSERT_TRUE(senses.silhouette);
  EXPECT_NEAR(*senses.silhouette, sum / 23, 1e-4);
  EXPECT_EQ(FindSenses(planted.rows, 1, 1).silhouette, std::nullopt);
}

TEST(FindSenses, IsTheSameForTheSameSeed) {
  const Planted planted = Plant({30, 25}, 8.0f, 6);  // hardly apart: beginnings matter
  std::set<std::vector<std::vector<std::size_t>>> outcomes;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Senses senses = FindSenses(planted.rows, 9, seed);
    EXPECT_EQ(FindSenses(planted.rows, 9, seed).members, senses.members);
    outcomes.insert(senses.members);
  }
  EXPECT_GT(outcomes.size(), 1u) << "the seed is of no account";
}

TEST(FindSenses, LeavesOutSensesThatNoUsageHas) {
  AlignedMatrix same(6, 4);
  for (std::size_t row = 0; row < 6; ++row) same.Row(row)[0] = 1;
  const Senses senses = FindSenses(same, 3, 1);
  ASSERT_EQ(senses.members.size(), 1u);
  EXPECT_THAT(senses.members.front(), ElementsAre(0, 1, 2, 3, 4, 5));
}

TEST(FindSenses, RefusesMoreSensesThanUsages) {
  const Planted planted = Plant({2, 1}, 0.1f, 1);
  EXPECT_THAT(RefusalOf(ErrorKind::kUsage, [&] { FindSenses(planted.rows, 4, 1); }),
              HasSubstr("3 usages cannot be parted into 4 senses"));
  EXPECT_EQ(FindSenses(planted.rows, 3, 1).members.size(), 3u);
}

}  // namespace
}  // namespace wordkin::contextual
