#include "cli/comparison/usage_source.h"

#include <optional>
#include <utility>

#include "cli/arguments.h"
#include "cli/console.h"
#include "cli/encoding/encoder_options.h"
#include "cli/encoding/text_source.h"
#include "cli/numbers.h"
#include "cli/progress_display.h"
#include "common/support/error.h"
#include "common/text/corpus_paths.h"
#include "common/text/corpus_reader.h"
#include "common/text/printable.h"
#include "contextual/comparison/usage_sample.h"

namespace wordkin::cli {
namespace {

using contextual::ByteRange;
using contextual::TextEncoder;

// Takes sentences one by one. Of a few each oddity is told with its number; of the lines of a file
// only how many there were.
class UsageCollector {
 public:
  UsageCollector(std::string word, const TextEncoder& encoder, bool tells_each, Console& console)
      : word_(QuoteExcerpt(word)), encoder_(encoder), tells_each_(tells_each), console_(console) {}

  void Add(std::string text, const std::vector<ByteRange>& places) {
    const std::size_t number = found_.read_count++;
    const std::string name = "sentence " + WithThousands(number + 1);
    if (places.empty()) {
      ++found_.without_count;
      if (tells_each_) console_.Complain(name + " has no " + word_);
      return;
    }
    const TextEncoder::Pieces pieces = encoder_.Tokenize(text);
    const std::size_t before = found_.usages.size();
    for (const ByteRange& bytes : places) {
      if (Reaches(pieces, bytes)) found_.usages.push_back({found_.texts.size(), bytes});
    }
    const std::size_t kept = found_.usages.size() - before;
    found_.beyond_count += places.size() - kept;
    if (pieces.is_cut()) {
      ++cut_count_;
      if (tells_each_) console_.Complain(name + " has " + CutNote(pieces, encoder_));
    }
    if (kept == 0) return;
    found_.texts.push_back(std::move(text));
    found_.numbers.push_back(number);
    found_.is_cut.push_back(pieces.is_cut());
    if (found_.usages.size() > kMostUsages) {
      throw Error(ErrorKind::kUsage, "there are more than " + WithThousands(kMostUsages) +
                                         " usages to compare; give the texts as --corpus, of "
                                         "which --sample takes some");
    }
  }

  FoundUsages Finish() {
    const std::string all = Counted(found_.read_count, "sentence", "sentences");
    if (!tells_each_ && found_.without_count > 0) {
      console_.Complain(WithThousands(found_.without_count) + " of " + all +
                        (found_.without_count == 1 ? " has no " : " have no ") + word_);
    }
    if (!tells_each_ && cut_count_ > 0) {
      console_.Complain(WithThousands(cut_count_) + " of " + all +
                        (cut_count_ == 1 ? " has" : " have") +
                        " more pieces than the model takes; the rest was left out");
    }
    if (found_.beyond_count > 0) {
      console_.Complain(Counted(found_.beyond_count, "usage was", "usages were") +
                        " left out: the model does not get as far, or has no piece for the word");
    }
    if (!found_.usages.empty()) return std::move(found_);
    throw Error(ErrorKind::kNotFound,
                word_ + " is not in " +
                    (found_.beyond_count > 0  ? "what the model takes of the sentences"
                     : found_.read_count == 1 ? "the sentence"
                                              : "any of the sentences"));
  }

 private:
  std::string word_;
  const TextEncoder& encoder_;
  bool tells_each_;
  Console& console_;
  FoundUsages found_;
  std::size_t cut_count_ = 0;
};

FoundUsages FindInTexts(const Arguments& arguments, const TextEncoder& encoder, Console& console) {
  const std::vector<std::string>& positionals = arguments.positionals();
  const std::string word = arguments.Text("word");
  TextSource source({positionals.begin() + 1, positionals.end()}, console);
  UsageCollector collector(word, encoder, !source.is_stream(), console);
  for (std::vector<std::string> texts = source.Next(kMostUsages); !texts.empty();
       texts = source.Next(kMostUsages)) {
    for (std::string& text : texts) {
      const std::vector<ByteRange> places = contextual::FindWord(text, word);
      collector.Add(std::move(text), places);
    }
  }
  return collector.Finish();
}

FoundUsages FindInCorpus(const Arguments& arguments, const TextEncoder& encoder, Console& console) {
  CorpusReader corpus(ExpandCorpusPaths(arguments.Texts("corpus")));
  const std::string word = arguments.Text("word");
  const bool is_quiet = arguments.Has("quiet");
  contextual::UsageSample sample;
  {
    ProgressDisplay progress(console, "reading the corpus",
                             ProgressDisplay::FormFor(console, is_quiet));
    sample = contextual::SampleUsages(
        corpus, word, arguments.Integer("sample"), arguments.Integer("seed"), [&] {
          const auto total = static_cast<double>(corpus.bytes_total());
          progress.Update(total > 0
                              ? std::optional(static_cast<double>(corpus.bytes_read()) / total)
                              : std::nullopt,
                          HumanBytes(corpus.bytes_read()));
        });
  }
  if (sample.usages.empty()) {
    throw Error(ErrorKind::kNotFound, "'" + Printable(word) + "' is not in the corpus");
  }
  if (!is_quiet && sample.found > sample.usages.size()) {
    console.Note(WithThousands(sample.usages.size()) + " of " + WithThousands(sample.found) +
                 " usages taken at random (--sample)");
  }
  UsageCollector collector(word, encoder, /*tells_each=*/false, console);
  for (const contextual::Usage& usage : sample.usages) {
    collector.Add(std::move(sample.texts[usage.text]), {usage.bytes});
  }
  return collector.Finish();
}

}  // namespace

FoundUsages FindUsages(const Arguments& arguments, const TextEncoder& encoder, Console& console) {
  return arguments.Has("corpus") ? FindInCorpus(arguments, encoder, console)
                                 : FindInTexts(arguments, encoder, console);
}

}  // namespace wordkin::cli
