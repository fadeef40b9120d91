#include "train/prediction/drafter.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "train/corpus/id_sequence.h"

namespace wordkin::train {
namespace {

constexpr WordId kWordCount = 50;
constexpr RowId kFirstPosition = 1000;

Vocabulary MakeVocabulary() {
  std::vector<Vocabulary::Entry> entries;
  for (WordId word = 0; word < kWordCount; ++word) {
    entries.push_back({"word" + std::to_string(word), 1000 - word});
  }
  return Vocabulary(entries);
}

// What a drafter needs, all of it.
struct Sources {
  explicit Sources(const TrainingOptions& given)
      : options(given),
        vocabulary(MakeVocabulary()),
        sampler(vocabulary, 0.75, {}),
        tree(vocabulary) {
    if (options.subwords) subwords.emplace(vocabulary, *options.subwords);
  }

  Draft DraftAll(const std::vector<WordId>& words, std::size_t steps_at_a_time = 1000) const {
    const auto drafter =
        MakeDrafter({options, &sampler, &tree, subwords ? &*subwords : nullptr, kFirstPosition});
    drafter->Begin(words, Random(5));
    Draft draft;
    while (drafter->DraftSteps(steps_at_a_time, 0, draft)) {
    }
    return draft;
  }

  TrainingOptions options;
  Vocabulary vocabulary;
  NegativeSampler sampler;
  HuffmanTree tree;
  std::optional<SubwordRows> subwords;
};

std::vector<WordId> TwoSentences() {
  std::vector<WordId> words;
  for (WordId word = 0; word < 20; ++word) words.push_back(word);
  words.push_back(kSentenceEnd);
  for (WordId word = 20; word < 30; ++word) words.push_back(word);
  return words;
}

TEST(Drafter, MeetsEachCentreWithTheContextsOfItsSentence) {
  TrainingOptions options;
  const Draft draft = Sources(options).DraftAll(TwoSentences());
  ASSERT_EQ(draft.steps.size(), 30u);
  std::size_t input = 0;
  std::set<WordId> radii;
  for (WordId centre = 0; centre < 30; ++centre) {
    const std::size_t output = centre * 6;
    EXPECT_EQ(draft.group_ends[centre], output + 6);
    EXPECT_EQ(draft.outputs[output], centre);
    for (int i = 0; i < 6; ++i) {
      EXPECT_EQ(draft.is_positive[output + i], i == 0);
      if (i > 0) {
        EXPECT_NE(draft.outputs[output + i], centre);
      }
    }
    const WordId begin = centre < 20 ? 0 : 20;
    const WordId end = centre < 20 ? 20 : 30;
    // As far as the ends of the sentence let it show.
    const WordId first = std::min(draft.inputs[input], centre);
    const WordId last = std::max(draft.inputs[draft.steps[centre].inputs_end - 1], centre);
    const WordId radius = std::max(centre - first, last - centre);
    radii.insert(radius);
    EXPECT_LE(radius, 5u);
    for (WordId word = centre < begin + radius ? begin : centre - radius;
         word < std::min(end, centre + radius + 1); ++word) {
      if (word != centre) {
        EXPECT_EQ(draft.inputs[input++], word);
      }
    }
    EXPECT_EQ(input, draft.steps[centre].inputs_end);
  }
  EXPECT_EQ(radii, (std::set<WordId>{1, 2, 3, 4, 5}));
}

TEST(Drafter, DraftsTheSameInManyPartsAsInOne) {
  TrainingOptions options;
  options.subwords = SubwordOptions{.bucket_count = 100};
  const Sources sources(options);
  const Draft whole = sources.DraftAll(TwoSentences());
  for (const std::size_t steps : {1u, 7u, 30u}) {
    const Draft parts = sources.DraftAll(TwoSentences(), steps);
    EXPECT_EQ(parts.inputs, whole.inputs);
    EXPECT_EQ(parts.outputs, whole.outputs);
    EXPECT_EQ(parts.group_ends, whole.group_ends);
  }
}

TEST(Drafter, PredictsContextsFromTheSubwordsOfTheCentre) {
  TrainingOptions options;
  options.subwords = SubwordOptions{.bucket_count = 100};
  const Sources sources(options);
  const Draft draft = sources.DraftAll({3, 4});
  ASSERT_EQ(draft.steps.size(), 2u);
  const auto rows = sources.subwords->RowsOf(3);
  ASSERT_EQ(draft.steps[0].inputs_end, rows.size());
  EXPECT_TRUE(std::equal(rows.begin(), rows.end(), draft.inputs.begin()));
  EXPECT_EQ(draft.steps[0].groups_end, 1u);
  EXPECT_EQ(draft.outputs[0], 4u);
  EXPECT_EQ(draft.outputs[6], 3u);
}

TEST(Drafter, TakesThePathsOfTheTreeAsOutputs) {
  TrainingOptions options;
  options.loss = Loss::kHierarchicalSoftmax;
  const Sources sources(options);
  const Draft draft = sources.DraftAll({3, 4});
  const HuffmanTree::Path path = sources.tree.PathTo(3);
  ASSERT_EQ(draft.group_ends[0], path.nodes.size());
  EXPECT_TRUE(std::equal(path.nodes.begin(), path.nodes.end(), draft.outputs.begin()));
  EXPECT_TRUE(std::equal(path.is_left.begin(), path.is_left.end(), draft.is_positive.begin()));
}

TEST(Drafter, NamesThePlaceOfEachContextInTheWindow) {
  TrainingOptions options;
  options.model = Model::kCbow;
  options.has_position_weights = true;
  options.window_radius = 2;
  const Draft draft = Sources(options).DraftAll({10, 11, 12, 13, 14, 15, 16});
  ASSERT_EQ(draft.weights.size(), draft.inputs.size());
  std::size_t input = 0;
  for (std::size_t step = 0; step < draft.steps.size(); ++step) {
    const auto centre = static_cast<int>(draft.outputs[step == 0 ? 0 : draft.group_ends[step - 1]]);
    for (; input < draft.steps[step].inputs_end; ++input) {
      const int offset = static_cast<int>(draft.inputs[input]) - centre;
      const int place = offset < 0 ? offset + 2 : offset + 1;
      EXPECT_EQ(draft.weights[input], kFirstPosition + place);
    }
  }
}

// The parts share no word; one draft must not go on with the last one's.
TEST(Drafter, DrawsEachDraftsNegativesFromThePartItIsGiven) {
  const Sources sources{TrainingOptions{}};
  const NegativeSampler sampler(sources.vocabulary, 0.75, {.most = 2, .draws_in_turn = 0});
  ASSERT_EQ(sampler.partition_count(), 2u);
  const auto drafter = MakeDrafter({sources.options, &sampler, nullptr, nullptr, kFirstPosition});
  const std::vector<WordId> words(2000, 7);
  drafter->Begin(words, Random(5));
  std::set<WordId> negatives[2];
  for (const std::size_t partition : {0, 1, 0, 1}) {
    Draft draft;
    drafter->DraftSteps(500, partition, draft);
    for (std::size_t i = 0; i < draft.outputs.size(); ++i) {
      if (!draft.is_positive[i]) negatives[partition].insert(draft.outputs[i]);
    }
  }
  EXPECT_EQ(negatives[0].size() + negatives[1].size(), kWordCount - 1);
  for (const WordId word : negatives[0]) EXPECT_FALSE(negatives[1].contains(word)) << word;
}

TEST(Drafter, HasNoStepsForLonelyWords) {
  const Draft draft = Sources(TrainingOptions{}).DraftAll({1, kSentenceEnd, kSentenceEnd, 2});
  EXPECT_TRUE(draft.steps.empty());
  EXPECT_TRUE(draft.inputs.empty());
  EXPECT_TRUE(draft.outputs.empty());
}

}  // namespace
}  // namespace wordkin::train
