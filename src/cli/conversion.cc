#include "cli/conversion.h"

#include <filesystem>
#include <utility>
#include <vector>

#include "cli/answers/search_choice.h"
#include "cli/answers/temporary_store.h"
#include "cli/date.h"
#include "cli/format_settings.h"
#include "cli/json.h"
#include "cli/machine.h"
#include "cli/numbers.h"
#include "cli/stored_provenance.h"
#include "common/formats/buffered_output.h"
#include "common/formats/vector_format.h"
#include "common/store/embedding_store.h"
#include "common/store/read_table.h"
#include "common/store/store_writer.h"
#include "common/support/atomic_file.h"
#include "common/support/error.h"
#include "common/text/compression.h"
#include "common/text/printable.h"

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

constexpr std::string_view kSafetensorsFormat = "safetensors";

// One whose first bytes are damaged is to be called damaged, not foreign.
bool IsNamedStore(std::string_view path) { return path.ends_with(".kin"); }

// Settles from_format and input_file.
void SettleInput(const std::string& from, ConversionPlan& plan) {
  plan.from_format = kKinFormat;
  if (from == kKinFormat) return;
  if (from != "auto") plan.from_format = FormatNamed(from).name;
  if (from == "auto" && IsNamedStore(plan.input)) return;
  VectorFile file(plan.input);
  if (from == "auto") {
    if (IsUncompressedStore(file)) return;
    plan.from_format = ForeignFormat(file);
  }
  plan.input_file = std::move(file);
}

void RefuseIdleReading(const ConversionPlan& plan) {
  const auto refuse = [&](std::string_view option, const std::string& wanted) {
    throw Error(ErrorKind::kUsage, "--" + std::string(option) + " is for " + wanted + "; '" +
                                       plan.input + "' is " + plan.from_format);
  };
  const bool is_foreign = plan.from_format != kKinFormat;
  if (plan.reading.on_fault == FaultPolicy::kSkip && !is_foreign) {
    refuse("on-error skip", "files of other tools");
  }
  if (!plan.reading.tensor_name.empty() && plan.from_format != kSafetensorsFormat) {
    refuse("tensor", "safetensors");
  }
  const bool wants_words = is_foreign && FormatNamed(plan.from_format).find_words != nullptr;
  if (!plan.reading.words_path.empty() && !wants_words) {
    refuse("words", "vectors without words: npy, safetensors, projector-tsv");
  }
}

// Settles the lists of words, and refuses to write over what is read.
void SettleWords(ConversionPlan& plan) {
  std::vector<std::string> inputs = {plan.input}, outputs = {plan.output};
  if (plan.from_format != kKinFormat) {
    plan.reading.words_path = WordListOf(plan.input, &FormatNamed(plan.from_format), plan.reading);
    if (!plan.reading.words_path.empty()) inputs.push_back(plan.reading.words_path);
  }
  if (plan.to_format != kKinFormat) {
    const VectorFormat& format = FormatNamed(plan.to_format);
    if (format.words_beside != nullptr) {
      plan.output_words = format.words_beside(plan.output);
      outputs.push_back(plan.output_words);
    }
  }
  for (const std::string& input : inputs) {
    for (const std::string& output : outputs) {
      RefuseSameFile(input, output, "whose content would be lost");
    }
  }
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
  if (WithoutCompression(output).ends_with(".kin")) {
    throw Error(
        ErrorKind::kUsage,
        "a .kin file is compressed by itself; write one without the ending of '" + output + "'");
  }
  if (const VectorFormat* format = VectorFormatForPath(output)) return std::string(format->name);
  throw Error(ErrorKind::kUsage, "no format is known by the extension of '" + output +
                                     "'; name it with --to: " + KnownFormats());
}

