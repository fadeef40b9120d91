#include "common/formats/npy_writer.h"

namespace wordkin {
namespace {

constexpr std::size_t kNpyHeaderBytes = 128;  // a multiple of 64, with room for any two extents

}  // namespace

NpyWriter::NpyWriter(AtomicFile& file, std::size_t dimension) : file_(file), dimension_(dimension) {
  const std::string room(kNpyHeaderBytes, ' ');
  file_.Write(std::as_bytes(std::span(room)));
}

void NpyWriter::Add(std::span<const float> rows) {
  file_.Write(std::as_bytes(rows));
  value_count_ += rows.size();
}

void NpyWriter::Finish() {
  const std::string header = NpyHeader(value_count_ / dimension_, dimension_);
  file_.WriteAt(0, std::as_bytes(std::span(header)));
}

std::string NpyHeader(std::uint64_t row_count, std::size_t dimension) {
  constexpr std::size_t kPrefixBytes = 10;  // magic, version, length of what follows
  std::string header("\x93NUMPY\x01\x00", 8);
  header += static_cast<char>(kNpyHeaderBytes - kPrefixBytes);
  header += '\0';
  header += "{'descr': '<f4', 'fortran_order': False, 'shape': (" + std::to_string(row_count) +
            ", " + std::to_string(dimension) + "), }";
  header.resize(kNpyHeaderBytes - 1, ' ');
  header += '\n';
  return header;
}

}  // namespace wordkin
