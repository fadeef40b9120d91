#include "common/formats/safetensors.h"

#include <gmock/gmock.h>

#include <bit>
#include <cmath>
#include <limits>

#include "tests/unit/common/formats/format_fixture.h"
#include "tests/unit/common/formats/safetensors_bytes.h"

namespace wordkin {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class Safetensors : public FormatTest {
 protected:
  SafetensorsFile Open(std::string_view content) const {
    return SafetensorsFile(MakeFile("model.safetensors", content));
  }

  // The message with which 'content' is refused, which names the file; "" when it is taken.
  std::string Refused(std::string_view content) const {
    try {
      Open(content);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kDamaged) << error.what();
      EXPECT_THAT(error.what(), HasSubstr(PathOf("model.safetensors")));
      return error.what();
    }
    return "";
  }

  // The same for a header before eight bytes of data.
  std::string RefusedHeader(std::string_view header) const {
    return Refused(SafetensorsBytes(header, "12345678"));
  }

  static std::string Entry(std::string_view type, std::string_view shape, std::string_view range) {
    return R"({"dtype":")" + std::string(type) + R"(","shape":)" + std::string(shape) +
           R"(,"data_offsets":)" + std::string(range) + "}";
  }
};

std::string HalfBytes(const std::vector<std::uint16_t>& halves) {
  std::string bytes;
  for (const std::uint16_t half : halves) {
    bytes += static_cast<char>(half & 0xff);
    bytes += static_cast<char>(half >> 8);
  }
  return bytes;
}

TEST_F(Safetensors, ReadsTensorsByName) {
  const SafetensorsFile file = Open(SafetensorsBytes({{"b", "F32", {2, 1}, BytesOf({1.5f, -2})},
                                                      {"a", "U8", {3}, "xyz"},
                                                      {"scalar", "I16", {}, "12"}}));
  EXPECT_EQ(file.tensors().size(), 3u);
  ASSERT_NE(file.Find("b"), nullptr);
  EXPECT_EQ(file.Find("b")->type, TensorType::kF32);
  EXPECT_THAT(file.Find("b")->shape, ElementsAre(2u, 1u));
  EXPECT_EQ(file.Find("b")->bytes.size(), 8u);
  EXPECT_EQ(std::memcmp(file.Find("a")->bytes.data(), "xyz", 3), 0);
  EXPECT_TRUE(file.Find("scalar")->shape.empty());
  EXPECT_EQ(file.Find("c"), nullptr);
}

TEST_F(Safetensors, KnowsEveryTypeAndItsSize) {
  const std::pair<const char*, std::size_t> types[] = {
      {"BOOL", 1}, {"U8", 1},  {"I8", 1},   {"I16", 2}, {"I32", 4},
      {"I64", 8},  {"F16", 2}, {"BF16", 2}, {"F32", 4}, {"F64", 8}};
  for (const auto& [name, size] : types) {
    const SafetensorsFile file =
        Open(SafetensorsBytes({{"t", name, {3}, std::string(3 * size, '\0')}}));
    EXPECT_EQ(TensorTypeName(file.Find("t")->type), name);
    EXPECT_EQ(HoldsFloats(*file.Find("t")), name == std::string_view("F32") ||
                                                name == std::string_view("F16") ||
                                                name == std::string_view("BF16"));
  }
}

TEST_F(Safetensors, TakesAHeaderPaddedWithBlanksMetadataAndNoTensors) {
  const SafetensorsFile file = Open(SafetensorsBytes(R"({"__metadata__":{"format":"pt"}}   )", ""));
  EXPECT_TRUE(file.tensors().empty());
  EXPECT_TRUE(Open(SafetensorsBytes("{}", "")).tensors().empty());
}

