#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"
#include "cli/interrupt.h"
#include "cli/progress_display.h"
#include "cli/training/event_log.h"
#include "cli/training/training_request.h"
#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"
#include "common/support/atomic_file.h"
#include "common/support/error.h"
#include "train/corpus/encoded_corpus.h"

namespace wordkin::cli {

// How training ended.
struct TrainingOutcome {
  std::vector<double> epoch_losses;
  int epoch = 0;  // the last one begun
  std::uint64_t amount = 0;
  std::string_view unit;  // of the amount: "words", "records"
  bool interrupted = false;
  int kept_epoch = 0;  // the best, where it was not the last; 0: what was learnt last is kept
};

// What a run of any model begins and ends with: signals, events, the corpus, the file.
class TrainingSession {
 public:
  // Keeps references to both. Opens the output before the work, so that a folder that cannot be
  // written is known now. 'earlier': of the event log.
  TrainingSession(const TrainingRequest& request, Console& console, EarlierEvents earlier);

  Console& console() { return console_; }
  EventLog& events() { return events_; }
  ProgressDisplay::Form form() const { return form_; }
  const std::atomic<bool>& stop() const { return interrupt_.stop(); }
  double Seconds() const { return ProgressDisplay::SteadySeconds() - start_; }

  // The event "start", then 'work', whose Error becomes the event "failed".
  template <class Work>
  int Run(const Work& work) {
    LogStart();
    try {
      return work();
    } catch (const Error& error) {
      events_.Add("failed", {{"error", error.what()}});
      throw;
    }
  }

  // nullopt when Ctrl-C came first.
  std::optional<train::EncodedCorpus> ReadCorpus();
  // Writes the output; may be done again, with something better.
  void Write(const EmbeddingTable& table, const std::string& provenance,
             bool keeps_training_rows = true);
  // What the output holds already, as if this run had written it.
  void TakeAsWritten(const EmbeddingStore& output);
  // The event "epoch" for each of the first epochs, whose losses they are, that has had none yet.
  void AddEpochs(std::span<const double> losses);
  // Tells of the file written last and how the run ended; returns the exit code.
  int End(const TrainingOutcome& outcome);
  // After Ctrl-C, when there is nothing to keep; returns the exit code.
  int GiveUp(const std::string& what_is_kept);

 private:
  void LogStart();
  train::EncodedCorpus JoinPhrasesOf(train::EncodedCorpus corpus);
  void TellCorpus(const train::EncodedCorpus& corpus);

  const TrainingRequest& request_;
  Console& console_;
  ProgressDisplay::Form form_;
  double start_;
  std::unique_ptr<AtomicFile> output_;  // null once it is written
  std::uint64_t bytes_written_ = 0;
  std::size_t words_written_ = 0;
  std::size_t epochs_added_ = 0;  // to the events
  EventLog events_;
  // Last: until the files are open, which a pipe without a reader may delay, a signal ends all.
  InterruptGuard interrupt_;
};

}  // namespace wordkin::cli
