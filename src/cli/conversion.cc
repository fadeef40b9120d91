#include "cli/conversion.h"

#include <cstring>
#include <filesystem>
#include <vector>

#include "cli/date.h"
#include "cli/format_settings.h"
#include "cli/json.h"
#include "cli/search_choice.h"
#include "cli/stored_provenance.h"
#include "cli/temporary_store.h"
#include "common/formats/vector_format.h"
#include "common/store/embedding_store.h"
#include "common/store/read_table.h"
#include "common/store/store_writer.h"
#include "common/support/atomic_file.h"
#include "common/support/error.h"
#include "common/support/mapped_file.h"

namespace wordkin::cli {
namespace {

std::string KnownFormats() {
  std::string names(kKinFormat);
  for (const VectorFormat& format : VectorFormats()) names += ", " + std::string(format.name);
  return names;
}

const VectorFormat& FormatNamed(const std::string& name) {
  if (const VectorFormat* format = FindVectorFormat(name)) return *format;
  throw Error(ErrorKind::kUsage, "there is no format '" + name + "'; known are " + KnownFormats());
}

bool IsStore(const std::string& path) {
  // One whose first bytes are damaged is to be called damaged, not foreign.
  if (path.ends_with(".kin")) return true;
  // Mapped, since that refuses a pipe instead of waiting for it.
  const MappedFile file(path);
  return file.bytes().size() >= kStoreMagic.size() &&
         std::memcmp(file.bytes().data(), kStoreMagic.data(), kStoreMagic.size()) == 0;
}

std::string InputFormat(const std::string& input, const std::string& from) {
  if (from == kKinFormat) return from;
  if (from != "auto") return std::string(FormatNamed(from).name);
  if (IsStore(input)) return std::string(kKinFormat);
  return std::string(RecognizeVectorFormat(input).name);
}

constexpr std::string_view kFastTextBinary = "fasttext-bin";

// Two formats end in .bin: fastText's for what came from there or has subwords, else word2vec's.
bool IsFastTextModel(const std::string& input, const std::string& from_format) {
  if (from_format != kKinFormat) return from_format == kFastTextBinary;
  const EmbeddingStore store(input);
  return store.subwords() != nullptr || WasConvertedFrom(store, kFastTextBinary);
}

std::string OutputFormat(const std::string& output, const std::string& to) {
  if (to == kKinFormat) return to;
  if (to != "auto") return std::string(FormatNamed(to).name);
  if (output.ends_with(".kin")) return std::string(kKinFormat);
  if (const VectorFormat* format = VectorFormatForPath(output)) return std::string(format->name);
  throw Error(ErrorKind::kUsage, "no format is known by the extension of '" + output +
                                     "'; name it with --to: " + KnownFormats());
}

std::string ProvenanceOfImport(const ConversionPlan& plan, const EmbeddingTable& table) {
  Json json;
  json["program"] = "wordkin";
  json["version"] = WORDKIN_VERSION;
  json["command"] = "convert";
  json["source"] = {{"file", plan.input},
                    {"format", plan.from_format},
                    {"bytes", std::filesystem::file_size(plan.input)}};
  if (!table.settings.empty()) json["source"]["settings"] = SettingsJson(table.settings);
  json["date"] = DateInUtc();
  return JsonLine(json);
}

std::string ProvenanceOfCopy(const EmbeddingStore& store) {
  Json json = ReadProvenance(store);
  json["converted"] = {{"version", WORDKIN_VERSION},
                       {"precision_before", PrecisionName(store.precision())},
                       {"date", DateInUtc()}};
  return JsonLine(json);
}

std::optional<ConversionResult> ConvertStore(const ConversionPlan& plan, Precision precision,
                                             const std::atomic<bool>& stop) {
  VerifyStore(plan.input);
  const EmbeddingStore store(plan.input);
  AtomicFile file(plan.output);
  ConversionResult result{store.size(), store.dimension(), HasGraph(store)};
  if (plan.to_format != kKinFormat) {
    if (stop) return std::nullopt;
    FormatNamed(plan.to_format).write(file, store, StoredSettings(store));
    result.graph_left_out = false;
  } else {
    const EmbeddingTable table = ReadTable(store);
    if (stop) return std::nullopt;
    // Nothing resumes from rounded rows to the end that the run would have had.
    const std::string state =
        precision == Precision::kFloat32 ? store.ReadTrainingState() : std::string();
    WriteStore(file, table, {precision, ProvenanceOfCopy(store), state});
  }
  return result;
}

}  // namespace

ConversionPlan PlanConversion(const std::string& input, const std::string& from,
                              const std::string& output, const std::string& to) {
  // The output's first: it costs no look at the input.
  std::string to_format = OutputFormat(output, to);
  if (to_format == kKinFormat) CheckSourceDate();
  const std::string from_format = InputFormat(input, from);
  if (to == "auto" && output.ends_with(".bin") && IsFastTextModel(input, from_format)) {
    to_format = kFastTextBinary;
  }
  return {input, from_format, output, to_format};
}

std::optional<ConversionResult> Convert(const ConversionPlan& plan, Precision precision,
                                        const std::atomic<bool>& stop) {
  if (plan.from_format == kKinFormat) return ConvertStore(plan, precision, stop);
  AtomicFile file(plan.output);
  EmbeddingTable table = FormatNamed(plan.from_format).read(plan.input);
  if (stop) return std::nullopt;
  if (plan.to_format == kKinFormat) {
    // They serve to go back and to train on, for which only float32 is good, and triple the file.
    if (precision != Precision::kFloat32) {
      table.word_rows = {};
      table.output_rows = {};
    }
    WriteStore(file, table, {precision, ProvenanceOfImport(plan, table)});
  } else {
    const EmbeddingStore store = TemporaryStore(table, Precision::kFloat32, plan.output);
    if (stop) return std::nullopt;
    FormatNamed(plan.to_format).write(file, store, table.settings);
  }
  return ConversionResult{table.vocabulary.size(), table.rows.dimension(), false};
}

}  // namespace wordkin::cli