TEST_F(Safetensors, PassesOverMetadataAndFieldsThatItDoesNotKnow) {
  const std::string entry = Entry("U8", "[8]", "[0,8]");
  for (const char* metadata : {R"({"dtype":1,"shape":{"shape":[-1]},"a":[[],{}]})", "[1,[-2.5]]",
                               "7", "null", "\"text\""}) {
    EXPECT_EQ(
        RefusedHeader(R"({"__metadata__":)" + std::string(metadata) + R"(,"t":)" + entry + "}"), "")
        << metadata;
  }
  EXPECT_EQ(RefusedHeader(R"({"t":{"x":{"shape":"no","y":[{"dtype":1}]},"z":[-1,1.5],"n":null,)" +
                          entry.substr(1) + "}"),
            "");
}

TEST_F(Safetensors, TakesTensorsWithoutValuesWhereverTheyLie) {
  const SafetensorsFile file = Open(SafetensorsBytes({{"first", "F32", {0}, ""},
                                                      {"b", "U8", {4}, "1234"},
                                                      {"middle", "F16", {3, 0}, ""},
                                                      {"c", "U8", {4}, "5678"},
                                                      {"last", "I64", {0, 0}, ""}}));
  EXPECT_EQ(file.tensors().size(), 5u);
  EXPECT_TRUE(file.Find("middle")->bytes.empty());
  ConvertToFloats(*file.Find("first"), 0, {});
  ConvertToFloats(*file.Find("middle"), 0, {});
}

TEST_F(Safetensors, RefusesWhatIsShorterThanALength) {
  EXPECT_THAT(Refused(""), HasSubstr("shorter than a safetensors header (0 bytes)"));
  EXPECT_THAT(Refused("1234567"), HasSubstr("(7 bytes)"));
}

TEST_F(Safetensors, RefusesHeadersWhoseLengthLies) {
  EXPECT_THAT(Refused(SafetensorsBytes(3, "{}", "")), HasSubstr("ends within its header"));
  EXPECT_THAT(Refused(SafetensorsBytes(100'000'000, "{}", "")),
              HasSubstr("ends within its header"));
  EXPECT_THAT(Refused(SafetensorsBytes(100'000'001, "{}", "")), HasSubstr("more than safetensors"));
  EXPECT_THAT(Refused(SafetensorsBytes(std::numeric_limits<std::uint64_t>::max(), "{}", "")),
              HasSubstr("more than safetensors"));
  // Sums with 8 would wrap.
  EXPECT_THAT(Refused(SafetensorsBytes(std::numeric_limits<std::uint64_t>::max() - 7, "{}", "")),
              HasSubstr("more than safetensors"));
  EXPECT_THAT(Refused(SafetensorsBytes(1, "{}", "")), HasSubstr("no valid JSON"));
  EXPECT_THAT(Refused(SafetensorsBytes(0, "{}", "")), HasSubstr("no valid JSON"));
}

TEST_F(Safetensors, RefusesHeadersThatAreNoJsonObject) {
  for (const char* header : {"", "{", "nonsense", "{\"a\":}", "{}{}", "{\"a\xff\":1}"}) {
    EXPECT_THAT(RefusedHeader(header), HasSubstr("no valid JSON")) << header;
  }
  for (const char* header : {"[]", "1", "null", "\"text\""}) {
    EXPECT_THAT(RefusedHeader(header), HasSubstr("no JSON object")) << header;
  }
}

TEST_F(Safetensors, RefusesANameThatIsThereTwice) {
  const std::string entry = Entry("U8", "[8]", "[0,8]");
  EXPECT_THAT(RefusedHeader(R"({"t":)" + entry + R"(,"t":)" + entry + "}"),
              HasSubstr("has the key 't' twice"));
}

TEST_F(Safetensors, RefusesAKeyTwiceAnywhere) {
  const std::string rest = R"("shape":[8],"data_offsets":[0,8]})";
  EXPECT_THAT(RefusedHeader(R"({"t":{"dtype":"U8","dtype":"U8",)" + rest + "}"),
              HasSubstr("has the key 'dtype' twice"));
  EXPECT_THAT(RefusedHeader(R"({"t":{"x":1,"dtype":"U8","x":1,)" + rest + "}"),
              HasSubstr("has the key 'x' twice"));
  EXPECT_THAT(RefusedHeader(R"({"__metadata__":{"b":"","a":"","b":""}})"),
              HasSubstr("has the key 'b' twice"));
}

