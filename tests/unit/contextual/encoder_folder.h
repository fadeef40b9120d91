#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "common/formats/safetensors.h"
#include "common/support/error.h"
#include "tests/unit/common/formats/safetensors_bytes.h"
#include "tests/unit/common/support/temporary_folder.h"

namespace wordkin::contextual {

// A copy of one of the tiny models of tests/golden/encoders, to be broken.
class EncoderFolder {
 public:
  explicit EncoderFolder(const std::string& name) {
    std::filesystem::copy(std::filesystem::path(WORDKIN_GOLDEN_FOLDER) / "encoders" / name, path(),
                          std::filesystem::copy_options::recursive);
  }

  std::string path() const { return folder_.PathOf("model"); }
  std::string PathOf(const std::string& name) const { return path() + "/" + name; }
  void Write(const std::string& name, const std::string& text) const {
    WriteText(PathOf(name), text);
  }
  void Remove(const std::string& name) const { std::filesystem::remove(PathOf(name)); }

  // A value of config.json; null takes the key out.
  void Configure(const std::string& key, const nlohmann::json& value) const {
    nlohmann::json config = nlohmann::json::parse(ReadText(PathOf("config.json")));
    config[key] = value;
    if (value.is_null()) config.erase(key);
    Write("config.json", config.dump());
  }

  // Writes model.safetensors anew with each tensor as 'edit' leaves it, without those that it makes
  // nameless.
  void EditTensors(const std::function<void(PlainTensor& tensor)>& edit) const {
    std::vector<PlainTensor> tensors;
    {
      const SafetensorsFile file(PathOf("model.safetensors"));
      for (const auto& [name, tensor] : file.tensors()) {
        const auto* const bytes = reinterpret_cast<const char*>(tensor.bytes.data());
        tensors.push_back({name,
                           std::string(TensorTypeName(tensor.type)),
                           tensor.shape,
                           {bytes, tensor.bytes.size()}});
        edit(tensors.back());
      }
    }
    std::erase_if(tensors, [](const PlainTensor& tensor) { return tensor.name.empty(); });
    Write("model.safetensors", SafetensorsBytes(tensors));
  }
  void EditTensor(const std::string& name,
                  const std::function<void(PlainTensor& tensor)>& edit) const {
    bool is_found = false;
    EditTensors([&](PlainTensor& tensor) {
      if (tensor.name != name) return;
      is_found = true;
      edit(tensor);
    });
    EXPECT_TRUE(is_found) << name;
  }

 private:
  TemporaryFolder folder_;
};

// The message of the Error that 'action' throws, which must be of 'kind'; "" when it throws none.
inline std::string RefusalOf(ErrorKind kind, const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    return error.what();
  }
  return "";
}

}  // namespace wordkin::contextual
