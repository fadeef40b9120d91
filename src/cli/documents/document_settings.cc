#include "cli/documents/document_settings.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

#include "cli/json.h"
#include "common/math/vector_kernels.h"
#include "common/store/store_error.h"
#include "common/support/error.h"

namespace wordkin::cli {
namespace {

Json WordsJson(const query::WordMeanOptions& words) {
  Json json;
  json["weighting"] = query::WeightingName(words.weighting);
  if (words.weighting == query::WordWeighting::kSmoothInverseFrequency) {
    json["smoothing"] = words.smoothing;
  }
  json["tokenizer"] = TokenizerName(words.tokenizer);
  // With all their digits, so that they come back bit for bit.
  json["component"] = words.component;
  return json;
}

// Throws Json::exception for what is not there or of another type, and 'fault' for what can not be.
query::WordMeanOptions ParseWords(const Json& json, std::size_t dimension, const Error& fault) {
  query::WordMeanOptions words;
  const std::string weighting = json.at("weighting");
  if (weighting == query::WeightingName(query::WordWeighting::kSmoothInverseFrequency)) {
    words.weighting = query::WordWeighting::kSmoothInverseFrequency;
    words.smoothing = json.at("smoothing").get<double>();
    if (!(words.smoothing > 0) || !std::isfinite(words.smoothing)) throw fault;
  } else if (weighting != query::WeightingName(query::WordWeighting::kMean)) {
    throw fault;
  }
  const std::string tokenizer = json.at("tokenizer");
  for (const TokenizerKind kind : {TokenizerKind::kWords, TokenizerKind::kCharacters}) {
    if (tokenizer == TokenizerName(kind)) words.tokenizer = kind;
  }
  if (tokenizer != TokenizerName(words.tokenizer)) throw fault;
  words.component = json.at("component").get<std::vector<float>>();
  if (words.component.empty()) return words;
  const bool has_length_one =
      AllFinite(words.component) && std::fabs(Dot(words.component, words.component) - 1) < 1e-3f;
  if (words.component.size() != dimension || !has_length_one) throw fault;
  return words;
}

// Throws as above.
DocumentKind ParseKind(const Json& json, const Error& fault) {
  DocumentKind kind;
  const std::string name = json.at("documents");
  const auto form = std::ranges::find(kDocumentForms, name, FormName);
  if (form == std::end(kDocumentForms)) throw fault;
  kind.form = *form;
  if (kind.form == DocumentForm::kJsonLines) {
    kind.id_field = json.at("id_field");
    kind.text_field = json.at("text_field");
  }
  return kind;
}

DocumentSettings Parse(const Json& json, std::size_t dimension, const Error& fault) {
  DocumentSettings settings;
  settings.fingerprint = json.at("fingerprint");
  settings.kind = ParseKind(json, fault);
  settings.lines_read = UnsignedAt(json, "lines_read");
  if (json.contains("vectors")) {
    settings.vectors = json.at("vectors");
    settings.words = ParseWords(json, dimension, fault);
    if (settings.vectors.empty()) throw fault;
    return settings;
  }
  settings.encoder = json.at("encoder");
  settings.layer = json.at("layer");
  settings.pooling = json.at("pooling");
  settings.arithmetic = json.at("arithmetic");
  if (settings.encoder.empty()) throw fault;
  return settings;
}

}  // namespace

std::string WriteDocumentSettings(const DocumentSettings& settings) {
  Json json;
  if (settings.encoder.empty()) {
    json["vectors"] = settings.vectors;
  } else {
    json["encoder"] = settings.encoder;
  }
  json["fingerprint"] = settings.fingerprint;
  if (settings.encoder.empty()) {
    json.update(WordsJson(settings.words));
  } else {
    json["layer"] = settings.layer;
    json["pooling"] = settings.pooling;
    json["arithmetic"] = settings.arithmetic;
  }
  json["documents"] = FormName(settings.kind.form);
  if (settings.kind.form == DocumentForm::kJsonLines) {
    json["id_field"] = settings.kind.id_field;
    json["text_field"] = settings.kind.text_field;
  }
  json["lines_read"] = settings.lines_read;
  return JsonLine(json);
}

DocumentSettings ReadDocumentSettings(const EmbeddingStore& store) {
  const std::string text = store.ReadDocumentSettings();
  if (text.empty() || store.texts() == nullptr) {
    throw Error(ErrorKind::kUsage,
                "'" + store.path() + "' holds no texts: 'wordkin embed-text' makes files that do");
  }
  const Error fault =
      DamagedSection(store.path(), SectionKind::kDocumentSettings,
                     "does not say what documents are and how texts become vectors");
  try {
    return Parse(ParseStoredJson(text), store.dimension(), fault);
  } catch (const Json::exception&) {
    throw fault;
  }
}

}  // namespace wordkin::cli
