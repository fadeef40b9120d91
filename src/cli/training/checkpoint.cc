#include "cli/training/checkpoint.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "common/store/store_writer.h"
#include "common/support/atomic_file.h"
#include "common/support/error.h"

namespace wordkin::cli {
namespace {

// What may differ from the run that is resumed.
constexpr std::array<std::string_view, 10> kChangeable = {
    "resume", "output", "threads", "checkpoint-every", "json-log",
    "quiet",  "color",  "memory",  "scratch-folder",   "counts"};

[[noreturn]] void ThrowNoCheckpoint(const std::string& path, const std::string& reason) {
  throw Error(ErrorKind::kDamaged, "cannot resume from '" + path + "': " + reason);
}

Json CorpusIdentity(const train::EncodedCorpus& corpus) {
  return {{"hash", corpus.content_hash},
          {"words", corpus.word_count},
          {"kept_words", corpus.kept_word_count},
          {"vocabulary", corpus.vocabulary.size()},
          {"counts", corpus.vocabulary.total_count()}};
}

// The corpus in 'given', before which the model of the run may stand. Throws kUsage for another.
std::vector<std::string> CorpusAfterModel(std::vector<std::string> given,
                                          const std::string& model) {
  if (given.empty() || !IsModelName(given.front())) return given;
  if (given.front() != model) {
    throw Error(ErrorKind::kUsage, "the run that is resumed trains '" + model + "', not '" +
                                       given.front() +
                                       "'; leave the model out, or begin a new run");
  }
  given.erase(given.begin());
  return given;
}

// "--NAME[=VALUE]"..., "--", MODEL, CORPUS... (none with --counts)
bool IsCommandLine(const Json& arguments) {
  if (!arguments.is_array()) return false;
  std::size_t option_count = 0;
  for (const Json& word : arguments) {
    if (!word.is_string()) return false;
    if (word == "--") return option_count + 1 < arguments.size();
    if (!word.get_ref<const std::string&>().starts_with("--")) return false;
    ++option_count;
  }
  return false;
}

Json ParseState(const EmbeddingStore& store) {
  const std::string text = store.ReadTrainingState();
  if (text.empty()) {
    ThrowNoCheckpoint(store.path(), "it is a finished store; --continue-from trains one on");
  }
  Json state = ParseStoredJson(text);
  if (!state.is_object()) ThrowNoCheckpoint(store.path(), "its training state is damaged");
  for (const char* const part : {"arguments", "corpus", "training", "run"}) {
    if (!state.contains(part)) {
      ThrowNoCheckpoint(store.path(), "its training state lacks '" + std::string(part) + "'");
    }
  }
  if (!IsCommandLine(state["arguments"])) {
    ThrowNoCheckpoint(store.path(), "its command line is damaged");
  }
  return state;
}

}  // namespace

Checkpoint::Checkpoint(const std::string& path) : store_(path) {
  VerifyStore(path);
  state_ = ParseState(store_);
}

Arguments Checkpoint::Resume(const Arguments& given) const {
  const std::vector<std::string> given_names = given.GivenOptions();
  for (const std::string& name : given_names) {
    if (std::ranges::count(kChangeable, name) > 0) continue;
    throw Error(ErrorKind::kUsage, "--" + name +
                                       " cannot change in a run that is resumed; it goes on with "
                                       "the options it was begun with");
  }
  std::vector<std::string> words = given.Words();
  std::erase_if(words, [](const std::string& word) { return word.starts_with("--resume="); });
  words.erase(std::ranges::find(words, "--"), words.end());
  const auto saved = state_["arguments"].get<std::vector<std::string>>();
  const auto saved_positionals = std::ranges::find(saved, "--");
  for (auto word = saved.begin(); word != saved_positionals; ++word) {
    const std::string name = word->substr(2, word->find('=') - 2);
    if (std::ranges::count(given_names, name) == 0) words.push_back(*word);
  }
  // The model stays; the corpus may lie elsewhere now.
  const std::vector<std::string> corpus =
      CorpusAfterModel(given.positionals(), *(saved_positionals + 1));
  words.insert(words.end(), saved_positionals,
               corpus.empty() ? saved.end() : saved_positionals + 2);
  words.insert(words.end(), corpus.begin(), corpus.end());
  return Arguments(given.command(), words);
}

void Checkpoint::CheckCorpus(const train::EncodedCorpus& corpus) const {
  const Json identity = CorpusIdentity(corpus);
  if (identity == state_["corpus"]) return;
  // The same text makes other words only with other words to begin with.
  const bool is_same_text =
      state_["corpus"].is_object() && state_["corpus"].value("hash", Json()) == identity["hash"];
  throw Error(
      ErrorKind::kUsage,
      "cannot resume from '" + path() + "': " +
          (is_same_text ? "the store that --continue-from names is not as it was when the "
                          "run began; put that one back"
                        : "the corpus is not the one it was made from; name the same text") +
          ", or train the vectors on with --continue-from");
}

void Checkpoint::Restore(ResumableTraining& training) const {
  try {
    training.Resume(store_, state_["training"]);
  } catch (const Json::exception&) {
    ThrowNoCheckpoint(path(), "its training state is not of this trainer");
  }
}

void WriteCheckpoint(const TrainingRequest& request, const train::EncodedCorpus& corpus,
                     ResumableTraining& training, const Json& run, const std::string& provenance) {
  const Json state = {{"arguments", request.command_line},
                      {"corpus", CorpusIdentity(corpus)},
                      {"training", training.State()},
                      {"run", run}};
  AtomicFile file(CheckpointPath(request.output));
  training.ShowTable([&](const EmbeddingTable& table) {
    WriteStore(file, table, {Precision::kFloat32, provenance, JsonLine(state)});
  });
}

}  // namespace wordkin::cli
