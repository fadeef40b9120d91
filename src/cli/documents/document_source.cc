#include "cli/documents/document_source.h"

#include <algorithm>
#include <filesystem>
#include <span>
#include <utility>

#include "cli/numbers.h"
#include "common/formats/parse_json.h"
#include "common/store/store_format.h"
#include "common/support/error.h"
#include "common/text/byte_source.h"
#include "common/text/printable.h"
#include "common/text/text_detection.h"
#include "common/text/utf8.h"

namespace wordkin::cli {
namespace {

// Of the texts that are handed out together.
constexpr std::size_t kBatchBytes = std::size_t{4} << 20;

std::string NameOf(const std::string& path) {
  return path == "-" ? "standard input" : "'" + path + "'";
}

std::uint64_t FileBytes(const std::string& path) {
  std::error_code failure;
  if (path == "-" || !std::filesystem::is_regular_file(path, failure)) return 0;
  const std::uintmax_t size = std::filesystem::file_size(path, failure);
  return failure ? 0 : size;
}

// 0 when the size of one is not known.
std::uint64_t AllBytes(const std::vector<std::string>& paths) {
  std::uint64_t total = 0;
  for (const std::string& path : paths) {
    std::error_code ignored;
    if (path == "-" || !std::filesystem::is_regular_file(path, ignored)) return 0;
    total += FileBytes(path);
  }
  return total;
}

// Throws kDamaged for what is no text or too long.
std::string ReadDocumentFile(const std::string& path) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  const std::unique_ptr<ByteSource> source = OpenByteSource(path);
  std::string text(kDetectionBytes, '\0');
  text.resize(source->Read(text));
  RefuseWhatIsNoText(text, path);
  std::size_t size = text.size();
  for (std::size_t count = kDetectionBytes; size <= kMaxDocumentBytes && count > 0; size += count) {
    text.resize(size + std::max(size, kDetectionBytes));
    count = source->Read(std::span(text).subspan(size));
  }
  text.resize(size);
  if (size > kMaxDocumentBytes) {
    throw Error(ErrorKind::kDamaged, "cannot read " + NameOf(path) + ": a document has " +
                                         std::to_string(kMaxDocumentBytes) + " bytes at most");
  }
  if (text.starts_with(kMark)) text.erase(0, kMark.size());
  return text;
}

}  // namespace

DocumentSource::DocumentSource(std::vector<std::string> paths, DocumentSourceOptions options,
                               FaultListener on_fault)
    : paths_(std::move(paths)),
      options_(std::move(options)),
      on_fault_(std::move(on_fault)),
      lines_read_(options_.lines_before),
      bytes_total_(AllBytes(paths_)) {}

std::vector<query::Document> DocumentSource::Next(std::size_t limit) {
  std::vector<query::Document> documents;
  std::size_t bytes = 0;
  while (documents.size() < limit && bytes < kBatchBytes) {
    std::optional<query::Document> document;
    if (lines_ == nullptr && next_path_ == paths_.size()) break;
    if (options_.kind.form == DocumentForm::kFiles) {
      document = ReadFile(paths_[next_path_++]);
    } else {
      if (lines_ == nullptr) {
        lines_ = std::make_unique<LineReader>(paths_[next_path_++], kMaxDocumentBytes);
      }
      const std::optional<std::string_view> line = NextLine();
      if (!line) {
        finished_bytes_ += lines_->file_bytes_read();
        lines_.reset();
        continue;
      }
      document = NextFromLine(*line);
    }
    if (!document) continue;
    bytes += document->text.size();
    documents.push_back(*std::move(document));
  }
  return documents;
}

std::uint64_t DocumentSource::bytes_read() const {
  return finished_bytes_ + (lines_ == nullptr ? 0 : lines_->file_bytes_read());
}

std::optional<std::string_view> DocumentSource::NextLine() {
  while (true) {
    const std::uint64_t number = lines_->number();
    try {
      return lines_->Next();
    } catch (const Error& error) {
      // A line that is too long has a number; a file that breaks off leaves nothing to go on with.
      if (!options_.skips_faults || lines_->number() == number) throw;
      if (options_.kind.form == DocumentForm::kLines) ++lines_read_;
      Fault(error.what());
    }
  }
}

