#include "cli/encoding/encoder_evaluation.h"

#include <algorithm>
#include <span>

#include "cli/console.h"
#include "cli/evaluation/evaluation_figures.h"
#include "cli/machine.h"
#include "cli/numbers.h"
#include "common/text/printable.h"
#include "contextual/comparison/sentence_similarity.h"
#include "contextual/comparison/word_in_context.h"
#include "query/evaluation/statistics.h"

namespace wordkin::cli {
namespace {

using contextual::ContextMethod;
using contextual::ContextPair;
using contextual::ContextReport;
using contextual::JudgedTexts;

Json ContextJson(const ContextReport& report, const std::string& path,
                 const std::string& tuning_path) {
  Json json;
  json["file"] = path;
  json["pairs"] = report.asked;
  json["skipped"] = report.skipped;
  json["tuned_on"] = tuning_path;
  json["static_accuracy"] = JsonNumber(Share(report.same, report.asked));
  json["best"] = report.methods[report.best].name;
  json["methods"] = Json::array();
  for (const ContextMethod& method : report.methods) {
    json["methods"].push_back(
        {{"name", method.name},
         {"tuned_accuracy", JsonNumber(method.tuned_accuracy)},
         {"threshold", JsonNumber(method.threshold)},
         {"accuracy", JsonNumber(Share(method.correct, report.asked))},
         {"interval", IntervalJson(query::WilsonInterval(method.correct, report.asked))}});
  }
  return json;
}

std::string ContextText(const ContextReport& report, const std::string& path,
                        const Console& console) {
  constexpr std::size_t kNameWidth = 16;
  std::string text = console.Bold("word in context " + Printable(path)) + "  " +
                     Counted(report.asked, "pair", "pairs") + ", tuned on " +
                     WithThousands(report.tuned_on) + "\n  " +
                     AlignedLeft("static vector", kNameWidth) + AlignedRight("", 8) +
                     AlignedRight(Percent(Share(report.same, report.asked)), 8) +
                     " %  one vector a word: always the same\n  " +
                     console.Dim(AlignedLeft("method", kNameWidth) + AlignedRight("tuned %", 8) +
                                 AlignedRight("here %", 8)) +
                     "\n";
  for (const ContextMethod& method : report.methods) {
    text += "  " + AlignedLeft(method.name, kNameWidth) +
            AlignedRight(Percent(method.tuned_accuracy), 8) +
            AlignedRight(Percent(Share(method.correct, report.asked)), 8) + " %  " +
            PercentInterval(query::WilsonInterval(method.correct, report.asked)) +
            (&method == &report.methods[report.best] ? "  best when tuned" : "") + "\n";
  }
  return text;
}

// A way of making sentence vectors and how it agrees with people.
struct SimilarityRow {
  std::string name;  // as JSON has it
  std::string label;
  double spearman;
};

SimilarityRow Correlated(std::string name, std::string label, std::span<const double> cosines,
                         std::span<const double> judged) {
  return {std::move(name), std::move(label), query::SpearmanCorrelation(cosines, judged)};
}

}  // namespace

void EvaluateWordInContext(const contextual::TextEncoder& encoder, const std::string& path,
                           const std::string& tuning_path, int thread_count, Json* json,
                           Console& console) {
  const std::vector<ContextPair> pairs = contextual::ReadContextPairs(path);
  const std::vector<ContextPair> tuning = contextual::ReadContextPairs(tuning_path);
  RequireMemory(contextual::ContextMemoryBytes(encoder.encoder(), pairs.size(), tuning.size()),
                "comparing words by all layers in the " +
                    Counted(pairs.size() + tuning.size(), "pair", "pairs") + " of '" +
                    Printable(path) + "' and '" + Printable(tuning_path) + "'",
                "give fewer pairs");
  const ContextReport report =
      contextual::EvaluateWordInContext(encoder, pairs, tuning, thread_count);
  if (report.skipped > 0) {
    console.Complain(Counted(report.skipped, "pair", "pairs") + " of '" + Printable(path) +
                     "' and '" + Printable(tuning_path) +
                     "' left out: the model does not get as far as the word");
  }
  if (json != nullptr) {
    json->push_back(ContextJson(report, path, tuning_path));
  } else {
    console.Write(ContextText(report, path, console));
  }
}

void EvaluateSentenceSimilarity(const contextual::TextEncoder& encoder, contextual::Pooling pooling,
                                const EmbeddingStore* store, const std::string& path,
                                int thread_count, Json* json, Console& console) {
  const std::vector<JudgedTexts> pairs = contextual::ReadJudgedTexts(path);
  std::vector<double> judged;
  for (const JudgedTexts& pair : pairs) judged.push_back(pair.score);
  const contextual::EncodedSimilarities encoded =
      EncoderSimilarities(encoder, pooling, pairs, thread_count);
  if (encoded.cut_count > 0) {
    console.Complain(Counted(encoded.cut_count, "text", "texts") + " of '" + Printable(path) +
                     "' longer than the model takes; the rest was left out");
  }
  std::vector<SimilarityRow> rows = {Correlated("encoder", "encoder", encoded.cosines, judged)};
  if (store != nullptr) {
    rows.push_back(
        Correlated("static_mean", "static vectors, mean", MeanSimilarities(*store, pairs), judged));
    rows.push_back(Correlated("static_sif", "static vectors, SIF",
                              SmoothInverseFrequencySimilarities(*store, pairs), judged));
  }
  if (json != nullptr) {
    Json item;
    item["file"] = path;
    item["pairs"] = pairs.size();
    item["truncated"] = encoded.cut_count;
    for (const SimilarityRow& row : rows) item[row.name] = JsonNumber(row.spearman);
    json->push_back(std::move(item));
    return;
  }
  std::string text = console.Bold("sentence similarity " + Printable(path)) + "  " +
                     Counted(pairs.size(), "pair", "pairs") + "\n";
  for (const SimilarityRow& row : rows) {
    text += "  " + AlignedLeft(row.label, 22) + "Spearman x 100" +
            AlignedRight(Percent(row.spearman), 7) + "  " +
            PercentInterval(query::SpearmanInterval(row.spearman, pairs.size())) + "\n";
  }
  console.Write(text);
}

}  // namespace wordkin::cli