TEST_F(Safetensors, RefusesDeepNesting) {
  const std::string deep(100'000, '[');
  EXPECT_THAT(RefusedHeader(R"({"__metadata__":)" + deep), HasSubstr("nested deeper than 64"));
  EXPECT_THAT(RefusedHeader(R"({"t":{"x":)" + deep), HasSubstr("nested deeper than 64"));
}

TEST_F(Safetensors, SaysWhatIsWrongWithADescription) {
  const auto refused = [this](const std::string& fields) {
    return RefusedHeader(R"({"t":{)" + fields + "}}");
  };
  EXPECT_THAT(RefusedHeader(R"({"t":[1]})"), EndsWith("should be: it is no JSON object"));
  EXPECT_THAT(refused(R"("shape":[8],"data_offsets":[0,8])"),
              EndsWith("should be: it has no 'dtype'"));
  EXPECT_THAT(refused(R"("dtype":"U8","data_offsets":[0,8])"), EndsWith("it has no 'shape'"));
  EXPECT_THAT(refused(R"("dtype":"U8","shape":[8])"), EndsWith("it has no 'data_offsets'"));
  EXPECT_THAT(refused(R"("dtype":["U8"])"), EndsWith("its 'dtype' is no text"));
  EXPECT_THAT(refused(R"("dtype":{})"), EndsWith("its 'dtype' is no text"));
  for (const char* shape : {"[[8]]", "[{}]", "{}", "[8,\"8\"]"}) {
    EXPECT_THAT(refused(R"("shape":)" + std::string(shape)),
                EndsWith("its 'shape' is no list of whole numbers"))
        << shape;
  }
  EXPECT_THAT(refused(R"("data_offsets":[0,-1])"),
              EndsWith("its 'data_offsets' is no list of whole numbers"));
}

// Eight bytes for each "1," would be much for a header of 100 MB.
TEST_F(Safetensors, RefusesMoreExtentsThanAnyTensorHas) {
  const auto entry = [](std::size_t count) {
    std::string shape = "[8";
    for (std::size_t i = 1; i < count; ++i) shape += ",1";
    return R"({"t":)" + Entry("U8", shape + "]", "[0,8]") + "}";
  };
  EXPECT_EQ(RefusedHeader(entry(kMostExtents)), "");
  EXPECT_THAT(RefusedHeader(entry(kMostExtents + 1)),
              EndsWith("its 'shape' has more than 64 numbers"));
}

TEST_F(Safetensors, SpeaksOfTheHeaderAndNotOfItsParser) {
  EXPECT_THAT(RefusedHeader("{\"a\":}"),
              EndsWith("cannot read the header of '" + PathOf("model.safetensors") +
                       "': it is no valid JSON: at byte 6"));
  EXPECT_THAT(RefusedHeader(R"({"a":1e999})"), EndsWith("it holds a number that is out of range"));
}

TEST_F(Safetensors, RefusesEntriesThatAreNotAsTheyShouldBe) {
  for (const char* entry :
       {"1", "null", "[]", "{}", R"({"dtype":"U8"})", R"({"dtype":"U8","shape":[8]})",
        R"({"dtype":8,"shape":[8],"data_offsets":[0,8]})",
        R"({"dtype":"U8","shape":8,"data_offsets":[0,8]})",
        R"({"dtype":"U8","shape":["8"],"data_offsets":[0,8]})",
        R"({"dtype":"U8","shape":[8.0],"data_offsets":[0,8]})",
        R"({"dtype":"U8","shape":[-8],"data_offsets":[0,8]})",
        R"({"dtype":"U8","shape":[8],"data_offsets":[-8,0]})",
        R"({"dtype":"U8","shape":[8],"data_offsets":{"0":8}})",
        R"({"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,8]})"}) {
    EXPECT_THAT(RefusedHeader(R"({"t":)" + std::string(entry) + "}"),
                HasSubstr("tensor 't' is not described as it should be"))
        << entry;
  }
}

