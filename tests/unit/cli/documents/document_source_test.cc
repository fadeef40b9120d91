#include "cli/documents/document_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/support/error.h"
#include "tests/unit/common/support/temporary_folder.h"

namespace wordkin::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

class DocumentSourceTest : public testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& text) const {
    WriteText(folder_.PathOf(name), text);
    return folder_.PathOf(name);
  }

  // All of them as pairs of id and text, two at a time.
  std::vector<std::pair<std::string, std::string>> Read(DocumentSource& source) const {
    std::vector<std::pair<std::string, std::string>> read;
    for (auto documents = source.Next(2); !documents.empty(); documents = source.Next(2)) {
      EXPECT_LE(documents.size(), 2u);
      for (const query::Document& document : documents) {
        read.emplace_back(document.id, document.text);
      }
    }
    return read;
  }

  DocumentSource Open(std::vector<std::string> paths, DocumentSourceOptions options = {}) {
    return DocumentSource(std::move(paths), options,
                          [this](const std::string& fault) { faults_.push_back(fault); });
  }

  const TemporaryFolder folder_;
  std::vector<std::string> faults_;
};

TEST_F(DocumentSourceTest, CountsLinesOnOverFiles) {
  const std::string first = Write("a", "one\n \n\ntwo  \n"), second = Write("b", "three");
  DocumentSource source = Open({first, second});
  EXPECT_EQ(source.bytes_total(), 18u);
  EXPECT_THAT(Read(source), ElementsAre(Pair("1", "one"), Pair("4", "two  "), Pair("5", "three")));
  EXPECT_EQ(source.empty_count(), 2u);
  EXPECT_EQ(source.lines_read(), 5u);
  EXPECT_EQ(source.bytes_read(), 18u);
  DocumentSource more = Open({second}, {.lines_before = source.lines_read()});
  EXPECT_THAT(Read(more), ElementsAre(Pair("6", "three")));
}

TEST_F(DocumentSourceTest, HandsLongTextsOutInSmallBatches) {
  std::string text;
  for (int i = 0; i < 8; ++i) text += std::string(std::size_t{3} << 20, 'x') + "\n";
  DocumentSource source = Open({Write("long", text)});
  std::size_t count = 0;
  for (auto documents = source.Next(1000); !documents.empty(); documents = source.Next(1000)) {
    EXPECT_LE(documents.size(), 2u);
    count += documents.size();
  }
  EXPECT_EQ(count, 8u);
}

TEST_F(DocumentSourceTest, TakesFilesWhole) {
  const std::string first = Write("a", "\xEF\xBB\xBFone\ntwo\n"), second = Write("b", "\n");
  DocumentSource source = Open({first, second}, {.kind = {.form = DocumentForm::kFiles}});
  EXPECT_THAT(Read(source), ElementsAre(Pair(first, "one\ntwo\n")));
  EXPECT_EQ(source.empty_count(), 1u);
}

TEST_F(DocumentSourceTest, RefusesAFileThatIsTooLong) {
  const std::string path = Write("long", std::string((std::size_t{16} << 20) + 1, 'x'));
  DocumentSource source =
      Open({path}, {.kind = {.form = DocumentForm::kFiles}, .skips_faults = true});
  EXPECT_THAT(Read(source), ElementsAre());
  EXPECT_THAT(faults_, ElementsAre(HasSubstr("a document has 16777216 bytes at most")));
  Write("long", std::string(std::size_t{16} << 20, 'x'));
  DocumentSource longest = Open({path}, {.kind = {.form = DocumentForm::kFiles}});
  EXPECT_EQ(longest.Next(1).front().text.size(), std::size_t{16} << 20);
}

TEST_F(DocumentSourceTest, TakesFieldsOfObjects) {
  const std::string path =
      Write("rows.jsonl", "{\"id\":\"a\",\"text\":\"\\u00fc\"}\n\n{\"text\":\"x\",\"id\":-3}\n");
  DocumentSource source = Open({path}, {.kind = {.form = DocumentForm::kJsonLines}});
  EXPECT_THAT(Read(source), ElementsAre(Pair("a", "\u00FC"), Pair("-3", "x")));
  EXPECT_EQ(source.empty_count(), 1u);
}

TEST_F(DocumentSourceTest, TellsOrRefusesFaultsByTheirPlace) {
  const std::string path =
      Write("rows.jsonl", "{\"id\":1,\"text\":\"x\"}\n{]\n{\"id\":1,\"text\":\"y\"}\n");
  DocumentSourceOptions options = {.kind = {.form = DocumentForm::kJsonLines}};
  DocumentSource strict = Open({path}, options);
  EXPECT_THROW(Read(strict), Error);
  options.skips_faults = true;
  DocumentSource lenient = Open({path}, options);
  EXPECT_THAT(Read(lenient), ElementsAre(Pair("1", "x")));
  EXPECT_EQ(lenient.fault_count(), 2u);
  EXPECT_THAT(faults_, ElementsAre(HasSubstr("cannot read '" + path + "', line 2"),
                                   "cannot read '" + path + "', line 3: the id '1' came before"));
}

}  // namespace
}  // namespace wordkin::cli
