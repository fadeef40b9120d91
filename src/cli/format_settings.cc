#include "cli/format_settings.h"

#include <cmath>
#include <cstdint>
#include <string>

#include "cli/stored_provenance.h"
#include "common/formats/fasttext_layout.h"

namespace wordkin::cli {
namespace {

// The member of an object, or null for anything else.
Json Member(const Json& json, const std::string& key) {
  return json.is_object() && json.contains(key) ? json[key] : Json();
}

void AddNumbers(const Json& json, FormatSettings& settings) {
  if (!json.is_object()) return;
  for (const auto& [key, value] : json.items()) {
    if (value.is_number()) settings[key] = value.get<double>();
  }
}

// Training's names for what fastText numbers.
void AddChoices(const Json& provenance, FormatSettings& settings) {
  if (Member(provenance, "model") == "cbow") {
    settings["model"] = static_cast<double>(FastTextModel::kCbow);
  }
  if (Member(provenance, "loss") == "hierarchical-softmax") {
    settings["loss"] = static_cast<double>(FastTextLoss::kHierarchicalSoftmax);
  }
}

}  // namespace

Json SettingsJson(const FormatSettings& settings) {
  Json json = Json::object();
  for (const auto& [name, value] : settings) {
    if (value == std::floor(value) && std::fabs(value) <= 0x1p53) {
      json[name] = static_cast<std::int64_t>(value);
    } else {
      json[name] = value;
    }
  }
  return json;
}

FormatSettings StoredSettings(const EmbeddingStore& store) {
  const Json provenance = ReadProvenance(store);
  FormatSettings settings;
  const Json source = Member(Member(provenance, "source"), "settings");
  if (source.is_object()) {
    AddNumbers(source, settings);
    return settings;
  }
  AddNumbers(provenance, settings);
  AddChoices(provenance, settings);
  const Json words = Member(Member(provenance, "corpus"), "words");
  if (words.is_number()) settings["tokens"] = words.get<double>();
  return settings;
}

bool WordsArePredictions(const EmbeddingStore& store) {
  const FormatSettings settings = StoredSettings(store);
  const auto loss = settings.find("loss");
  return loss == settings.end() ||
         loss->second != static_cast<double>(FastTextLoss::kHierarchicalSoftmax);
}

bool WasConvertedFrom(const EmbeddingStore& store, std::string_view format) {
  return Member(Member(ReadProvenance(store), "source"), "format") == std::string(format);
}

}  // namespace wordkin::cli
