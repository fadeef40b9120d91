#include "common/formats/npy_writer.h"

#include <gmock/gmock.h>

#include <regex>

#include "tests/unit/common/formats/format_fixture.h"

namespace wordkin {
namespace {

// What NumPy's numpy.load finds: the format's document asks for each thing that is checked here.
struct NpyMatrix {
  std::size_t row_count = 0;
  std::size_t dimension = 0;
  std::vector<float> values;
};

NpyMatrix ReadNpy(const std::string& bytes) {
  EXPECT_EQ(bytes.substr(0, 8), std::string("\x93NUMPY\x01\x00", 8));
  const std::size_t header_size =
      static_cast<unsigned char>(bytes[8]) + 256u * static_cast<unsigned char>(bytes[9]);
  EXPECT_EQ((10 + header_size) % 64, 0u) << "the values must be aligned";
  const std::string header = bytes.substr(10, header_size);
  EXPECT_EQ(header.back(), '\n');
  const std::regex form(
      R"re(\{'descr': '<f4', 'fortran_order': False, 'shape': \((\d+), (\d+)\), \} *\n)re");
  std::smatch match;
  NpyMatrix matrix;
  if (!std::regex_match(header, match, form)) {
    ADD_FAILURE() << header;
    return matrix;
  }
  matrix.row_count = std::stoul(match[1]);
  matrix.dimension = std::stoul(match[2]);
  matrix.values.resize((bytes.size() - 10 - header_size) / sizeof(float));
  if (!matrix.values.empty())
    std::memcpy(matrix.values.data(), bytes.data() + 10 + header_size,
                matrix.values.size() * sizeof(float));
  EXPECT_EQ(matrix.values.size(), matrix.row_count * matrix.dimension);
  return matrix;
}

class NpyFile : public FormatTest {
 protected:
  NpyMatrix Written(std::size_t dimension, const std::vector<std::vector<float>>& parts) const {
    AtomicFile file(PathOf("m.npy"));
    NpyWriter writer(file, dimension);
    for (const std::vector<float>& part : parts) writer.Add(part);
    writer.Finish();
    file.Commit();
    return ReadNpy(ReadFile(PathOf("m.npy")));
  }
};

TEST_F(NpyFile, HoldsTheRowsInTheirOrder) {
  const NpyMatrix matrix = Written(2, {{1, 2}, {3, 4, 5, 6}, {}, {-0.5f, 1e-30f}});
  EXPECT_EQ(matrix.row_count, 4u);
  EXPECT_EQ(matrix.dimension, 2u);
  EXPECT_THAT(matrix.values, testing::ElementsAre(1, 2, 3, 4, 5, 6, -0.5f, 1e-30f));
}

TEST_F(NpyFile, MayHaveNoRows) {
  const NpyMatrix matrix = Written(384, {});
  EXPECT_EQ(matrix.row_count, 0u);
  EXPECT_EQ(matrix.dimension, 384u);
}

TEST_F(NpyFile, HasRoomForLargeExtents) {
  const NpyMatrix matrix = Written(1'000'000, {std::vector<float>(1'000'000)});
  EXPECT_EQ(matrix.row_count, 1u);
  EXPECT_EQ(matrix.dimension, 1'000'000u);
}

}  // namespace
}  // namespace wordkin
