#include "cli/comparison/usage_text.h"

namespace wordkin::cli {
namespace {

Json WordsJson(const std::vector<ReportedWord>& words) {
  Json json = Json::array();
  for (const ReportedWord& each : words) {
    json.push_back({{"word", each.word}, {"score", JsonNumber(each.score)}});
  }
  return json;
}

Json UsagesJson(const UsageReport& report) {
  Json json = Json::array();
  for (std::size_t i = 0; i < report.usages.size(); ++i) {
    const ReportedUsage& usage = report.usages[i];
    Json item;
    item["number"] = i + 1;
    item["sentence"] = usage.number + 1;
    item["text"] = report.texts[usage.text];
    item["bytes"] = {usage.bytes.begin, usage.bytes.end};
    item["truncated"] = usage.is_cut;
    item["nearest"] = WordsJson(usage.nearest);
    item["map"] = {JsonNumber(usage.position[0]), JsonNumber(usage.position[1])};
    item["sense"] = report.senses.empty() ? Json(nullptr) : Json(usage.sense + 1);
    json.push_back(std::move(item));
  }
  return json;
}

Json LayersJson(const UsageReport& report) {
  const std::size_t count = report.usages.size();
  Json json = Json::array();
  for (std::size_t layer = 0; layer < report.cosines.size(); ++layer) {
    Json rows = Json::array();
    for (std::size_t i = 0; i < count; ++i) {
      Json row = Json::array();
      for (std::size_t j = 0; j < count; ++j) {
        row.push_back(JsonNumber(report.cosines[layer][i * count + j]));
      }
      rows.push_back(std::move(row));
    }
    json.push_back({{"layer", layer},
                    {"mean_cosine", JsonNumber(report.mean_cosines[layer])},
                    {"cosines", std::move(rows)}});
  }
  return json;
}

Json SensesJson(const UsageReport& report) {
  Json json = Json::array();
  for (const ReportedSense& sense : report.senses) {
    Json examples = Json::array();
    for (const std::size_t usage : sense.examples) examples.push_back(usage + 1);
    json.push_back({{"number", json.size() + 1},
                    {"usages", sense.usage_count},
                    {"nearest", WordsJson(sense.nearest)},
                    {"examples", std::move(examples)}});
  }
  return json;
}

}  // namespace

Json UsageJson(const UsageReport& report) {
  Json json;
  json["word"] = report.word;
  json["encoder"] = report.encoder;
  json["layer"] = report.layer;
  json["static"] = {{"file", report.static_store},
                    {"cosine", 1.0},
                    {"nearest", WordsJson(report.static_nearest)}};
  json["usages"] = UsagesJson(report);
  json["sentences"] = report.read_count;
  json["without"] = report.without_count;
  json["beyond"] = report.beyond_count;
  json["layers"] = LayersJson(report);
  json["map_shares"] = {JsonNumber(report.map_shares[0]), JsonNumber(report.map_shares[1])};
  json["senses"] = SensesJson(report);
  json["sense_layer"] = report.senses.empty() ? Json(nullptr) : Json(report.sense_layer);
  json["silhouette"] = report.silhouette ? JsonNumber(*report.silhouette) : Json(nullptr);
  return json;
}

}  // namespace wordkin::cli