std::optional<query::Document> DocumentSource::NextFromLine(std::string_view line) {
  if (options_.kind.form == DocumentForm::kJsonLines) return ParseLine(line);
  ++lines_read_;
  return Checked({std::to_string(lines_read_), std::string(line)});
}

std::optional<query::Document> DocumentSource::ReadFile(const std::string& path) {
  finished_bytes_ += FileBytes(path);
  try {
    return Checked({path, ReadDocumentFile(path)});
  } catch (const Error& error) {
    if (!options_.skips_faults || error.kind() != ErrorKind::kDamaged) throw;
    Fault(error.what());
    return std::nullopt;
  }
}

std::optional<query::Document> DocumentSource::ParseLine(std::string_view line) {
  if (TrimWhitespace(line).empty()) {
    ++empty_count_;
    return std::nullopt;
  }
  nlohmann::json object;
  try {
    object = ParseForeignJson(line, Place());
  } catch (const Error& error) {
    if (!options_.skips_faults || error.kind() != ErrorKind::kDamaged) throw;
    Fault(error.what());
    return std::nullopt;
  }
  const auto fault = [&](const std::string& problem) {
    Fault("cannot read " + Place() + ": " + problem);
    return std::nullopt;
  };
  if (!object.is_object()) return fault("it is no JSON object");
  const auto& [form, id_field, text_field] = options_.kind;
  for (const std::string& field : {id_field, text_field}) {
    if (!object.contains(field)) return fault("it has no field '" + Printable(field) + "'");
  }
  const nlohmann::json& id = object[id_field];
  const nlohmann::json& text = object[text_field];
  if (!id.is_string() && !id.is_number_integer()) {
    return fault("its field '" + Printable(id_field) +
                 "' is neither text nor a whole "
                 "number");
  }
  if (!text.is_string()) {
    return fault("its field '" + Printable(text_field) + "' is no text");
  }
  return Checked({id.is_string() ? id.get<std::string>() : id.dump(), text.get<std::string>()});
}

std::optional<query::Document> DocumentSource::Checked(query::Document document) {
  if (TrimWhitespace(document.text).empty()) {
    ++empty_count_;
    return std::nullopt;
  }
  if (!IsValidUtf8(document.text)) {
    document.text = RepairUtf8(document.text);
    ++repaired_count_;
  }
  if (!IsValidUtf8(document.id)) document.id = RepairUtf8(document.id);
  // Each byte that is replaced takes three.
  if (document.text.size() > kMaxDocumentBytes) {
    Fault("cannot read " + Place() + ": a document has " + std::to_string(kMaxDocumentBytes) +
          " bytes at most");
    return std::nullopt;
  }
  if (document.id.empty() || document.id.size() > kMaxWordBytes) {
    Fault("cannot read " + Place() + ": an id has 1 to " + std::to_string(kMaxWordBytes) +
          " bytes");
    return std::nullopt;
  }
  const bool is_stored = options_.earlier != nullptr && options_.earlier->Find(document.id);
  const bool may_repeat = options_.kind.form != DocumentForm::kLines;
  if (is_stored || (may_repeat && !ids_.insert(document.id).second)) {
    Fault("cannot read " + Place() + ": the id " + QuoteExcerpt(document.id) +
          (is_stored ? " is in '" + options_.earlier->path() + "' already" : " came before"));
    return std::nullopt;
  }
  return document;
}

void DocumentSource::Fault(const std::string& problem) {
  if (!options_.skips_faults) throw Error(ErrorKind::kDamaged, problem);
  ++fault_count_;
  on_fault_(problem);
}

std::string DocumentSource::Place() const {
  const std::string name = NameOf(paths_[next_path_ - 1]);
  return lines_ == nullptr ? name : name + ", line " + std::to_string(lines_->number());
}

}  // namespace wordkin::cli
