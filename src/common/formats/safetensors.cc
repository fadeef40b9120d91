#include "common/formats/safetensors.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "common/store/little_endian.h"
#include "common/support/error.h"
#include "common/text/printable.h"

namespace wordkin {
namespace {

Error DamagedFile(const std::string& path, const std::string& reason) {
  return {ErrorKind::kDamaged, "cannot read '" + path + "': " + reason};
}

constexpr std::size_t kLengthSize = 8;  // of the header's length

// The header's text, whose length is checked.
std::string_view HeaderOf(std::span<const std::byte> bytes, const std::string& path) {
  if (bytes.size() < kLengthSize) {
    throw DamagedFile(path, "it is shorter than a safetensors header (" +
                                std::to_string(bytes.size()) + " bytes)");
  }
  const auto length = Load<std::uint64_t>(bytes, 0);
  if (length > SafetensorsFile::kLargestHeader) {
    throw DamagedFile(path, "its header says to be " + std::to_string(length) +
                                " bytes long, more than safetensors allows: this is "
                                "another kind of file, or damaged");
  }
  if (length > bytes.size() - kLengthSize) {
    throw DamagedFile(path, "it ends within its header (" + std::to_string(bytes.size()) +
                                " bytes, header of " + std::to_string(length) + ")");
  }
  return {reinterpret_cast<const char*>(bytes.data()) + kLengthSize,
          static_cast<std::size_t>(length)};
}

// No byte belongs to two tensors or to none.
void RequireContiguous(const std::string& path, const NamedTensors& tensors,
                       std::span<const std::byte> data) {
  std::vector<const NamedTensors::value_type*> order;
  order.reserve(tensors.size());
  for (const auto& each : tensors) order.push_back(&each);
  std::ranges::sort(order, {}, [](const auto* each) {
    return std::pair(each->second.bytes.data(), each->second.bytes.size());
  });
  const std::byte* end = data.data();
  for (const auto* each : order) {
    const auto& [name, tensor] = *each;
    if (tensor.bytes.data() != end) {
      throw DamagedFile(path, "its tensor '" + Excerpt(name) + "' " +
                                  (tensor.bytes.data() < end
                                       ? "overlaps another tensor"
                                       : "leaves bytes before it that belong to no tensor"));
    }
    end += tensor.bytes.size();
  }
  if (end != data.data() + data.size()) {
    throw DamagedFile(path, "bytes at its end belong to no tensor");
  }
}

}  // namespace

NamedTensors ParseSafetensors(std::span<const std::byte> bytes, const std::string& path) {
  const std::string_view header = HeaderOf(bytes, path);
  const std::span<const std::byte> data = bytes.subspan(kLengthSize + header.size());
  NamedTensors tensors = ParseSafetensorsHeader(header, data, path);
  RequireContiguous(path, tensors, data);
  return tensors;
}

SafetensorsFile::SafetensorsFile(const std::string& path)
    : file_(path), tensors_(ParseSafetensors(file_.bytes(), path)) {}

const Tensor* SafetensorsFile::Find(std::string_view name) const {
  const auto found = tensors_.find(name);
  return found == tensors_.end() ? nullptr : &found->second;
}

}  // namespace wordkin
