#include "common/text/text_detection.h"

#include <algorithm>

#include "common/support/error.h"

namespace wordkin {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::string_view bytes;
  std::string_view format;
  std::string_view remedy;
  std::size_t offset = 0;
};

constexpr std::string_view kUtf16Remedy = "convert it with 'iconv -f UTF-16 -t UTF-8'";
constexpr std::string_view kUtf32Remedy = "convert it with 'iconv -f UTF-32 -t UTF-8'";
constexpr std::string_view kUnpack = "unpack it first";
constexpr std::string_view kDecompressAgain = "decompress it once first";
constexpr std::string_view kGiveText = "give text in UTF-8";

// UTF-32 stands before UTF-16, whose mark is the beginning of its own.
constexpr Signature kSignatures[] = {
    {"\xFF\xFE\0\0"sv, "text in UTF-32", kUtf32Remedy},
    {"\0\0\xFE\xFF"sv, "text in UTF-32", kUtf32Remedy},
    {"\xFF\xFE"sv, "text in UTF-16", kUtf16Remedy},
    {"\xFE\xFF"sv, "text in UTF-16", kUtf16Remedy},
    {"\x1F\x8B"sv, "compressed twice", kDecompressAgain},
    {"\x28\xB5\x2F\xFD"sv, "compressed twice", kDecompressAgain},
    {"BZh"sv, "compressed by bzip2", "decompress it with 'bzip2 -d'"},
    {"\xFD"
     "7zXZ\0"sv,
     "compressed by xz", "decompress it with 'xz -d'"},
    {"7z\xBC\xAF\x27\x1C"sv, "a 7z archive", kUnpack},
    {"PK\x03\x04"sv, "a zip archive", kUnpack},
    {"ustar"sv, "a tar archive", kUnpack, 257},
    {"%PDF-"sv, "a PDF document", "extract its text with 'pdftotext'"},
    {"\x7F"
     "ELF"sv,
     "a program", kGiveText},
    {"\x89PNG\r\n"sv, "an image", kGiveText},
    {"\xFF\xD8\xFF"sv, "an image", kGiveText},
    {"GIF8"sv, "an image", kGiveText},
    {"\x89KIN"sv, "a store of word vectors", kGiveText},
};

[[noreturn]] void Refuse(const std::string& path, std::string_view what, std::string_view remedy) {
  const std::string name = path == "-" ? "standard input" : "'" + path + "'";
  throw Error(ErrorKind::kDamaged, "cannot read " + name + " as a corpus: it is " +
                                       std::string(what) + "; " + std::string(remedy));
}

bool IsControl(char character) {
  const auto byte = static_cast<unsigned char>(character);
  const bool is_whitespace = byte >= 0x09 && byte <= 0x0D;
  return (byte < 0x20 && !is_whitespace) || byte == 0x7F;
}

}  // namespace

void RefuseWhatIsNoText(std::string_view beginning, const std::string& path) {
  for (const Signature& signature : kSignatures) {
    if (beginning.size() >= signature.offset &&
        beginning.substr(signature.offset).starts_with(signature.bytes)) {
      Refuse(path, signature.format, signature.remedy);
    }
  }
  // A few in a short file may be a slip of whoever made it.
  constexpr std::ptrdiff_t kTolerated = 16;
  const auto controls = std::count_if(beginning.begin(), beginning.end(), IsControl);
  if (controls > kTolerated && static_cast<std::size_t>(controls) > beginning.size() / 10) {
    Refuse(path, "no text (more than a tenth of its beginning are control characters)",
           "give text in UTF-8");
  }
}

}  // namespace wordkin
