#include "train/prediction/drafter.h"

#include <algorithm>

#include "train/corpus/id_sequence.h"

namespace wordkin::train {
namespace {

// One centre in this many has its loss taken, and a block's first: the logarithms of all would
// cost a tenth of the time.
constexpr std::uint32_t kLossSampleInterval = 256;

// The input layers: which rows stand for a word.
struct WordInput {
  explicit WordInput(const DraftSources&) {}
  void Append(WordId word, std::vector<RowId>& rows) const { rows.push_back(word); }
};

struct SubwordInput {
  explicit SubwordInput(const DraftSources& sources) : subwords(*sources.subwords) {}
  void Append(WordId word, std::vector<RowId>& rows) const {
    const std::span<const RowId> of_word = subwords.RowsOf(word);
    rows.insert(rows.end(), of_word.begin(), of_word.end());
  }
  const SubwordRows& subwords;
};

// The losses: which output rows predict a word.
class NegativeSampling {
 public:
  explicit NegativeSampling(const DraftSources& sources)
      : sampler_(*sources.sampler), negative_count_(sources.options.negative_count) {}

  void DrawFrom(std::size_t partition) { partition_ = partition; }
  void Append(WordId target, Random& random, Draft& draft) const {
    draft.outputs.push_back(target);
    draft.is_positive.push_back(1);
    for (int i = 0; i < negative_count_; ++i) {
      draft.outputs.push_back(sampler_.DrawOther(target, partition_, random));
      draft.is_positive.push_back(0);
    }
    draft.EndGroup();
  }

 private:
  const NegativeSampler& sampler_;
  int negative_count_;
  std::size_t partition_ = 0;
};

class HierarchicalSoftmax {
 public:
  explicit HierarchicalSoftmax(const DraftSources& sources) : tree_(*sources.tree) {}

  void DrawFrom(std::size_t) {}
  void Append(WordId target, Random&, Draft& draft) const {
    const HuffmanTree::Path path = tree_.PathTo(target);
    draft.outputs.insert(draft.outputs.end(), path.nodes.begin(), path.nodes.end());
    draft.is_positive.insert(draft.is_positive.end(), path.is_left.begin(), path.is_left.end());
    draft.EndGroup();
  }

 private:
  const HuffmanTree& tree_;
};

// The places of a window in the sentence [begin, end).
struct Window {
  std::size_t first, last;  // both within
};

template <bool kCentrePredicts, class Input, class Output>
class WindowDrafter final : public Drafter {
 public:
  explicit WindowDrafter(const DraftSources& sources)
      : window_radius_(static_cast<std::uint32_t>(sources.options.window_radius)),
        has_position_weights_(sources.options.has_position_weights),
        first_position_(sources.first_position),
        input_(sources),
        output_(sources) {}

  void Begin(std::span<const WordId> words, Random random) override {
    words_ = words;
    random_ = random;
    sentence_begin_ = sentence_end_ = centre_ = 0;
    until_loss_sample_ = 0;
    FindSentence(0);
  }

  bool DraftSteps(std::size_t step_count, std::size_t partition, Draft& draft) override {
    output_.DrawFrom(partition);
    const std::size_t wanted = draft.steps.size() + step_count;
    // A copy that the compiler can keep in registers.
    Random random = random_;
    while (draft.steps.size() < wanted && sentence_begin_ < words_.size()) {
      if (centre_ == sentence_end_) {
        FindSentence(sentence_end_ + 1);
        continue;
      }
      DraftCentre(random, draft);
      ++centre_;
    }
    random_ = random;
    return sentence_begin_ < words_.size();
  }

 private:
  void FindSentence(std::size_t begin) {
    sentence_begin_ = centre_ = std::min(begin, words_.size());
    sentence_end_ =
        std::find(words_.begin() + sentence_begin_, words_.end(), kSentenceEnd) - words_.begin();
  }

  void DraftCentre(Random& random, Draft& draft) {
    const std::size_t radius = 1 + random.Below(window_radius_);
    const Window window = {centre_ - std::min(radius, centre_ - sentence_begin_),
                           std::min(centre_ + radius, sentence_end_ - 1)};
    if (window.first == window.last) return;
    if constexpr (kCentrePredicts) {
      input_.Append(words_[centre_], draft.inputs);
      ForEachContext(window,
                     [&](std::size_t place) { output_.Append(words_[place], random, draft); });
      AppendIncoming(centre_ + 1, draft);
    } else {
      ForEachContext(window, [&](std::size_t place) {
        input_.Append(words_[place], draft.inputs);
        if (has_position_weights_) draft.weights.resize(draft.inputs.size(), PositionOf(place));
      });
      output_.Append(words_[centre_], random, draft);
      AppendIncoming(centre_ + 1 + window_radius_, draft);
    }
    const bool is_loss_sample = until_loss_sample_-- == 0;
    if (is_loss_sample) until_loss_sample_ = kLossSampleInterval - 1;
    draft.EndStep(is_loss_sample);
  }

  template <class Visit>
  void ForEachContext(const Window& window, const Visit& visit) const {
    for (std::size_t place = window.first; place <= window.last; ++place) {
      if (place != centre_) visit(place);
    }
  }

  // The centre itself has no weights.
  RowId PositionOf(std::size_t place) const {
    const std::size_t from_left = place + window_radius_ - centre_;
    return first_position_ + static_cast<RowId>(place < centre_ ? from_left : from_left - 1);
  }

  void AppendIncoming(std::size_t place, Draft& draft) const {
    if (place < sentence_end_) input_.Append(words_[place], draft.incoming);
  }

  std::uint32_t window_radius_;
  bool has_position_weights_;
  RowId first_position_;
  Input input_;
  Output output_;
  std::span<const WordId> words_;
  Random random_{0};
  std::size_t sentence_begin_ = 0, sentence_end_ = 0, centre_ = 0;
  std::uint32_t until_loss_sample_ = 0;
};

template <bool kCentrePredicts, class Input>
std::unique_ptr<Drafter> WithLoss(const DraftSources& sources) {
  if (sources.options.loss == Loss::kHierarchicalSoftmax) {
    return std::make_unique<WindowDrafter<kCentrePredicts, Input, HierarchicalSoftmax>>(sources);
  }
  return std::make_unique<WindowDrafter<kCentrePredicts, Input, NegativeSampling>>(sources);
}

}  // namespace

std::unique_ptr<Drafter> MakeDrafter(const DraftSources& sources) {
  if (sources.subwords == nullptr) return WithLoss<false, WordInput>(sources);
  if (sources.options.model == Model::kCbow) return WithLoss<false, SubwordInput>(sources);
  return WithLoss<true, SubwordInput>(sources);
}

}  // namespace wordkin::train
