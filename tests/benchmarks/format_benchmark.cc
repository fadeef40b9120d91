// How fast vectors of other tools are read:
//   format_benchmark FILE [--threads N] [--repeats N] [--json]
// The format is known by content; a file of word2vec's text is also parsed alone, without its
// vocabulary. The file is read once beforehand, so that it comes from memory where it fits there.
// Megabytes (10^6 bytes) of content a second for 1 to N threads; the fastest of the repeats.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <exception>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "common/formats/text_rows.h"
#include "common/formats/vector_format.h"
#include "common/formats/word2vec_header.h"

namespace wordkin {
namespace {

using Json = nlohmann::ordered_json;

struct Arguments {
  std::string path;
  int thread_count = 2;
  int repeat_count = 5;
  bool json = false;
};

std::optional<Arguments> ParseArguments(int count, char** values) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const bool has_value = i + 1 < count;
    if (std::strcmp(values[i], "--json") == 0) {
      arguments.json = true;
    } else if (std::strcmp(values[i], "--threads") == 0 && has_value) {
      arguments.thread_count = std::atoi(values[++i]);
    } else if (std::strcmp(values[i], "--repeats") == 0 && has_value) {
      arguments.repeat_count = std::atoi(values[++i]);
    } else if (values[i][0] != '-' && arguments.path.empty()) {
      arguments.path = values[i];
    } else {
      return std::nullopt;
    }
  }
  const bool is_complete =
      !arguments.path.empty() && arguments.thread_count > 0 && arguments.repeat_count > 0;
  return is_complete ? std::optional(arguments) : std::nullopt;
}

// Megabytes a second at best.
double Measure(const VectorFile& file, int repeat_count, const std::function<void()>& work) {
  double fastest = std::numeric_limits<double>::infinity();
  for (int i = 0; i < repeat_count; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    fastest = std::min(fastest, elapsed.count());
  }
  return static_cast<double>(file.bytes().size()) / 1e6 / fastest;
}

void ParseAlone(const VectorFile& file, const ReadOptions& options) {
  const Word2VecHeader header =
      ParseWord2VecHeader(file.text(), 2, 2, file.path(), options.on_fault);
  SkippedRows skipped;
  ReadTextRows(file,
               {.begin = header.length,
                .first_line = 2,
                .dimension = header.dimension,
                .authority = "the header says",
                .row_count = header.row_count},
               options, skipped);
}

Json Run(const Arguments& arguments) {
  const VectorFile file(arguments.path);
  const VectorFormat& format = RecognizeVectorFormat(file);
  const auto read = [&](const ReadOptions& options) {
    SkippedRows skipped;
    format.read(file, options, skipped);
  };
  read({});
  Json report = {{"format", format.name}, {"bytes", file.bytes().size()}};
  for (int threads = 1; threads <= arguments.thread_count; ++threads) {
    const ReadOptions options = {.thread_count = threads};
    Json row = {{"threads", threads}};
    if (format.name == "word2vec-text") {
      row["parse"] = Measure(file, arguments.repeat_count, [&] { ParseAlone(file, options); });
    }
    row["read"] = Measure(file, arguments.repeat_count, [&] { read(options); });
    report["rows"].push_back(row);
  }
  return report;
}

void PrintTable(const Json& report) {
  std::printf("%s, %.1f MB\n%8s %12s %12s\n", report["format"].get<std::string>().c_str(),
              report["bytes"].get<double>() / 1e6, "threads", "parse MB/s", "read MB/s");
  for (const Json& row : report["rows"]) {
    std::printf("%8d %12.0f %12.0f\n", row["threads"].get<int>(), row.value("parse", 0.0),
                row["read"].get<double>());
  }
}

}  // namespace
}  // namespace wordkin

int main(int argument_count, char** argument_values) {
  const auto arguments = wordkin::ParseArguments(argument_count, argument_values);
  if (!arguments) {
    std::fprintf(stderr, "usage: format_benchmark FILE [--threads N] [--repeats N] [--json]\n");
    return 2;
  }
  try {
    const auto report = wordkin::Run(*arguments);
    if (arguments->json) {
      std::printf("%s\n", report.dump(2).c_str());
    } else {
      wordkin::PrintTable(report);
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "format_benchmark: %s\n", error.what());
    return 1;
  }
  return 0;
}
