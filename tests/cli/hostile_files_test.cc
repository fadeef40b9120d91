// Small crafted files of each format take little memory and time, and end in words, not in a crash.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tests/cli/process.h"

namespace wordkin::cli_test {
namespace {

using std::string_literals::operator""s;
using ::testing::HasSubstr;

template <typename Value>
std::string Little(Value value) {
  return {reinterpret_cast<const char*>(&value), sizeof(value)};
}

std::string Part(std::uint32_t kind, const std::string& content) {
  return Little(kind) + Little(std::uint64_t{content.size()}) + content;
}

std::string Fifu(const std::string& parts) {
  return "FiFu" + Little(std::uint32_t{0}) + Little(std::uint32_t{0}) + parts;
}

std::string FifuMatrix(std::uint64_t rows, std::uint32_t columns) {
  return Part(2,
              Little(rows) + Little(columns) + Little(std::uint32_t{10}) + std::string(16, '\0'));
}

std::string Npy(const std::string& shape) {
  const std::string header =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }\n";
  return std::string("\x93NUMPY\x01\0", 8) + static_cast<char>(header.size()) + '\0' + header +
         std::string(16, '\0');
}

std::string Safetensors(const std::string& shape, const std::string& end) {
  const std::string header =
      R"({"m":{"dtype":"F32","shape":[)" + shape + R"(],"data_offsets":[0,)" + end + "]}}";
  return Little(std::uint64_t{header.size()}) + header + std::string(16, '\0');
}

std::string Repeated(std::string_view text, std::size_t times) {
  std::string repeated;
  for (std::size_t i = 0; i < times; ++i) repeated += text;
  return repeated;
}

struct HostileFile {
  std::string name;
  std::string content;
};

std::vector<HostileFile> HostileFiles() {
  const std::string word(1 << 20, 'x');
  const std::string fifu_words = Part(1, Little(std::uint64_t{2}) + Little(std::uint32_t{1}) + "a" +
                                             Little(std::uint32_t{1}) + "b");
  std::vector<HostileFile> files = {
      {"glove_not_finite", "a 1 2\nb 1e39 2\nc nan 2\n"},
      {"glove_no_line_end", "a 1 2\n" + word},
      {"glove_long_word", word + " 1 2\nb 1 2\n"},
      {"glove_lines", "a 1 2\n" + std::string(90, '\n')},
      {"glove_zeros", "a 1 2\n" + std::string(90, '\0')},
      {"fifu_cut_words", Fifu(fifu_words).substr(0, 30)},
      {"fifu_cut_matrix", Fifu(fifu_words + FifuMatrix(2, 2)).substr(0, 80)},
      {"fifu_huge_words", Fifu(Part(1, Little(std::uint64_t{1} << 62)) + FifuMatrix(2, 2))},
      {"fifu_huge_word", Fifu(Part(1, Little(std::uint64_t{1}) + Little(~std::uint32_t{0}) + "ab") +
                              FifuMatrix(2, 2))},
      {"fifu_huge_part", Fifu(Little(std::uint32_t{1}) + Little(~std::uint64_t{0}))},
      {"fifu_parts", "FiFu" + Little(std::uint32_t{0}) + Little(~std::uint32_t{0})},
      {"fasttext_cut", Little(std::int32_t{793712314}) + Little(std::int32_t{12}) + "abc"},
      {"tsv_short", "1\t2\n3\n"},
      {"tsv_long", "0.1\t2\n3\t4\t5\n"},
      {"safetensors_length", Little(std::uint64_t{99'999'999}) + "{}"},
      // A frame that claims a window of 128 MiB.
      {"zstd_window", std::string("\x28\xB5\x2F\xFD\x04\x88\x01\0\0", 9)},
      {"gzip_cut", std::string("\x1F\x8B\x08\0\0\0\0\0\0\x03", 10)},
  };
  for (const std::string header :
       {"2147483648 2", "4611686018427387904 2", "4611686018427387904 4", "2 4611686018427387904",
        "-2 2", "2 -2", "0 2", "2 0", "18446744073709551616 2", "3 1000000"}) {
    files.push_back({"text_" + header, header + "\na 1 2\nb 3 4\n"});
    files.push_back({"binary_" + header, header + "\na " + std::string(8, '\x01') + "\nb " +
                                             std::string(8, '\x01') + "\n"});
  }
  // Short lines below a long one: lines times dimensions is the square of the size.
  const std::string wide = "a" + Repeated(" 1", 30'000) + "\n";
  const std::string wide_tabbed = "1" + Repeated("\t1", 29'999) + "\n";
  files.push_back({"glove_wide", wide + Repeated("b 1\n", 10'000)});
  files.push_back({"glove_wide_blank", wide + Repeated("\n", 40'000)});
  files.push_back({"text_wide", "10001 30000\n" + wide + Repeated("b 1\n", 10'000)});
  files.push_back({"tsv_wide", wide_tabbed + Repeated("1\t2\n", 10'000)});
  files.push_back({"text_long_word", "2 2\n" + word + " 1 2\n" + word + "\xFF 1 2\n"});
  for (const std::string shape : {"2147483648,2", "4611686018427387904,4", "4611686018427387904,1",
                                  "4611686018427387904,0", "0,2", "-1,2", "2,3"}) {
    files.push_back({"npy_" + shape, Npy(shape)});
    files.push_back({"safetensors_" + shape, Safetensors(shape, shape == "0,2" ? "0" : "16")});
  }
  for (const auto& [rows, columns] :
       std::vector<std::pair<std::uint64_t, std::uint32_t>>{{std::uint64_t{1} << 31, 2},
                                                            {std::uint64_t{1} << 62, 4},
                                                            {std::uint64_t{1} << 62, 1},
                                                            {0, 2},
                                                            {2, 0},
                                                            {3, 2},
                                                            {2, ~std::uint32_t{0}}}) {
    files.push_back({"fifu_" + std::to_string(rows) + "_" + std::to_string(columns),
                     Fifu(fifu_words + FifuMatrix(rows, columns))});
  }
  return files;
}

// A zstd frame of 1.3 GB of zeros in 40 kB.
std::string SwollenFrame() {
  const std::string repeated_block = "\x02\0\x10\0"s;  // 128 kB of one byte
  std::string frame = "\x28\xB5\x2F\xFD\x00\x38"s;
  for (int i = 0; i < 10'000; ++i) frame += repeated_block;
  return frame + "\x03\0\x10\0"s;
}

TEST(HostileFiles, AreNotUnpackedWithoutEnd) {
  const Workspace workspace;
  workspace.Write("swollen.zst", SwollenFrame());
  workspace.Write("v.txt", "a 1 2\nb 3 4\n");
  const Outcome outcome = RunShell(
      "ulimit -t 2; wordkin convert swollen.zst out.kin; echo $?; "
      "wordkin evaluate v.txt -q --similarity swollen.zst; echo $?; "
      "wordkin cluster v.txt -q -k 1 --words swollen.zst; echo $?",
      workspace.path());
  EXPECT_EQ(outcome.output, "4\n4\n4\n") << outcome.error;
  EXPECT_THAT(outcome.error, HasSubstr("more than a hundred times its size"));
}

TEST(HostileFiles, AreRefusedOrMendedInLittleMemoryAndTime) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers take address space without end";
#endif
  const Workspace workspace;
  workspace.Write("words", "a\nb\n");
  for (const HostileFile& file : HostileFiles()) {
    workspace.Write("hostile", file.content);
    workspace.Write("hostile.words", "a\nb\n");
    workspace.Write("hostile.metadata.tsv", "a\nb\n");
    // 64 MB of address space, a second of processor time.
    const Outcome outcome = RunShell(
        "ulimit -v 64000; ulimit -t 1; wordkin convert hostile out.kin; echo $?; "
        "wordkin convert hostile mended.kin --on-error skip -q; echo $?; "
        "wordkin neighbors hostile a -q > answer; echo $?",
        workspace.path());
    const bool is_refused = outcome.output == "4\n4\n4\n" || outcome.output == "3\n3\n3\n" ||
                            outcome.output == "4\n3\n4\n";
    // What is wrong with rows or their number alone is mended under skip.
    const bool is_mended = outcome.output == "4\n0\n4\n";
    EXPECT_TRUE(is_refused || is_mended) << file.name << ": " << outcome.output << outcome.error;
    EXPECT_LT(outcome.error.size(), 2000u) << file.name;
    // None needs much: what is told is what is wrong with it.
    EXPECT_EQ(outcome.error.find("not to be had"), std::string::npos) << outcome.error;
    EXPECT_FALSE(workspace.Has("out.kin")) << file.name;
  }
}

}  // namespace
}  // namespace wordkin::cli_test
