#pragma once

#include <atomic>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "common/formats/read_options.h"
#include "common/formats/vector_file.h"
#include "common/formats/vector_format.h"
#include "common/store/store_format.h"

namespace wordkin::cli {

inline constexpr std::string_view kKinFormat = "kin";

struct ConversionPlan {
  std::string input;
  std::string from_format;  // "kin" or the name of a VectorFormat
  std::string output;
  std::string to_format;
  ReadOptions reading = {};                   // of a foreign input, its list of words settled
  std::optional<VectorFile> input_file = {};  // opened, when the input is foreign
  std::string output_words = {};              // the list of words beside the output, if any
};

struct ConversionResult {
  std::size_t word_count = 0;
  std::size_t dimension = 0;
  bool graph_left_out = false;
  bool texts_left_out = false;
  SkippedRows skipped = {};
};

// The format of a foreign file by its content. Throws as RecognizeVectorFormat does, and kDamaged
// for a .kin file that is compressed.
std::string_view ForeignFormat(const VectorFile& file);
// Whether it is a .kin file, by its first bytes.
bool IsUncompressedStore(const VectorFile& file);
// Whether the text of a file is that of a .kin file.
bool BeginsAsStore(std::string_view text);

// The list of words that vectors at 'path' are read with, which 'reading' names or which lies
// beside; empty for formats that hold the words themselves, as a .kin file (nullptr) does. Throws
// kInputOutput when there is none.
std::string WordListOf(const std::string& path, const VectorFormat* format,
                       const ReadOptions& reading = {});

// Settles the formats: for "auto" the input's by content, the output's by extension. Throws
// kInputOutput or kDamaged for an input that cannot be read or is of no format known, kUsage for a
// format or extension that is not known, for options of 'reading' that the input's format has no
// use for, for files that are read and would be written, and for a malformed SOURCE_DATE_EPOCH.
ConversionPlan PlanConversion(const std::string& input, const std::string& from,
                              const std::string& output, const std::string& to,
                              const ReadOptions& reading = {});

// Writes the output, whole or not at all; 'precision' is for a .kin output. A .kin input is
// verified first. Throws kInterrupted, and leaves the output as it was, once 'stop' is true.
ConversionResult Convert(const ConversionPlan& plan, Precision precision,
                         const std::atomic<bool>& stop);

}  // namespace wordkin::cli
