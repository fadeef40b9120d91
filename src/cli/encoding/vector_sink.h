#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "cli/json.h"
#include "contextual/encoding/pooling.h"
#include "contextual/encoding/text_encoder.h"

namespace wordkin::cli {

class Console;

// A text and what became of it.
struct EncodedText {
  std::string_view text;
  const contextual::TextEncoder::Pieces* pieces;
  std::span<const float> vectors;  // (rows x dimension); empty: none, as the text has no pieces
};

// Where encoded texts go, in their order.
class VectorSink {
 public:
  virtual ~VectorSink() = default;
  // Returns what became of a text that could not be taken as it is, to stand behind its name: "is
  // left out: ..."; else "".
  virtual std::string Add(const EncodedText& encoded) = 0;
  // Makes a file visible; returns what the closing line says of it.
  virtual std::string Finish() = 0;
};

// Numbers between spaces, a line a text; with Pooling::kNone a line a piece, which comes first, and
// an empty line behind each text.
std::unique_ptr<VectorSink> TextLinesSink(Console& console, std::size_t dimension,
                                          contextual::Pooling pooling);
// {"text":t,"tokens":n,"truncated":bool,"vector":[...]}, or "vectors" with Pooling::kNone; null for
// a text without pieces.
std::unique_ptr<VectorSink> JsonLinesSink(Console& console, std::size_t dimension,
                                          contextual::Pooling pooling);
// All rows of all texts; of a text without pieces one of zeros, so that row and line keep step, or,
// with Pooling::kNone, none.
std::unique_ptr<VectorSink> NpySink(const std::string& path, std::size_t dimension,
                                    contextual::Pooling pooling);
// A store whose words are the texts, each once, without those that cannot be words. 'provenance' is
// its metadata.
std::unique_ptr<VectorSink> StoreSink(const std::string& path, std::size_t dimension,
                                      Json provenance);

// "0.125": the shortest that reads back as the same float.
void AppendFloat(float value, std::string& text);

}  // namespace wordkin::cli
