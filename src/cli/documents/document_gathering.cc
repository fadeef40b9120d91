#include "cli/documents/document_gathering.h"

#include <optional>

#include "cli/numbers.h"
#include "cli/progress_display.h"

namespace wordkin::cli {
namespace {

// Enough for full tiles of an encoder and for all threads.
constexpr std::size_t kDocumentsAtOnce = 4096;

}  // namespace

bool CollectDocuments(DocumentSource& source, query::TextEmbedder& embedder,
                      query::DocumentCollection& collection, const std::atomic<bool>& stop,
                      bool quiet, Console& console, DocumentTally& tally) {
  ProgressDisplay display(console, "embedding", ProgressDisplay::FormFor(console, quiet));
  const double start = ProgressDisplay::SteadySeconds();
  while (true) {
    const std::vector<query::Document> documents = source.Next(kDocumentsAtOnce);
    if (documents.empty()) break;
    if (stop) return false;
    tally.unknown += collection.Add(documents).size();
    std::optional<double> fraction;
    if (source.bytes_total() > 0) {
      fraction =
          static_cast<double>(source.bytes_read()) / static_cast<double>(source.bytes_total());
    }
    const double elapsed = ProgressDisplay::SteadySeconds() - start;
    const auto count = static_cast<double>(collection.size());
    display.Update(fraction, HumanQuantity(elapsed > 0 ? count / elapsed : 0) + " documents/s");
  }
  tally.empty = source.empty_count();
  tally.faulty = source.fault_count();
  tally.repaired = source.repaired_count();
  tally.cut = embedder.cut_count();
  tally.words = embedder.word_count();
  tally.unknown_words = embedder.unknown_count();
  return !stop;
}

Json TallyJson(const DocumentTally& tally) {
  Json json;
  json["empty"] = tally.empty;
  json["unknown"] = tally.unknown;
  json["faulty"] = tally.faulty;
  return json;
}

std::vector<std::string> TallyLines(const DocumentTally& tally) {
  std::vector<std::string> lines;
  const auto tell = [&](std::uint64_t count, const std::string& what) {
    if (count > 0) lines.push_back(Counted(count, "document", "documents") + " " + what);
  };
  tell(tally.empty, "left out: nothing but white space");
  tell(tally.unknown, "left out: none of the words is known");
  tell(tally.faulty, "left out by --on-error skip");
  tell(tally.repaired, "with bytes that are no UTF-8; each is read as U+FFFD");
  tell(tally.cut, "longer than the encoder takes; the rest was left out");
  tell(tally.directionless, "with nothing but what all have in common: no question will find them");
  if (tally.unknown_words > 0) {
    lines.push_back(WithThousands(tally.unknown_words) + " of " +
                    Counted(tally.words, "word", "words") + " unknown: they count for nothing");
  }
  return lines;
}

}  // namespace wordkin::cli