TEST_F(Safetensors, RefusesUnknownTypes) {
  EXPECT_THAT(RefusedHeader(R"({"t":)" + Entry("F8_E4M3", "[8]", "[0,8]") + "}"),
              HasSubstr("tensor 't' has the unknown type 'F8_E4M3'"));
  EXPECT_THAT(RefusedHeader(R"({"t":)" + Entry("u8", "[8]", "[0,8]") + "}"),
              HasSubstr("unknown type 'u8'"));
}

TEST_F(Safetensors, RefusesTensorsOutsideOfTheFile) {
  for (const char* range :
       {"[0,9]", "[8,9]", "[9,9]", "[4,0]", "[0,18446744073709551615]",
        "[18446744073709551615,18446744073709551615]", "[0]", "[0,4,8]", "[]"}) {
    EXPECT_THAT(RefusedHeader(R"({"t":)" + Entry("U8", "[8]", range) + "}"),
                HasSubstr("lies outside of the file"))
        << range;
  }
}

TEST_F(Safetensors, RefusesShapesThatDoNotTakeTheirBytes) {
  EXPECT_THAT(RefusedHeader(R"({"t":)" + Entry("F32", "[1]", "[0,8]") + "}"),
              HasSubstr("tensor 't' of shape (1) and type F32 does not take the 8 bytes"));
  for (const char* shape : {"[3]", "[2,2]", "[0]",
                            "[4294967296,4294967296]",  // 2^64 values
                            "[4611686018427387906]",    // 2^62 + 2: times 4 is 8 more than 2^64
                            "[2,9223372036854775809]",  // wraps to 2
                            "[18446744073709551615,18446744073709551615]"}) {
    EXPECT_THAT(RefusedHeader(R"({"t":)" + Entry("F32", shape, "[0,8]") + "}"),
                HasSubstr("does not take the 8 bytes"))
        << shape;
  }
}

TEST_F(Safetensors, RefusesOverlapsHolesAndBytesAtTheEnd) {
  const auto two = [](std::string_view first, std::string_view second, int a, int b) {
    return R"({"a":)" + Entry("U8", "[" + std::to_string(a) + "]", first) + R"(,"b":)" +
           Entry("U8", "[" + std::to_string(b) + "]", second) + "}";
  };
  EXPECT_EQ(RefusedHeader(two("[0,4]", "[4,8]", 4, 4)), "");
  EXPECT_EQ(RefusedHeader(two("[4,8]", "[0,4]", 4, 4)), "") << "order does not matter";
  EXPECT_THAT(RefusedHeader(two("[0,5]", "[4,8]", 5, 4)), HasSubstr("'b' overlaps another"));
  EXPECT_THAT(RefusedHeader(two("[0,8]", "[0,8]", 8, 8)), HasSubstr("overlaps another"));
  EXPECT_THAT(RefusedHeader(two("[0,8]", "[2,4]", 8, 2)), HasSubstr("'b' overlaps another"));
  EXPECT_THAT(RefusedHeader(two("[0,8]", "[4,4]", 8, 0)), HasSubstr("'b' overlaps another"));
  EXPECT_THAT(RefusedHeader(two("[0,3]", "[4,8]", 3, 4)), HasSubstr("'b' leaves bytes before it"));
  EXPECT_THAT(RefusedHeader(two("[1,4]", "[4,8]", 3, 4)), HasSubstr("'a' leaves bytes before it"));
  EXPECT_THAT(RefusedHeader(two("[0,4]", "[4,7]", 4, 3)), HasSubstr("bytes at its end belong to"));
  EXPECT_THAT(RefusedHeader("{}"), HasSubstr("bytes at its end belong to"));
}

