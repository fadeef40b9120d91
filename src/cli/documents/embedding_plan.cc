#include "cli/documents/embedding_plan.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "cli/answers/open_vectors.h"
#include "cli/answers/search_choice.h"
#include "cli/arguments.h"
#include "cli/date.h"
#include "cli/encoding/encoder_options.h"
#include "cli/machine.h"
#include "cli/shared_choices.h"
#include "cli/stored_provenance.h"
#include "common/support/error.h"
#include "common/text/corpus_paths.h"

namespace wordkin::cli {
namespace {

using query::WordWeighting;

void RefuseIdle(const Arguments& arguments, const std::vector<std::string>& options,
                const std::string& use) {
  for (const std::string& option : options) {
    if (!arguments.Has(option)) continue;
    throw Error(ErrorKind::kUsage, "option '--" + option + "' is " + use);
  }
}

DocumentForm ChosenForm(const Arguments& arguments) {
  return arguments.Choose<DocumentForm>(
      "documents", {{FormName(DocumentForm::kLines), DocumentForm::kLines},
                    {FormName(DocumentForm::kFiles), DocumentForm::kFiles},
                    {FormName(DocumentForm::kJsonLines), DocumentForm::kJsonLines}});
}

void TakeFields(const Arguments& arguments, DocumentKind& kind) {
  if (kind.form != DocumentForm::kJsonLines) {
    return RefuseIdle(arguments, {"id-field", "text-field"}, "for --documents jsonl");
  }
  if (arguments.Has("id-field")) kind.id_field = arguments.Text("id-field");
  if (arguments.Has("text-field")) kind.text_field = arguments.Text("text-field");
}

// Ids of one kind say nothing beside those of another.
void RefuseOtherForm(const Arguments& arguments, const EmbeddingPlan& plan) {
  if (!arguments.Has("documents") || ChosenForm(arguments) == plan.settings.kind.form) return;
  throw Error(ErrorKind::kUsage, "the documents of '" + plan.output + "' are of kind '" +
                                     std::string(FormName(plan.settings.kind.form)) +
                                     "', and those of kind '" + arguments.Text("documents") +
                                     "' cannot join them; make another file of these");
}

bool HasCounts(const EmbeddingStore& store) {
  return std::ranges::any_of(store.ReadCounts(), [](std::uint64_t count) { return count > 0; });
}

// Counts and tokenizer are the vectors' own, where nothing else is asked for.
query::WordMeanOptions ChosenWords(const Arguments& arguments, const EmbeddingStore& store) {
  query::WordMeanOptions words;
  words.tokenizer =
      arguments.Has("tokenizer") ? ChosenTokenizer(arguments) : StoredTokenizer(store);
  if (arguments.Has("weighting")) {
    words.weighting = arguments.Choose<WordWeighting>(
        "weighting",
        {{"mean", WordWeighting::kMean}, {"sif", WordWeighting::kSmoothInverseFrequency}});
  } else if (HasCounts(store)) {
    words.weighting = WordWeighting::kSmoothInverseFrequency;
  }
  if (words.weighting == WordWeighting::kMean) {
    RefuseIdle(arguments, {"smoothing"}, "for --weighting sif");
  } else {
    words.smoothing = arguments.Real("smoothing");
  }
  return words;
}

// Takes the word vectors from the front of 'inputs'.
void SettleVectors(const Arguments& arguments, EmbeddingPlan& plan) {
  RefuseIdle(arguments, {"layer", "pooling", "precision"}, "for an encoder (--encoder DIR)");
  if (plan.inputs.size() < 2) {
    throw Error(ErrorKind::kUsage,
                "'embed-text' wants word vectors and then texts: VECTORS INPUT... (or --encoder "
                "DIR and texts alone)");
  }
  plan.settings.vectors = AbsolutePath(plan.inputs.front());
  plan.inputs.erase(plan.inputs.begin());
}

void SettleEncoder(const Arguments& arguments, EmbeddingPlan& plan) {
  RefuseIdle(arguments, {"weighting", "smoothing", "tokenizer"},
             "for word vectors, not for an encoder");
  plan.settings.encoder = AbsolutePath(arguments.Text("encoder"));
  plan.settings.layer = arguments.Text("layer");
  plan.settings.pooling = arguments.Text("pooling");
  plan.settings.arithmetic = arguments.Text("precision");
}

Json ProvenanceOf(const Arguments& arguments, const DocumentSettings& settings) {
  Json provenance = {{"program", "wordkin"},
                     {"version", WORDKIN_VERSION},
                     {"date", DateInUtc()},
                     {"method", "embed-text"},
                     {"documents", arguments.Text("documents")}};
  if (settings.encoder.empty()) {
    provenance["vectors"] = settings.vectors;
    provenance["weighting"] = query::WeightingName(settings.words.weighting);
  } else {
    provenance["encoder"] = settings.encoder;
  }
  return provenance;
}

EmbeddingPlan PlanNewFile(const Arguments& arguments, int thread_count, Console* notes) {
  RefuseIdle(arguments, {"vectors"}, "for --add: word vectors come first, before the texts");
  EmbeddingPlan plan = {.output = arguments.Text("output"), .inputs = arguments.positionals()};
  plan.kind.form = ChosenForm(arguments);
  TakeFields(arguments, plan.kind);
  plan.settings.kind = plan.kind;
  const bool is_encoder = arguments.Has("encoder");
  if (is_encoder) {
    SettleEncoder(arguments, plan);
  } else {
    SettleVectors(arguments, plan);
  }
  plan.inputs = ExpandCorpusPaths(plan.inputs);
  RefuseInputAsOutput(arguments, plan.inputs, plan.output);
  if (is_encoder) {
    plan.opened = EmbedderByEncoder(plan.settings, thread_count);
  } else {
    OpenedVectors vectors = OpenVectors(plan.settings.vectors, notes);
    RefuseVectorsAsOutput(vectors, plan.output);
    plan.settings.words = ChosenWords(arguments, vectors.store);
    plan.opened = EmbedderByWords(std::move(vectors.store), plan.settings, thread_count);
  }
  plan.precision = ChosenPrecision(arguments);
  plan.with_graph = !arguments.Has("no-index");
  plan.provenance = ProvenanceOf(arguments, plan.settings);
  return plan;
}

// All is as it was with the documents that are there.
EmbeddingPlan PlanAddition(const Arguments& arguments, int thread_count, Console* notes) {
  RefuseIdle(
      arguments,
      {"output", "weighting", "smoothing", "tokenizer", "store", "layer", "pooling", "precision"},
      "for a new file; with --add all is as it was with the earlier documents");
  if (arguments.positionals().size() != 1) {
    throw Error(ErrorKind::kUsage,
                "'embed-text' wants the one file to add to before --add and its inputs");
  }
  EmbeddingPlan plan = {.output = arguments.positionals().front(),
                        .inputs = ExpandCorpusPaths(arguments.Texts("add"))};
  RefuseInputAsOutput(arguments, plan.inputs, plan.output);
  plan.earlier = std::make_unique<EmbeddingStore>(plan.output);
  plan.settings = ReadDocumentSettings(*plan.earlier);
  RefuseOtherForm(arguments, plan);
  plan.kind = plan.settings.kind;
  TakeFields(arguments, plan.kind);
  VerifyStore(plan.output);
  plan.opened = OpenEmbedderOf(*plan.earlier, plan.settings, arguments, thread_count, notes);
  plan.precision = plan.earlier->precision();
  plan.with_graph = HasGraph(*plan.earlier) && !arguments.Has("no-index");
  plan.provenance = ReadProvenance(*plan.earlier);
  if (arguments.Has("vectors")) {
    plan.provenance["vectors"] = plan.settings.vectors = AbsolutePath(arguments.Text("vectors"));
  }
  if (arguments.Has("encoder")) {
    plan.provenance["encoder"] = plan.settings.encoder = AbsolutePath(arguments.Text("encoder"));
  }
  return plan;
}

}  // namespace

EmbeddingPlan PlanEmbedding(const Arguments& arguments, int thread_count, Console* notes) {
  CheckSourceDate();
  return arguments.Has("add") ? PlanAddition(arguments, thread_count, notes)
                              : PlanNewFile(arguments, thread_count, notes);
}

}  // namespace wordkin::cli
