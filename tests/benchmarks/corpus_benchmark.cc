// How fast a corpus becomes a vocabulary and ids, for each tokenizer:
//   corpus_benchmark CORPUS... [--threads N] [--repeats N] [--json]
// The files are read once beforehand, so that they come from memory where they fit there. Megabytes
// (10^6 bytes) a second over the whole of EncodeCorpus with a minimum count of 5; the fastest of
// the repeats.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <exception>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "common/text/corpus_reader.h"
#include "train/corpus/encoded_corpus.h"

namespace wordkin::train {
namespace {

using Json = nlohmann::ordered_json;

struct Arguments {
  std::vector<std::string> paths;
  int thread_count = 2;
  int repeat_count = 5;
  bool json = false;
};

constexpr TokenizerKind kTokenizers[] = {TokenizerKind::kWhitespace, TokenizerKind::kWords,
                                         TokenizerKind::kCharacters};

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
    } else if (values[i][0] != '-') {
      arguments.paths.push_back(values[i]);
    } else {
      return std::nullopt;
    }
  }
  if (arguments.paths.empty() || arguments.thread_count < 1 || arguments.repeat_count < 1) {
    return std::nullopt;
  }
  return arguments;
}

Json Measure(const std::vector<std::string>& paths, TokenizerKind tokenizer,
             const Arguments& arguments) {
  CorpusOptions options;
  options.tokenizer = tokenizer;
  options.thread_count = arguments.thread_count;
  const std::atomic<bool> stop{false};
  double fastest = std::numeric_limits<double>::infinity();
  Json row = {{"tokenizer", std::string(TokenizerName(tokenizer))}};
  for (int i = 0; i < arguments.repeat_count; ++i) {
    const auto start = std::chrono::steady_clock::now();
    CorpusReader reader(paths);
    const EncodedCorpus corpus = EncodeCorpus(reader, options, {}, stop);
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    fastest = std::min(fastest, elapsed.count());
    row["bytes"] = corpus.bytes_read;
    row["words"] = corpus.word_count;
    row["distinct_words"] = corpus.distinct_words;
  }
  row["seconds"] = fastest;
  row["megabytes_per_second"] = row["bytes"].get<double>() / 1e6 / fastest;
  row["words_per_second"] = row["words"].get<double>() / fastest;
  return row;
}

void ReadOnce(const std::vector<std::string>& paths) {
  CorpusReader reader(paths);
  while (reader.Next()) continue;
}

Json Run(const Arguments& arguments) {
  const std::vector<std::string> paths = ExpandCorpusPaths(arguments.paths);
  ReadOnce(paths);
  Json report = {{"threads", arguments.thread_count}};
  report["rows"] = Json::array();
  for (const TokenizerKind tokenizer : kTokenizers) {
    report["rows"].push_back(Measure(paths, tokenizer, arguments));
  }
  return report;
}

void PrintTable(const Json& report) {
  std::printf("%d threads\n%-12s %12s %14s %10s %10s %12s\n", report["threads"].get<int>(),
              "tokenizer", "words", "distinct", "seconds", "MB/s", "M words/s");
  for (const Json& row : report["rows"]) {
    std::printf("%-12s %12zu %14zu %10.3f %10.1f %12.2f\n",
                row["tokenizer"].get<std::string>().c_str(), row["words"].get<std::size_t>(),
                row["distinct_words"].get<std::size_t>(), row["seconds"].get<double>(),
                row["megabytes_per_second"].get<double>(),
                row["words_per_second"].get<double>() / 1e6);
  }
}

}  // namespace
}  // namespace wordkin::train

int main(int argument_count, char** argument_values) {
  const auto arguments = wordkin::train::ParseArguments(argument_count, argument_values);
  if (!arguments) {
    std::fprintf(stderr,
                 "usage: corpus_benchmark CORPUS... [--threads N] [--repeats N] [--json]\n");
    return 2;
  }
  try {
    const auto report = wordkin::train::Run(*arguments);
    if (arguments->json) {
      std::printf("%s\n", report.dump(2).c_str());
    } else {
      wordkin::train::PrintTable(report);
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "corpus_benchmark: %s\n", error.what());
    return 1;
  }
  return 0;
}
