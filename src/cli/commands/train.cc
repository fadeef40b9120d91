#include <string>
#include <utility>

#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/machine.h"
#include "cli/numbers.h"
#include "cli/phrase_joining.h"
#include "cli/training/checkpoint.h"
#include "cli/training/training_request.h"
#include "cli/training/training_run.h"

namespace wordkin::cli {
namespace train_command {
namespace {

// A few too many are no harm worth a word.
constexpr int kBearableThreadsAProcessor = 4;

void NoteTooManyThreads(int thread_count, Console& console) {
  const int processor_count = ProcessorCount();
  if (thread_count <= kBearableThreadsAProcessor * processor_count) return;
  console.Note(WithThousands(thread_count) + " threads on " +
               Counted(processor_count, "processor", "processors") +
               ": more than there are make training slower, not faster");
}

int RunTraining(const Arguments& arguments, const Checkpoint* checkpoint, Console& console) {
  TrainingRequest request = ReadTrainingRequest(arguments);
  RefuseToLoseCheckpoint(request.output, checkpoint == nullptr ? "" : checkpoint->path());
  NoteTooManyThreads(request.training.thread_count, console);
  return TrainingRun(std::move(request), checkpoint, console).Run();
}

int Run(const Arguments& arguments, Console& console) {
  if (!arguments.Has("resume")) return RunTraining(arguments, nullptr, console);
  const std::string path = arguments.Text("resume");
  if (arguments.Has("json-log")) {
    RefuseSameFile(path, arguments.Text("json-log"), "which would be lost");
  }
  const Checkpoint checkpoint(path);
  return RunTraining(checkpoint.Resume(arguments), &checkpoint, console);
}

constexpr Positional kPositionals[] = {
    {"skipgram|cbow|fasttext|glove",
     "the model: skipgram is better on small corpora, cbow is faster; fasttext is skipgram with "
     "subwords, so that unseen words have vectors too; glove counts which words stand near which, "
     "then fits vectors to the counts",
     ValueKind::kChoice},
    {"CORPUS...",
     "text in UTF-8: files (.gz and .zst too), folders, quoted globs; '-': standard "
     "input"},
};
constexpr Example kExamples[] = {
    {"train skipgram corpus.txt -o v.kin", "train with the defaults"},
    {"train cbow books/ 'news-*.txt.zst' -o v.kin --tokenizer words --epochs 3",
     "a folder and compressed files, punctuation stripped and case folded"},
    {"train skipgram - -o v.kin --dimension 100 < corpus.txt", "from standard input"},
    {"train fasttext corpus.txt -o v.kin --checkpoint-every 10m", "with subwords, and safe"},
    {"train glove corpus.txt -o v.kin --keep-counts corpus.counts", "GloVe, keeping the counts"},
    {"train glove --counts corpus.counts -o v50.kin --dimension 50", "and using them again"},
    {"train --resume v.kin.checkpoint", "go on after Ctrl-C or a crash"},
};
constexpr Option kOptions[] = {
    kNewFileOption,
    {.name = "dimension",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "200",
     .description = "numbers in a vector",
     .lowest = 1,
     .highest = 10'000},
    {.name = "window",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "5, glove 10",
     .description = "words on either side that count as context, at most",
     .lowest = 1,
     .highest = 1'000},
    {.name = "negative",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "5",
     .description = "negative samples for each word",
     .lowest = 1,
     .highest = 1'000},
    {.name = "negative-exponent",
     .kind = ValueKind::kReal,
     .value_name = "X",
     .default_value = "0.75, subwords 0.5",
     .description = "draw negative samples in proportion to a word's count to the power of X",
     .lowest = 0,
     .highest = 1},
    {.name = "subsample",
     .kind = ValueKind::kReal,
     .value_name = "X",
     .default_value = "1e-4",
     .description = "thin out words that are a larger share of the corpus than this; 0: none",
     .lowest = 0,
     .highest = 1},
    {.name = "min-count",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "5",
     .description = "leave out words that occur less often",
     .lowest = 1},
    {.name = "max-vocabulary",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "0",
     .description = "keep the N most frequent words only, all those of --continue-from among them; "
                    "0: all"},
    {.name = "epochs",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "5, glove 15",
     .description = "passes over the corpus, glove: over its counts",
     .lowest = 1,
     .highest = 100'000},
    {.name = "learning-rate",
     .kind = ValueKind::kReal,
     .value_name = "X",
     .default_value = "0.05, skipgram 0.0275",
     .description = "step at the beginning; it falls to almost nothing, with glove as "
                    "AdaGrad has it",
     .lowest = 1e-6,
     .highest = 10},
    {.name = "cbow-gradient",
     .kind = ValueKind::kChoice,
     .value_name = "corrected|original",
     .default_value = "original",
     .description = "whether cbow divides a context's gradient by the contexts' number, as the "
                    "mean demands, or not, as word2vec; the original learns faster"},
    {.name = "schedule",
     .kind = ValueKind::kChoice,
     .value_name = "linear|cosine|quadratic",
     .default_value = "linear",
     .description = "how the step falls"},
    {.name = "position-weights",
     .description = "cbow: learn a weight for each place of the window and number of a vector"},
    {.name = "loss",
     .kind = ValueKind::kChoice,
     .value_name = "negative-sampling|hierarchical-softmax",
     .default_value = "negative-sampling",
     .description = "predict a word against drawn others, or along its path in a Huffman tree"},
    {.name = "subwords",
     .kind = ValueKind::kText,
     .value_name = "MIN:MAX|none",
     .default_value = "none, fasttext 3:6",
     .description = "learn n-grams of so many letters beside whole words"},
    {.name = "buckets",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "2000000, floret 50000",
     .description = "rows that n-grams are hashed to",
     .lowest = 1,
     .highest = 1e9},
    {.name = "subword-hash",
     .kind = ValueKind::kChoice,
     .value_name = "fasttext|floret",
     .default_value = "fasttext",
     .description = "fasttext: a bucket an n-gram and a row a word; floret: several buckets an "
                    "n-gram, in a table far smaller, and none for words"},
    {.name = "hashes",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "1, floret 2",
     .description = "buckets an n-gram, with floret's hash",
     .lowest = 1,
     .highest = 4},
    {.name = "x-max",
     .kind = ValueKind::kReal,
     .value_name = "X",
     .default_value = "100",
     .description = "glove: pairs that occur so often or more count in full",
     .lowest = 1e-3,
     .highest = 1e9},
    {.name = "alpha",
     .kind = ValueKind::kReal,
     .value_name = "X",
     .default_value = "0.75",
     .description = "glove: rarer pairs weigh (count / x-max)^X",
     .highest = 10},
    {.name = "memory",
     .kind = ValueKind::kText,
     .value_name = "SIZE",
     .default_value = "three quarters of what is free",
     .description = "glove: memory to work in, as in 4G; what is more goes to the scratch folder"},
    {.name = "scratch-folder",
     .kind = ValueKind::kFile,
     .value_name = "FOLDER",
     .default_value = "TMPDIR, else /tmp",
     .description = "glove: where nameless temporary files may lie"},
    {.name = "keep-counts",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "glove: write the counts for other runs"},
    {.name = "counts",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "glove: take counts that were kept, in place of a CORPUS"},
    kTokenizerOption,
    {.name = "phrases",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "0",
     .description = "passes that join words which occur together more often than chance, as "
                    "'wordkin phrases' does; 0: none",
     .highest = train::kMostPhrasePasses},
    PhraseScoreOption("phrase-score"),
    PhraseThresholdOption("phrase-threshold"),
    PhraseThresholdFallOption("phrase-threshold-fall"),
    PhraseJoinerOption("phrase-joiner"),
    kThreadsOption,
    {.name = "seed",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "1",
     .description = "seed of the random numbers; with --threads 1 or --reproducible a run can be "
                    "repeated exactly"},
    {.name = "reproducible",
     .description = "the same file bit for bit at any number of threads, somewhat slower"},
    {.name = "store",
     .kind = ValueKind::kChoice,
     .value_name = "two-plane|int8|f32",
     .default_value = "two-plane",
     .description = "how the file keeps vectors: 16 bits a value, 8, or float32 bit for bit"},
    {.name = "output-vectors",
     .kind = ValueKind::kChoice,
     .value_name = "word|context|sum|both",
     .default_value = "word, glove sum",
     .description =
         "a word's vector: its row as input, as prediction, both added, or as input with "
         "the other kept beside it, for --continue-from"},
    {.name = "continue-from",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "begin with the vectors of this .kin file, keep its words and add new ones"},
    {.name = "evaluate-with",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "after each epoch, score sets of any kind that 'wordkin evaluate' knows",
     .repeatable = true},
    {.name = "stop-when-flat",
     .kind = ValueKind::kInteger,
     .value_name = "N",
     .default_value = "0",
     .description = "stop when the mean score has not risen for N epochs, and keep the best; 0: go "
                    "on to the end",
     .highest = 1000},
    {.name = "checkpoint-every",
     .kind = ValueKind::kText,
     .value_name = "TIME",
     .description = "keep all that is needed to resume, in OUTPUT.checkpoint, every 90s, 10m or "
                    "2h; Ctrl-C does so too"},
    {.name = "resume",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "go on from a checkpoint, with its options and corpus"},
    {.name = "json-log",
     .kind = ValueKind::kFile,
     .value_name = "FILE",
     .description = "write events as JSON Lines: start, corpus, progress, epoch, done; '-': to "
                    "standard output; --resume adds to the file"},
    kQuietOption,
};

}  // namespace
}  // namespace train_command

const Command kTrainCommand = {
    .name = "train",
    .summary = "train word vectors on text",
    .description =
        "Words are kept with their vectors in one .kin file that the other commands ask. Ctrl-C "
        "stops after the block at hand and keeps what was learnt; a second Ctrl-C quits at once, "
        "and an earlier FILE stays as it was. The file is the same again for the same corpus, "
        "options and seed with --reproducible, whatever the threads, or with --threads 1 when "
        "SOURCE_DATE_EPOCH is set.",
    .positionals = train_command::kPositionals,
    .minimum_positionals = 1,  // with --counts
    .examples = train_command::kExamples,
    .options = train_command::kOptions,
    .sufficient_option = "resume",
    .run = train_command::Run,
};

}  // namespace wordkin::cli
