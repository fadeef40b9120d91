#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>

#include "cli/answers/open_vectors.h"
#include "cli/answers/search_choice.h"
#include "cli/arguments.h"
#include "cli/commands/all_commands.h"
#include "cli/common_options.h"
#include "cli/console.h"
#include "cli/exit_codes.h"
#include "cli/json.h"
#include "cli/numbers.h"
#include "cli/stored_provenance.h"
#include "common/store/embedding_store.h"
#include "common/store/store_shape.h"
#include "common/text/printable.h"

namespace wordkin::cli {
namespace info_command {
namespace {

std::string_view CodecName(Codec codec) { return codec == Codec::kZstd ? "zstd" : "raw"; }

std::string_view HashName(SubwordHash hash) {
  return hash == SubwordHash::kFloret ? "floret" : "fasttext";
}

// What the subwords take in the file.
std::uint64_t SubwordBytes(const EmbeddingStore& store) {
  std::uint64_t bytes = 0;
  for (const SectionEntry& section : store.sections()) {
    if (IsSubwordSection(section.kind)) bytes += section.stored_length;
  }
  return bytes;
}

Json SubwordsJson(const EmbeddingStore& store) {
  if (store.subwords() == nullptr) return nullptr;
  const SubwordOptions& options = store.subwords()->options();
  Json json;
  json["hash"] = HashName(options.hash);
  json["minimum_length"] = options.minimum_length;
  json["maximum_length"] = options.maximum_length;
  json["buckets"] = options.bucket_count;
  json["hashes"] = options.hash_count;
  json["rows"] = store.subwords()->row_count();
  return json;
}

std::string SubwordsReadable(const EmbeddingStore& store) {
  const SubwordOptions& options = store.subwords()->options();
  std::string text = "  n-grams of " + std::to_string(options.minimum_length);
  text += " to " + std::to_string(options.maximum_length) + " characters, ";
  text += options.hash == SubwordHash::kFloret
              ? "hashed as floret " + Counted(options.hash_count, "time", "times")
              : "hashed as fastText";
  text += "\n  " + Counted(store.subwords()->row_count(), "row", "rows") + " of " +
          Counted(options.bucket_count, "bucket", "buckets");
  return text;
}

Json DocumentSettingsJson(const EmbeddingStore& store) {
  if (store.texts() == nullptr) return nullptr;
  // What another program wrote there may be anything.
  const Json settings = ParseStoredJson(store.ReadDocumentSettings());
  return settings.is_object() ? settings : Json::object();
}

std::string InfoJson(const EmbeddingStore& store) {
  Json json;
  json["file"] = store.path();
  json["bytes"] = store.file_size();
  json["version"] = kStoreVersion;
  json["precision"] = PrecisionName(store.precision());
  json["words"] = store.size();
  json["dimension"] = store.dimension();
  json["graph"] = HasGraph(store);
  json["nibbles"] = store.nibble_plane() != nullptr;
  json["documents"] = DocumentSettingsJson(store);
  json["subwords"] = SubwordsJson(store);
  if (store.subwords() != nullptr) json["subwords"]["bytes"] = SubwordBytes(store);
  Json sections = Json::array();
  for (const SectionEntry& section : store.sections()) {
    Json item;
    item["name"] = SectionName(section.kind);
    item["codec"] = CodecName(section.codec);
    item["stored"] = section.stored_length;
    item["raw"] = section.raw_length;
    sections.push_back(std::move(item));
  }
  json["sections"] = std::move(sections);
  json["provenance"] = ReadProvenance(store);
  return JsonLine(json);
}

std::string PadRight(std::string text, std::size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

std::string PadLeft(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, text.size()), ' ') + text;
}

// Strings without their quotes; all else as JSON writes it.
std::string Plain(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string InfoReadable(const EmbeddingStore& store, const Console& console) {
  std::string text = console.Bold(Printable(store.path())) + "\n";
  text += "  " + (store.texts() == nullptr ? Counted(store.size(), "word", "words")
                                           : Counted(store.size(), "document with its text",
                                                     "documents with their texts"));
  text += " x " + std::to_string(store.dimension());
  text += ", " + std::string(PrecisionName(store.precision())) + ", " +
          HumanBytes(store.file_size()) + ", format " + std::to_string(kStoreVersion) +
          (HasGraph(store) ? ", with a graph" : ", no graph") +
          (store.nibble_plane() == nullptr ? "\n" : ", with 4-bit rows\n");
  if (store.subwords() != nullptr) {
    text += console.Bold("subwords") + "\n" + SubwordsReadable(store) + ", " +
            HumanBytes(SubwordBytes(store)) + " of the file\n";
  }
  text += console.Bold("sections") + "\n";
  for (const SectionEntry& section : store.sections()) {
    text += "  " + PadRight(std::string(SectionName(section.kind)), 18) +
            PadLeft(HumanBytes(section.stored_length), 12);
    if (section.codec == Codec::kZstd) {
      text += "  (" + HumanBytes(section.raw_length) + " unpacked)";
    }
    text += "\n";
  }
  const Json provenance = ReadProvenance(store);
  if (provenance.empty()) return text;
  text += console.Bold("provenance") + "\n";
  for (const auto& [key, value] : provenance.items()) {
    text += "  " + PadRight(Printable(key), 18) + Printable(Plain(value)) + "\n";
  }
  return text;
}

// What a file of another tool holds; how it would lie in a .kin file is no part of it.
std::string ForeignInfoJson(const EmbeddingStore& store, const VectorFormat& format) {
  Json json;
  json["file"] = store.path();
  json["bytes"] = std::filesystem::file_size(store.path());
  json["format"] = format.name;
  json["words"] = store.size();
  json["dimension"] = store.dimension();
  json["subwords"] = SubwordsJson(store);
  return JsonLine(json);
}

std::string ForeignInfoReadable(const EmbeddingStore& store, const VectorFormat& format,
                                const Console& console) {
  std::string text = console.Bold(Printable(store.path())) + "\n";
  text += "  " + Counted(store.size(), "word", "words") + " x " +
          std::to_string(store.dimension()) + ", " +
          HumanBytes(std::filesystem::file_size(store.path())) + ", " + std::string(format.name) +
          "\n";
  if (store.subwords() == nullptr) return text;
  return text + console.Bold("subwords") + "\n" + SubwordsReadable(store) + "\n";
}

int Run(const Arguments& arguments, Console& console) {
  const OpenedVectors vectors = OpenVectors(arguments.positionals().front(), nullptr);
  const EmbeddingStore& store = vectors.store;
  if (vectors.format != nullptr) {
    console.Write(arguments.Has("json") ? ForeignInfoJson(store, *vectors.format)
                                        : ForeignInfoReadable(store, *vectors.format, console));
    return kDone;
  }
  console.Write(arguments.Has("json") ? InfoJson(store) : InfoReadable(store, console));
  return kDone;
}

constexpr Positional kPositionals[] = {{"FILE", "a .kin file, or vectors of another tool"}};
constexpr Example kExamples[] = {
    {"info v.kin", "what is in the file, and how it was made"},
    {"info v.kin --json", "the same for a program"},
    {"info GoogleNews.bin.gz", "the words, dimension and format of another tool's file"},
};
constexpr Option kOptions[] = {kJsonOption};

}  // namespace
}  // namespace info_command

const Command kInfoCommand = {
    .name = "info",
    .summary = "show what a .kin file holds and how it was made",
    .description =
        "Sizes, precision, subwords, sections, and the provenance that training recorded.",
    .positionals = info_command::kPositionals,
    .minimum_positionals = 1,
    .maximum_positionals = 1,
    .examples = info_command::kExamples,
    .options = info_command::kOptions,
    .run = info_command::Run,
};

}  // namespace wordkin::cli
