#include "cli/evaluation/shrink_report.h"

#include <cmath>

#include "cli/numbers.h"

namespace wordkin::cli {
namespace {

std::size_t SubwordRows(const EmbeddingStore& store) {
  return store.subwords() == nullptr ? 0 : store.subwords()->row_count();
}

Json UnseenJson(const std::optional<query::UnseenCost>& unseen) {
  if (!unseen) return nullptr;
  Json json;
  json["sampled"] = unseen->sampled;
  json["of"] = unseen->were_dropped ? "dropped" : "kept";
  json["without_vector"] = unseen->without_vector;
  json["cosine_before"] = JsonNumber(unseen->mean_cosine_before);
  json["cosine"] = JsonNumber(unseen->mean_cosine);
  return json;
}

std::string Decimal(double number) { return std::isnan(number) ? "-" : FixedPoint(number, 4); }

std::string Change(const std::string& name, const std::string& before, const std::string& after) {
  std::string text = "  " + name;
  text.resize(16, ' ');
  return text + before + " -> " + after + "\n";
}

}  // namespace

Json ShrinkReportJson(const EmbeddingStore& original, const EmbeddingStore& shrunk,
                      const ShrinkReport& report) {
  Json json;
  json["file"] = shrunk.path();
  json["words_before"] = original.size();
  json["words"] = shrunk.size();
  json["subword_rows_before"] = SubwordRows(original);
  json["subword_rows"] = SubwordRows(shrunk);
  json["precision_before"] = PrecisionName(original.precision());
  json["precision"] = PrecisionName(shrunk.precision());
  json["bytes_before"] = original.file_size();
  json["bytes"] = shrunk.file_size();
  json["recall_at_10"] = {{"sampled", report.recall.sampled},
                          {"recall", JsonNumber(report.recall.recall)}};
  json["unseen"] = UnseenJson(report.unseen);
  return json;
}

std::string ShrinkReportText(const EmbeddingStore& original, const EmbeddingStore& shrunk,
                             const ShrinkReport& report) {
  std::string text = Change("words", WithThousands(original.size()), WithThousands(shrunk.size()));
  if (original.subwords() != nullptr) {
    text += Change("subword rows", WithThousands(SubwordRows(original)),
                   WithThousands(SubwordRows(shrunk)));
  }
  text += Change("precision", std::string(PrecisionName(original.precision())),
                 std::string(PrecisionName(shrunk.precision())));
  text += Change("file", HumanBytes(original.file_size()), HumanBytes(shrunk.file_size()));
  text += "  recall@10     " + Decimal(report.recall.recall) + " of the neighbours of " +
          Counted(report.recall.sampled, "kept word", "kept words") + "\n";
  if (!report.unseen) return text;
  const query::UnseenCost& unseen = *report.unseen;
  text += "  unseen words  cosine " + Decimal(unseen.mean_cosine_before) + " -> " +
          Decimal(unseen.mean_cosine) + " of " +
          (unseen.were_dropped ? Counted(unseen.sampled, "dropped word", "dropped words")
                               : Counted(unseen.sampled, "kept word", "kept words")) +
          " made of subwords with their own vectors";
  if (unseen.without_vector > 0) {
    text += "; " + WithThousands(unseen.without_vector) + " can not be made";
  }
  return text + "\n";
}

}  // namespace wordkin::cli
