#include "common/text/subwords.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/support/error.h"

namespace wordkin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Buckets = std::vector<std::uint32_t>;

SubwordOptions FastText(std::uint32_t minimum, std::uint32_t maximum, std::uint32_t bucket_count) {
  return {SubwordHash::kFastText, minimum, maximum, bucket_count, 1};
}

SubwordOptions Floret(std::uint32_t minimum, std::uint32_t maximum, std::uint32_t bucket_count,
                      std::uint32_t hash_count) {
  return {SubwordHash::kFloret, minimum, maximum, bucket_count, hash_count};
}

Buckets BucketsOf(std::string_view word, const SubwordOptions& options) {
  Buckets buckets;
  AppendBuckets(word, options, buckets);
  return buckets;
}

// The numbers of these tests were printed by a program linked with the dictionary of fastText 0.9.2
// or floret 0.10.5, calling its Dictionary::computeSubwords for "<word>".

TEST(Subwords, EqualFastTextsBuckets) {
  const SubwordOptions options = FastText(3, 6, 2'000'000);
  EXPECT_THAT(BucketsOf("where", options),
              ElementsAre(167652, 989715, 1526707, 1071586, 420941, 312621, 969176, 121234, 1473420,
                          1540811, 114991, 1529033, 1568469, 867498));
  EXPECT_THAT(BucketsOf("a", options), ElementsAre(1087600));
}

TEST(Subwords, HashBytesAbove127AsSignedAndCutBetweenCodePoints) {
  const SubwordOptions options = FastText(3, 6, 2'000'000);
  EXPECT_THAT(
      BucketsOf("Stra\u00DFe", options),
      ElementsAre(251364, 102178, 1416569, 1669635, 31408, 1522051, 623629, 1373880, 963910, 733376,
                  90303, 1020947, 1840342, 1392329, 1151573, 910809, 31141, 679512));
  EXPECT_THAT(BucketsOf("\uD55C\uAD6D\uC5B4", options),
              ElementsAre(1124397, 1000497, 1127197, 612895, 12787, 803087));
  EXPECT_THAT(BucketsOf("\U0001F642x", options), ElementsAre(953323, 932303, 707029));
}

TEST(Subwords, LeaveOutAnNgramThatIsOnlyABorder) {
  const SubwordOptions options = FastText(1, 3, 50);
  EXPECT_THAT(BucketsOf("the", options), ElementsAre(41, 1, 17, 39, 30, 41, 4, 30, 44, 40));
  EXPECT_THAT(BucketsOf("\u00E9", options), ElementsAre(27, 31, 27, 31));
}

TEST(Subwords, EqualFloretsBucketsTheWholeWordFirst) {
  const SubwordOptions options = Floret(3, 4, 50'000, 2);
  EXPECT_THAT(BucketsOf("the", options), ElementsAre(41338, 35178, 11023, 24946, 30812, 37103,
                                                     35869, 20863, 16894, 45100, 49580, 2212));
  EXPECT_THAT(BucketsOf("\uD55C", options), ElementsAre(31364, 47666, 31364, 47666));
}

// Words of every length modulo the 16 bytes that MurmurHash3 takes at once.
TEST(Subwords, HashEveryLengthOfTailAsFloret) {
  const SubwordOptions options = Floret(64, 64, 0x7FFFFFFF, 4);
  const Buckets expected[] = {
      {1589007109, 1931335275, 1712905354, 55617977},
      {704012658, 347028722, 180717636, 2112338578},
      {897262839, 206133775, 1432584578, 1295730921},
      {1523316379, 1684111470, 941461908, 1717585410},
      {1664042951, 124889964, 102524771, 1463874809},
      {984805498, 1065958743, 971343473, 1020097318},
      {1718052531, 1015280697, 1455357848, 373922741},
      {1099653772, 1514501164, 1093528151, 221555895},
      {285582630, 1144625436, 1335506254, 784260718},
      {1267688565, 1410712291, 1696197716, 1701022655},
      {755829402, 359343895, 1959355363, 1300155634},
      {1094710797, 1943646754, 1333825210, 1353680358},
      {2081604329, 2026771, 410329035, 1767220285},
      {1588925478, 258472894, 1979685293, 545998948},
      {308545935, 1144258518, 797530972, 1625383082},
      {1751596863, 174581323, 2069685660, 1072918317},
      {530330299, 249472053, 520950357, 166631899},
  };
  const std::string letters = "abcdefghijklmnop";
  for (std::size_t length = 0; length <= letters.size(); ++length) {
    EXPECT_EQ(BucketsOf(letters.substr(0, length), options), expected[length]) << length;
  }
  EXPECT_THAT(BucketsOf("abcdefghijklmnopqrstuvwxyzabcdefgh", options),
              ElementsAre(1553993343, 1996016665, 419262006, 367420369));
}

TEST(Subwords, AreNoneForTheEndOfSentenceOfFastText) {
  EXPECT_THAT(BucketsOf("</s>", FastText(1, 6, 100)), IsEmpty());
  EXPECT_FALSE(BucketsOf("</s>", Floret(1, 6, 100, 1)).empty()) << "it has no other row there";
}

TEST(Subwords, AppendToWhatIsThere) {
  Buckets buckets = {7};
  AppendBuckets("a", FastText(3, 3, 2'000'000), buckets);
  EXPECT_THAT(buckets, ElementsAre(7, 1087600));
}

TEST(SubwordOptions, TakeTheirWholeRange) {
  CheckSubwordOptions(SubwordOptions{});
  CheckSubwordOptions(FastText(1, 1, 1));
  CheckSubwordOptions(FastText(64, 64, 0x7FFFFFFF));
  CheckSubwordOptions(Floret(3, 6, 50'000, 4));
}

TEST(SubwordOptions, AreRefusedInTheWordsOfTheCommandLine) {
  const std::pair<SubwordOptions, std::string> cases[] = {
      {FastText(0, 6, 1), "--subwords: n-grams are 1 to 64"},
      {FastText(3, 65, 1), "--subwords: n-grams are 1 to 64"},
      {FastText(6, 3, 1), "--subwords: the shortest n-gram, 6, is longer than the longest, 3"},
      {FastText(3, 6, 0), "--buckets: between 1 and 2147483647"},
      {FastText(3, 6, 0x80000000u), "--buckets: between 1 and 2147483647"},
      {{SubwordHash::kFastText, 3, 6, 10, 2}, "--hashes: fastText hashes an n-gram once"},
      {Floret(3, 6, 10, 0), "--hashes: floret hashes an n-gram 1 to 4 times"},
      {Floret(3, 6, 10, 5), "--hashes: floret hashes an n-gram 1 to 4 times"},
      {{static_cast<SubwordHash>(3), 3, 6, 10, 1}, "--subword-hash: it is 'fasttext' or 'floret'"},
  };
  for (const auto& [options, message] : cases) {
    try {
      CheckSubwordOptions(options);
      ADD_FAILURE() << "taken: " << message;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kUsage);
      EXPECT_THAT(error.what(), HasSubstr(message));
    }
  }
}

}  // namespace
}  // namespace wordkin
