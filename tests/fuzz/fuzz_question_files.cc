// The readers of evaluation sets either refuse with kDamaged or yield what they promise.

#include <cmath>
#include <cstdlib>

#include "common/support/error.h"
#include "query/evaluation/question_files.h"
#include "tests/fuzz/memory_file.h"

namespace {

template <typename Work>
void RefusedOrDone(const Work& work) {
  try {
    work();
  } catch (const wordkin::Error& error) {
    if (error.kind() != wordkin::ErrorKind::kDamaged) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const wordkin::MemoryFile file(data, size);
  RefusedOrDone([&] {
    for (const auto& section : wordkin::query::ReadQuestionFile(file.path())) {
      for (const auto& question : section.questions) {
        for (const std::string& word : question) {
          if (word.empty()) std::abort();
        }
      }
    }
  });
  RefusedOrDone([&] {
    for (const auto& pair : wordkin::query::ReadJudgedPairs(file.path())) {
      if (pair.a.empty() || pair.b.empty() || !std::isfinite(pair.score)) std::abort();
    }
  });
  RefusedOrDone([&] {
    for (const auto& each : wordkin::query::ReadCategories(file.path())) {
      if (each.word.empty() || each.category.empty()) std::abort();
    }
  });
  RefusedOrDone([&] {
    for (const auto& question : wordkin::query::ReadOddOneOut(file.path())) {
      if (question.words.size() < 3) std::abort();
      for (const std::string& word : question.words) {
        if (word.empty()) std::abort();
      }
    }
  });
  RefusedOrDone([&] {
    const auto set = wordkin::query::ReadQuestionSet(file.path());
    if (std::visit([](const auto& questions) { return questions.empty(); }, set)) std::abort();
  });
  return 0;
}