std::string ProvenanceOfImport(const ConversionPlan& plan, const EmbeddingTable& table,
                               const SkippedRows& skipped) {
  Json json;
  json["program"] = "wordkin";
  json["version"] = WORDKIN_VERSION;
  json["command"] = "convert";
  json["source"] = {{"file", plan.input},
                    {"format", plan.from_format},
                    {"bytes", std::filesystem::file_size(plan.input)}};
  if (skipped.total() > 0) json["source"]["rows_left_out"] = skipped.total();
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

ConversionResult ConvertStore(const ConversionPlan& plan, Precision precision,
                              const std::atomic<bool>& stop) {
  VerifyStore(plan.input);
  const EmbeddingStore store(plan.input);
  ConversionResult result = {.word_count = store.size(),
                             .dimension = store.dimension(),
                             .graph_left_out = HasGraph(store),
                             .texts_left_out = store.texts() != nullptr};
  if (plan.to_format != kKinFormat) {
    BufferedOutput output(plan.output, &stop);
    FormatNamed(plan.to_format).write(output, store, StoredSettings(store));
    result.graph_left_out = false;
  } else {
    AtomicFile file(plan.output, &stop);
    const EmbeddingTable table = ReadTable(store);
    // Nothing resumes from rounded rows to the end that the run would have had.
    const std::string state =
        precision == Precision::kFloat32 ? store.ReadTrainingState() : std::string();
    WriteStore(file, table, {precision, ProvenanceOfCopy(store), state});
  }
  return result;
}

// A limit of the .kin file, which an input in another format need not keep.
void CheckWords(const Vocabulary& vocabulary, const std::string& input) {
  for (WordId id = 0; id < vocabulary.size(); ++id) {
    const std::string_view word = vocabulary.Word(id);
    if (word.size() <= kMaxWordBytes) continue;
    throw Error(ErrorKind::kDamaged,
                "cannot convert '" + input + "': its word " + WithThousands(id + 1) + ", " +
                    QuoteExcerpt(word) + ", has " + WithThousands(word.size()) +
                    " bytes, and a .kin file takes words of up to " + WithThousands(kMaxWordBytes));
  }
}

ConversionResult ImportToStore(const ConversionPlan& plan, Precision precision,
                               const std::atomic<bool>& stop) {
  AtomicFile file(plan.output, &stop);
  SkippedRows skipped;
  EmbeddingTable table =
      FormatNamed(plan.from_format).read(*plan.input_file, plan.reading, skipped);
  CheckWords(table.vocabulary, plan.input);
  // They serve to go back and to train on, for which only float32 is good, and triple the file.
  if (precision != Precision::kFloat32) {
    table.word_rows = {};
    table.output_rows = {};
  }
  WriteStore(file, table, {precision, ProvenanceOfImport(plan, table, skipped)});
  return {.word_count = table.vocabulary.size(),
          .dimension = table.rows.dimension(),
          .skipped = skipped};
}

ConversionResult ImportToForeign(const ConversionPlan& plan, const std::atomic<bool>& stop) {
  BufferedOutput output(plan.output, &stop);
  SkippedRows skipped;
  const EmbeddingTable table =
      FormatNamed(plan.from_format).read(*plan.input_file, plan.reading, skipped);
  CheckWords(table.vocabulary, plan.input);
  const EmbeddingStore store =
      TemporaryStore(table, {.precision = Precision::kFloat32}, plan.output, plan.input, &stop);
  FormatNamed(plan.to_format).write(output, store, table.settings);
  return {.word_count = table.vocabulary.size(),
          .dimension = table.rows.dimension(),
          .skipped = skipped};
}

}  // namespace

std::string_view ForeignFormat(const VectorFile& file) {
  if (BeginsAsStore(file.text())) {
    throw Error(ErrorKind::kDamaged, "cannot read '" + file.path() +
                                         "': it is a .kin file that was compressed; unpack it");
  }
  return RecognizeVectorFormat(file).name;
}

bool BeginsAsStore(std::string_view text) {
  return text.starts_with(
      std::string_view(reinterpret_cast<const char*>(kStoreMagic.data()), kStoreMagic.size()));
}

bool IsUncompressedStore(const VectorFile& file) {
  return !file.is_unpacked() && BeginsAsStore(file.text());
}

std::string WordListOf(const std::string& path, const VectorFormat* format,
                       const ReadOptions& reading) {
  const bool has_list = format != nullptr && format->find_words != nullptr;
  return has_list ? format->find_words(path, reading) : std::string();
}

ConversionPlan PlanConversion(const std::string& input, const std::string& from,
                              const std::string& output, const std::string& to,
                              const ReadOptions& reading) {
  ConversionPlan plan = {.input = input, .from_format = {}, .output = output, .to_format = {}};
  plan.reading = reading;
  // The output's first: it costs no look at the input.
  plan.to_format = OutputFormat(output, to);
  if (plan.to_format == kKinFormat) CheckSourceDate();
  SettleInput(from, plan);
  const std::string_view extension = WithoutCompression(output);
  if (to == "auto" && extension.ends_with(".bin") && IsFastTextModel(input, plan.from_format)) {
    plan.to_format = kFastTextBinary;
  }
  RefuseIdleReading(plan);
  SettleWords(plan);
  return plan;
}

ConversionResult Convert(const ConversionPlan& plan, Precision precision,
                         const std::atomic<bool>& stop) {
  if (plan.from_format == kKinFormat) return ConvertStore(plan, precision, stop);
  return plan.to_format == kKinFormat ? ImportToStore(plan, precision, stop)
                                      : ImportToForeign(plan, stop);
}

}  // namespace wordkin::cli