TEST_F(Safetensors, KeepsItsMessagesShortWhateverTheHeaderHolds) {
  const std::string name(1'000'000, 'n');
  const std::string entry = Entry("U8", "[8]", "[0,8]");
  for (const std::string& header :
       {"{\"" + name, "{\"" + name + "\":1}", "{\"" + name + "\":1,\"" + name + "\":1}",
        R"({"t":)" + Entry(name, "[8]", "[0,8]") + "}"}) {
    const std::string message = RefusedHeader(header);
    EXPECT_LT(message.size(), 1000u);
    EXPECT_THAT(message, StartsWith("cannot read "));
  }
}

TEST_F(Safetensors, RefusesEveryShorterFile) {
  const std::string whole =
      SafetensorsBytes({{"a", "F32", {2}, BytesOf({1, 2})}, {"b", "U8", {1}, "x"}});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_NE(Refused(whole.substr(0, size)), "") << size;
  }
  EXPECT_EQ(Refused(whole), "");
}

TEST_F(Safetensors, ConvertsFloatsAtEveryAlignment) {
  const std::vector<float> expected = {0, 1, -2.5f, 0.33325195f, 65504, -6.1035156e-05f};
  const std::string full = BytesOf(expected);
  const std::string half = HalfBytes({0x0000, 0x3c00, 0xc100, 0x3555, 0x7bff, 0x8400});
  for (std::size_t offset = 0; offset < 9; ++offset) {
    const SafetensorsFile file =
        Open(SafetensorsBytes({{"shift", "U8", {offset}, std::string(offset, 'x')},
                               {"full", "F32", {6}, full},
                               {"half", "F16", {2, 3}, half}}));
    for (const char* name : {"full", "half"}) {
      for (std::size_t first = 0; first < 6; ++first) {
        std::vector<float> values(6 - first);
        ConvertToFloats(*file.Find(name), first, values);
        EXPECT_EQ(values,
                  std::vector<float>(expected.begin() + static_cast<long>(first), expected.end()))
            << name << " at " << offset;
      }
    }
  }
}

TEST_F(Safetensors, ConvertsEveryBFloat16) {
  std::vector<std::uint16_t> all(65536);
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::uint16_t>(i);
  const SafetensorsFile file =
      Open(SafetensorsBytes({{"shift", "U8", {1}, "x"}, {"t", "BF16", {65536}, HalfBytes(all)}}));
  std::vector<float> values(all.size());
  ConvertToFloats(*file.Find("t"), 0, values);
  for (std::size_t i = 0; i < all.size(); ++i) {
    ASSERT_EQ(std::bit_cast<std::uint32_t>(values[i]), i << 16);
  }
}

TEST_F(Safetensors, KeepsInfinityAndNanOfHalves) {
  const SafetensorsFile file =
      Open(SafetensorsBytes({{"t", "F16", {3}, HalfBytes({0x7c00, 0xfc00, 0x7e00})}}));
  std::vector<float> values(3);
  ConvertToFloats(*file.Find("t"), 0, values);
  EXPECT_EQ(values[0], std::numeric_limits<float>::infinity());
  EXPECT_EQ(values[1], -std::numeric_limits<float>::infinity());
  EXPECT_TRUE(std::isnan(values[2]));
}

TEST_F(Safetensors, NamesAFileThatCannotBeOpened) {
  try {
    SafetensorsFile file(PathOf("none.safetensors"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInputOutput);
    EXPECT_THAT(error.what(), HasSubstr(PathOf("none.safetensors")));
  }
}

TEST(ShapeText, ReadsLikeAProduct) {
  const std::uint64_t shape[] = {30522, 384};
  EXPECT_EQ(ShapeText(shape), "(30522 x 384)");
  EXPECT_EQ(ShapeText({}), "()");
}

}  // namespace
}  // namespace wordkin
