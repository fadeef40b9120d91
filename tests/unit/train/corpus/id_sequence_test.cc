#include "train/corpus/id_sequence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <numeric>
#include <utility>

#include "common/support/error.h"
#include "tests/unit/common/support/temporary_folder.h"

namespace wordkin::train {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<WordId> Rising(std::size_t count) {
  std::vector<WordId> ids(count);
  std::iota(ids.begin(), ids.end(), WordId{0});
  return ids;
}

TEST(IdSequence, KeepsWhatIsAppendedInOrder) {
  IdSequence sequence;
  const std::vector<WordId> expected = Rising(300'000);
  const std::span<const WordId> all = expected;
  sequence.Append(all.first(1));
  sequence.Append({});
  sequence.Append(all.subspan(1, 100'000));
  sequence.Append(all.subspan(100'001));
  sequence.Seal();
  EXPECT_TRUE(std::ranges::equal(sequence.ids(), expected));
  EXPECT_TRUE(sequence.is_in_memory());
}

TEST(IdSequence, IsEmptyWhenNothingWasAppended) {
  IdSequence sequence;
  sequence.Seal();
  EXPECT_THAT(sequence.ids(), IsEmpty());
}

TEST(IdSequence, SpillsBeyondItsLimitAndLeavesNoFileBehind) {
  const TemporaryFolder folder;
  IdSequence sequence(folder.path(), 1000);
  const std::vector<WordId> ids = Rising(200);
  sequence.Append(ids);
  EXPECT_TRUE(sequence.is_in_memory());
  sequence.Append(ids);
  EXPECT_FALSE(sequence.is_in_memory());
  sequence.Append(ids);
  sequence.Seal();
  EXPECT_THAT(folder.Names(), IsEmpty());
  ASSERT_EQ(sequence.ids().size(), 600u);
  for (std::size_t i = 0; i < 600; ++i) ASSERT_EQ(sequence.ids()[i], i % 200);
}

TEST(IdSequence, KeepsTheRestWhenTheFrontIsDiscarded) {
  const TemporaryFolder folder;
  const std::vector<WordId> ids = Rising(100'000);
  for (const std::uint64_t limit : {IdSequence::kUnlimited, std::uint64_t{0}}) {
    IdSequence sequence(folder.path(), limit);
    sequence.Append(ids);
    sequence.Seal();
    for (std::size_t front = 0; front < ids.size(); front += 7777) {
      sequence.DiscardFront(front);
      ASSERT_EQ(sequence.ids()[front], front);
    }
    EXPECT_EQ(sequence.ids().back(), ids.back());
    sequence.DiscardFront(ids.size());
  }
}

TEST(IdSequence, MovesWithItsIds) {
  IdSequence first;
  first.Append(Rising(3));
  first.Seal();
  IdSequence second = std::move(first);
  EXPECT_THAT(second.ids(), ElementsAre(0u, 1u, 2u));
  IdSequence third;
  third.Append(Rising(100));
  third = std::move(second);
  EXPECT_THAT(third.ids(), ElementsAre(0u, 1u, 2u));
}

TEST(IdSequence, NamesAScratchFolderThatCannotBeUsed) {
  IdSequence sequence("/nowhere/at/all", 0);
  try {
    sequence.Append(Rising(1));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInputOutput);
    EXPECT_THAT(error.what(), HasSubstr("/nowhere/at/all"));
  }
}

// A limit of the system for one file stands in for a full disk.
TEST(IdSequence, SaysHowMuchAFullScratchFolderWouldHaveToHold) {
  const TemporaryFolder folder;
  IdSequence sequence(folder.path(), 0);
  const auto earlier_handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit earlier = {};
  getrlimit(RLIMIT_FSIZE, &earlier);
  const rlimit small = {100'000, earlier.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  std::string message;
  try {
    for (int i = 0; i < 10; ++i) sequence.Append(Rising(10'000));
  } catch (const Error& error) {
    message = error.what();
    EXPECT_EQ(error.kind(), ErrorKind::kInputOutput);
  }
  setrlimit(RLIMIT_FSIZE, &earlier);
  std::signal(SIGXFSZ, earlier_handler);
  EXPECT_THAT(message, HasSubstr("'" + folder.path().native() + "'"));
  EXPECT_THAT(message, HasSubstr("120000 bytes"));
}

}  // namespace
}  // namespace wordkin::train
