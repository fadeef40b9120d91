// A config.json beside the tiny weights of the goldens is refused with kDamaged, or makes an
// encoder that encodes.

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "common/support/error.h"
#include "contextual/architectures/load_encoder.h"
#include "tests/unit/common/support/temporary_folder.h"

namespace {

namespace fs = std::filesystem;
using namespace wordkin::contextual;

void Encode(const Encoder& encoder) {
  const std::int32_t ids[] = {0, 1, 2};
  const std::size_t lengths[] = {3};
  EncoderScratch scratch;
  if (encoder.token_limit() < 3) return;
  encoder.Encode({ids, lengths}, encoder.layer_count(), scratch, [](std::size_t, const float*) {});
}

void Try(const std::string& model, std::string_view config) {
  static const wordkin::TemporaryFolder folder;
  const fs::path weights = folder.PathOf("model.safetensors");
  fs::remove(weights);
  fs::create_symlink(fs::path(WORDKIN_GOLDEN_FOLDER) / "encoders" / model / "model.safetensors",
                     weights);
  wordkin::WriteText(folder.PathOf("config.json"), std::string(config));
  try {
    Encode(LoadEncoder(folder.path(), EncoderPrecision::kFloat32));
  } catch (const wordkin::Error& error) {
    if (error.kind() != wordkin::ErrorKind::kDamaged) std::abort();
    if (std::strlen(error.what()) > 2000) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view config(reinterpret_cast<const char*>(data), size);
  bool is_known = false;
  for (const char* model : {"albert", "distilbert", "roberta", "gpt2", "t5", "bert"}) {
    // "bert" is part of others' names; its weights are for all that name no model, too.
    if (config.find(model) == std::string_view::npos && (is_known || model[0] != 'b')) continue;
    if (!is_known) Try(model, config);
    is_known = true;
  }
  return 0;
}
