// Configurations and tensors that do not go together; what the architectures compute is held
// against the goldens (tests/golden/encoder_golden_test.cc).
#include "contextual/architectures/load_encoder.h"

#include <gmock/gmock.h>

#include <cstring>
#include <limits>
#include <tuple>

#include "tests/unit/contextual/encoder_folder.h"

namespace wordkin::contextual {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;

const char* const kEncoders[] = {"albert",  "bert",    "bert_pretraining",    "distilbert",
                                 "gpt2",    "roberta", "gpt2_language_model", "t5",
                                 "t5_gated"};

// What LoadEncoder says of the folder, "" when it takes it.
std::string Refusal(const EncoderFolder& folder,
                    EncoderPrecision precision = EncoderPrecision::kFloat32) {
  return RefusalOf(ErrorKind::kDamaged, [&] { LoadEncoder(folder.path(), precision); });
}

// The same with one value of config.json changed; the message must name the file.
std::string Refusal(const std::string& encoder, const std::string& key,
                    const nlohmann::json& value) {
  const EncoderFolder folder(encoder);
  folder.Configure(key, value);
  const std::string message = Refusal(folder);
  EXPECT_THAT(message, HasSubstr(folder.PathOf("config.json"))) << key << " = " << value;
  return message;
}

// What the last layer makes of some pieces.
std::vector<float> LastStates(const EncoderFolder& folder) {
  const Encoder encoder = LoadEncoder(folder.path(), EncoderPrecision::kFloat32);
  const std::int32_t ids[] = {2, 7, 5, 11};
  const std::size_t lengths[] = {4};
  std::vector<float> states;
  EncoderScratch scratch;
  encoder.Encode({ids, lengths}, encoder.layer_count(), scratch,
                 [&](std::size_t layer, const float* rows) {
                   if (layer == encoder.layer_count()) {
                     states.assign(rows, rows + 4 * encoder.dimension());
                   }
                 });
  return states;
}

TEST(LoadEncoder, TellsTheSizesOfAModel) {
  const Encoder encoder = LoadEncoder(EncoderFolder("bert").path(), EncoderPrecision::kFloat32);
  EXPECT_EQ(encoder.dimension(), 24u);
  EXPECT_EQ(encoder.layer_count(), 2u);
  EXPECT_EQ(encoder.token_limit(), 48u);
  EXPECT_EQ(encoder.vocabulary_size(), 116u);
}

TEST(LoadEncoder, LeavesRobertaThePositionsBehindThePadding) {
  EXPECT_EQ(LoadEncoder(EncoderFolder("roberta").path(), EncoderPrecision::kFloat32).token_limit(),
            48u);
}

// As transformers' own configuration does.
TEST(LoadEncoder, TakesBertForAModelOfTwoTokenTypes) {
  const EncoderFolder folder("bert");
  const std::vector<float> states = LastStates(folder);
  folder.Configure("type_vocab_size", nullptr);
  EXPECT_EQ(LastStates(folder), states);
}

TEST(LoadEncoder, BeginsRobertasPositionsBehindThatOfAnyPadding) {
  const EncoderFolder folder("roberta");
  const std::vector<float> states = LastStates(folder);
  folder.Configure("pad_token_id", nullptr);
  EXPECT_EQ(LastStates(folder), states) << "1 where nothing is said";
  folder.Configure("pad_token_id", 0);
  EXPECT_NE(LastStates(folder), states);
  // Without the first position all others move up by one.
  folder.EditTensor("embeddings.position_embeddings.weight", [](PlainTensor& tensor) {
    tensor.bytes.erase(0, tensor.bytes.size() / tensor.shape[0]);
    --tensor.shape[0];
  });
  folder.Configure("max_position_embeddings", 49);
  EXPECT_EQ(LastStates(folder), states);
  EXPECT_EQ(LoadEncoder(folder.path(), EncoderPrecision::kFloat32).token_limit(), 48u);
}

TEST(LoadEncoder, NamesTheModelsThatItKnows) {
  EXPECT_THAT(Refusal("bert", "model_type", "mamba"),
              EndsWith("it is a 'mamba' model; Wordkin runs albert, bert, distilbert, gpt2, "
                       "roberta, t5"));
  EXPECT_LT(Refusal("bert", "model_type", std::string(1'000'000, 'm')).size(), 1000u);
  EXPECT_THAT(Refusal("bert", "model_type", nullptr), EndsWith("it has no 'model_type'"));
}

TEST(LoadEncoder, RefusesFamiliesThatAreNotThoseOfTheTensors) {
  EXPECT_THAT(Refusal("bert", "model_type", "gpt2"), EndsWith("it has no 'n_embd'"));
  EXPECT_NE(Refusal("bert", "model_type", "albert"), "");
}

TEST(LoadEncoder, RefusesSizesThatDisagreeWithTheTensors) {
  const std::vector<std::tuple<const char*, const char*, int>> changes = {
      {"bert", "hidden_size", 48},
      {"bert", "intermediate_size", 41},
      {"bert", "vocab_size", 115},
      {"bert", "max_position_embeddings", 49},
      {"bert", "type_vocab_size", 3},
      {"bert", "num_hidden_layers", 3},
      {"bert", "hidden_size", 10'000'000},
      {"roberta", "max_position_embeddings", 51},
      {"distilbert", "dim", 12},
      {"distilbert", "hidden_dim", 7},
      {"distilbert", "n_layers", 1'000},
      {"albert", "embedding_size", 11},
      {"albert", "num_hidden_groups", 2},
      {"gpt2", "n_embd", 21},
      {"gpt2", "n_inner", 71},
      {"gpt2", "n_positions", 39},
      {"t5", "d_model", 21},
      {"t5", "d_kv", 7},
      {"t5", "num_heads", 4},
      {"t5", "d_ff", 35},
      {"t5", "num_layers", 3},
      {"t5", "relative_attention_num_buckets", 16}};
  for (const auto& [encoder, key, value] : changes) {
    EXPECT_THAT(Refusal(encoder, key, value), HasSubstr("tensor '")) << encoder << " " << key;
  }
}

TEST(LoadEncoder, RefusesHeadsThatDoNotShareTheWidthEqually) {
  EXPECT_THAT(Refusal("bert", "num_attention_heads", 5),
              EndsWith("its width of 24 cannot be cut into 5 heads"));
  EXPECT_THAT(Refusal("albert", "num_attention_heads", 7), HasSubstr("7 heads"));
  EXPECT_THAT(Refusal("distilbert", "n_heads", 25), HasSubstr("25 heads"));
  EXPECT_THAT(Refusal("gpt2", "n_head", 4), HasSubstr("4 heads"));
}

TEST(LoadEncoder, NamesTheActivationsThatItKnows) {
  EXPECT_THAT(Refusal("bert", "hidden_act", "silu"),
              EndsWith("its 'hidden_act' is 'silu'; Wordkin knows gelu, gelu_new, "
                       "gelu_pytorch_tanh and relu"));
  EXPECT_THAT(Refusal("distilbert", "activation", "swish"), HasSubstr("'swish'"));
  EXPECT_THAT(Refusal("gpt2", "activation_function", 3), HasSubstr("is no text"));
  EXPECT_THAT(Refusal("t5", "feed_forward_proj", "gated-silu"),
              EndsWith("Wordkin knows relu, gated-relu and gated-gelu"));
}

// As transformers' configuration classes do.
TEST(LoadEncoder, TakesTheActivationOfTheFamilyWhereNoneIsNamed) {
  const std::vector<std::tuple<const char*, const char*, const char*, const char*>> families = {
      {"albert", "hidden_act", "gelu_new", "gelu"},
      {"bert", "hidden_act", "gelu", "gelu_new"},
      {"roberta", "hidden_act", "gelu", "gelu_new"},
      {"distilbert", "activation", "gelu", "gelu_new"},
      {"gpt2", "activation_function", "gelu_new", "gelu"},
      {"t5", "feed_forward_proj", "relu", ""}};
  for (const auto& [encoder, key, usual, other] : families) {
    const EncoderFolder folder(encoder);
    folder.Configure(key, usual);
    const std::vector<float> states = LastStates(folder);
    folder.Configure(key, nullptr);
    EXPECT_EQ(LastStates(folder), states) << encoder;
    if (std::string(other).empty()) continue;
    folder.Configure(key, other);
    EXPECT_NE(LastStates(folder), states) << encoder;
  }
}

TEST(LoadEncoder, RefusesVariantsThatItWouldComputeWrongly) {
  EXPECT_THAT(Refusal("bert", "position_embedding_type", "relative_key"),
              HasSubstr("'relative_key'; Wordkin runs only 'absolute'"));
  EXPECT_THAT(Refusal("albert", "position_embedding_type", "rotary"), HasSubstr("'rotary'"));
  EXPECT_THAT(Refusal("bert", "is_decoder", true), EndsWith("it is a decoder"));
  EXPECT_THAT(Refusal("gpt2", "scale_attn_weights", false), HasSubstr("scales attention"));
  EXPECT_THAT(Refusal("gpt2", "scale_attn_by_inverse_layer_idx", true),
              HasSubstr("scales attention"));
  EXPECT_THAT(Refusal("albert", "inner_group_num", 2), HasSubstr("'inner_group_num'"));
  EXPECT_THAT(Refusal("albert", "num_hidden_groups", 4), HasSubstr("more groups than layers"));
  EXPECT_THAT(Refusal("roberta", "pad_token_id", 49), HasSubstr("no positions for tokens"));
  EXPECT_THAT(Refusal("t5", "relative_attention_num_buckets", 3), HasSubstr("buckets"));
  EXPECT_THAT(Refusal("t5", "relative_attention_max_distance", 8), HasSubstr("buckets"));
}

// 8-bit products of so many inputs could leave 32 bits.
TEST(LoadEncoder, RefusesLayersTooWideForEightBits) {
  for (const std::size_t width : {66'311u, 66'312u}) {
    const EncoderFolder folder("bert");
    folder.Configure("intermediate_size", width);
    folder.EditTensors([width](PlainTensor& tensor) {
      const bool is_down = tensor.name.ends_with("output.dense.weight") &&
                           tensor.name.find("attention") == std::string::npos;
      const bool is_up = tensor.name.find("intermediate.dense") != std::string::npos;
      if (!is_down && !is_up) return;
      tensor.shape[is_down ? 1 : 0] = width;
      std::size_t byte_count = sizeof(float);
      for (const std::uint64_t extent : tensor.shape) byte_count *= extent;
      tensor.bytes.assign(byte_count, '\0');
    });
    EXPECT_EQ(Refusal(folder, EncoderPrecision::kFloat32), "");
    const std::string message = Refusal(folder, EncoderPrecision::kInt8);
    if (width <= 66'311) {
      EXPECT_EQ(message, "");
    } else {
      EXPECT_THAT(message, AllOf(HasSubstr(folder.path()),
                                 HasSubstr("a layer of 66312 inputs, too wide for 8 bits")));
    }
  }
}

// The rest of the model would be left out without a word.
TEST(LoadEncoder, RefusesFewerLayersThanTheFileHolds) {
  const std::vector<std::tuple<const char*, const char*, const char*>> changes = {
      {"bert", "num_hidden_layers", "'encoder.layer.1."},
      {"roberta", "num_hidden_layers", "'encoder.layer.1."},
      {"distilbert", "n_layers", "'transformer.layer.1."},
      {"gpt2", "n_layer", "'h.1."},
      {"t5", "num_layers", "'encoder.block.1."}};
  for (const auto& [encoder, key, tensor] : changes) {
    EXPECT_THAT(Refusal(encoder, key, 1),
                AllOf(HasSubstr("with '" + std::string(key) + "' at 1 it leaves out tensor "),
                      HasSubstr(tensor), EndsWith("' of model.safetensors")));
  }
}

TEST(LoadEncoder, RefusesFewerGroupsOfSharedLayersThanTheFileHolds) {
  const EncoderFolder shorter("albert");
  shorter.Configure("num_hidden_layers", 1);
  EXPECT_EQ(Refusal(shorter), "") << "however many layers, there is one group of weights";
  for (const auto& [name, key] : {std::pair("1.albert_layers.0.ffn.bias", "num_hidden_groups"),
                                  std::pair("0.albert_layers.1.ffn.bias", "inner_group_num")}) {
    const EncoderFolder folder("albert");
    folder.EditTensor("pooler.bias", [&](PlainTensor& tensor) {
      tensor.name = "encoder.albert_layer_groups." + std::string(name);
    });
    EXPECT_THAT(Refusal(folder), HasSubstr("with '" + std::string(key) + "' at 1 it leaves out"));
  }
}

TEST(LoadEncoder, RefusesEpsilonsThatNoModelHas) {
  const std::vector<std::pair<const char*, const char*>> keys = {{"albert", "layer_norm_eps"},
                                                                 {"bert", "layer_norm_eps"},
                                                                 {"roberta", "layer_norm_eps"},
                                                                 {"gpt2", "layer_norm_epsilon"},
                                                                 {"t5", "layer_norm_epsilon"}};
  for (const auto& [encoder, key] : keys) {
    for (const double value : {1e300, 1.0, 0.11, 0.0, -1e-12, 5e-324}) {
      EXPECT_THAT(Refusal(encoder, key, value),
                  EndsWith("its '" + std::string(key) + "' is no number of 1e-30 to 0.1"));
    }
    for (const double value : {1e-12, 1e-3, 0.1}) {
      const EncoderFolder folder(encoder);
      folder.Configure(key, value);
      EXPECT_EQ(Refusal(folder), "") << encoder << " " << value;
    }
  }
}

// Memory and time would go with the numbers, which no tensor backs.
TEST(LoadEncoder, RefusesCountsThatNoModelHas) {
  EXPECT_THAT(Refusal("albert", "num_hidden_layers", 10'000'000), HasSubstr("'num_hidden_layers'"));
  EXPECT_THAT(Refusal("bert", "num_hidden_layers", 10'000'000), HasSubstr("'num_hidden_layers'"));
  EXPECT_THAT(Refusal("t5", "n_positions", 10'000'000), HasSubstr("'n_positions'"));
}

class EveryEncoder : public testing::TestWithParam<const char*> {};

TEST_P(EveryEncoder, NamesAnyTensorThatIsMissingOrOfAnotherShape) {
  const EncoderFolder whole(GetParam());
  ASSERT_EQ(Refusal(whole), "");
  std::size_t used = 0;
  const SafetensorsFile file(whole.PathOf("model.safetensors"));
  for (const auto& [name, tensor] : file.tensors()) {
    const EncoderFolder without(GetParam()), reshaped(GetParam());
    without.EditTensor(name, [](PlainTensor& each) { each.name.clear(); });
    const std::string message = Refusal(without);
    reshaped.EditTensor(name, [](PlainTensor& each) { each.shape.push_back(1); });
    if (message.empty()) {
      EXPECT_EQ(Refusal(reshaped), "") << name << " is not used";
      continue;
    }
    ++used;
    const std::string last = name.substr(name.find_first_of('.') + 1);
    EXPECT_THAT(message, HasSubstr("it has no tensor '")) << name;
    EXPECT_THAT(Refusal(reshaped), AllOf(HasSubstr(last), HasSubstr("has the shape "))) << name;
  }
  EXPECT_GT(used, 10u);
}

TEST_P(EveryEncoder, RefusesNanInEveryTensorThatItUses) {
  for (const EncoderPrecision precision : {EncoderPrecision::kFloat32, EncoderPrecision::kInt8}) {
    const EncoderFolder folder(GetParam());
    folder.EditTensors([](PlainTensor& tensor) {
      const bool is_bias = tensor.name.ends_with("bias") || tensor.name.ends_with("wo.weight");
      if (!is_bias || tensor.type == "U8" || tensor.shape.size() > 2) return;
      if (tensor.type == "F32") {
        const float value = std::numeric_limits<float>::quiet_NaN();
        std::memcpy(tensor.bytes.data(), &value, sizeof(value));
      } else {
        tensor.bytes.replace(0, 2, "\xff\x7f");  // NaN in F16 and BF16
      }
    });
    EXPECT_THAT(Refusal(folder, precision), EndsWith("holds NaN or an infinity"));
  }
}

INSTANTIATE_TEST_SUITE_P(LoadEncoder, EveryEncoder, testing::ValuesIn(kEncoders),
                         [](const auto& test) { return std::string(test.param); });

}  // namespace
}  // namespace wordkin::contextual
