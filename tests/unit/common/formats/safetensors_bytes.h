#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wordkin {

// A safetensors file as others write it, or as none should.
inline std::string SafetensorsBytes(std::uint64_t header_length, std::string_view header,
                                    std::string_view data) {
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>(header_length >> (8 * i) & 0xff);
  return bytes.append(header).append(data);
}

inline std::string SafetensorsBytes(std::string_view header, std::string_view data) {
  return SafetensorsBytes(header.size(), header, data);
}

struct PlainTensor {
  std::string name;
  std::string type;
  std::vector<std::uint64_t> shape;
  std::string bytes;
};

// The tensors behind one another, in their order.
inline std::string SafetensorsBytes(const std::vector<PlainTensor>& tensors) {
  std::string header = "{", data;
  for (const PlainTensor& tensor : tensors) {
    std::string shape;
    for (const std::uint64_t extent : tensor.shape) {
      shape += (shape.empty() ? "" : ",") + std::to_string(extent);
    }
    header += (header.size() > 1 ? ",\"" : "\"") + tensor.name + R"(":{"dtype":")" + tensor.type +
              R"(","shape":[)" + shape + R"(],"data_offsets":[)" + std::to_string(data.size()) +
              "," + std::to_string(data.size() + tensor.bytes.size()) + "]}";
    data += tensor.bytes;
  }
  return SafetensorsBytes(header + "}", data);
}

}  // namespace wordkin
