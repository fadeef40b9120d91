#include "cli/phrase_joining.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "cli/numbers.h"

namespace wordkin::cli {

train::CorpusProgress ShowReading(ProgressDisplay& display) {
  const double start = ProgressDisplay::SteadySeconds();
  return [&display, start](std::uint64_t done, std::uint64_t total, std::uint64_t words) {
    std::optional<double> fraction;
    if (total > 0) fraction = static_cast<double>(done) / static_cast<double>(total);
    const double seconds = std::max(ProgressDisplay::SteadySeconds() - start, 1e-3);
    display.Update(fraction, HumanQuantity(static_cast<double>(words)) + " words, " +
                                 HumanQuantity(static_cast<double>(words) / seconds) + " words/s");
  };
}

train::PhraseOptions ReadPhraseOptions(const Arguments& arguments, const std::string& prefix,
                                       int pass_count, int thread_count) {
  train::PhraseOptions options;
  options.pass_count = pass_count;
  options.score = arguments.Choose<train::PhraseScore>(
      prefix + "score",
      {{"word2vec", train::PhraseScore::kWord2vec}, {"npmi", train::PhraseScore::kNpmi}});
  const auto real = [&](const std::string& name, double otherwise) {
    return arguments.Has(prefix + name) ? arguments.Real(prefix + name) : otherwise;
  };
  options.threshold = real("threshold", train::DefaultPhraseThreshold(options.score));
  options.threshold_fall = real("threshold-fall", train::DefaultThresholdFall(options.score));
  options.min_count = arguments.Integer("min-count");
  options.joiner = arguments.Text(prefix + "joiner");
  options.thread_count = thread_count;
  train::CheckPhraseOptions(options);
  return options;
}

Json PhraseOptionsJson(const train::PhraseOptions& options) {
  return {{"passes", options.pass_count},
          {"score", std::string(train::PhraseScoreName(options.score))},
          {"threshold", JsonNumber(options.threshold)},
          {"threshold_fall", JsonNumber(options.threshold_fall)},
          {"joiner", options.joiner}};
}

train::JoinedPhrases JoinPhrases(train::EncodedCorpus corpus, const train::PhraseOptions& options,
                                 const train::CorpusOptions& corpus_options, Console& console,
                                 ProgressDisplay::Form form, const std::atomic<bool>& stop) {
  train::JoinedPhrases joined;
  {
    ProgressDisplay display(console, "joining phrases", form);
    const auto show = [&](int pass, double fraction) {
      display.Update((pass - 1 + fraction) / options.pass_count,
                     "pass " + std::to_string(pass) + "/" + std::to_string(options.pass_count));
    };
    joined = train::JoinPhrases(std::move(corpus), options, corpus_options, show, stop);
  }
  if (joined.dropped_pairs > 0) {
    console.Note("phrases: " + Counted(joined.dropped_pairs, "rare pair", "rare pairs") +
                 " dropped to keep within " + WithThousands(options.max_pairs) +
                 " at once; no count is short by more than " + WithThousands(joined.largest_loss));
  }
  return joined;
}

}  // namespace wordkin::cli
