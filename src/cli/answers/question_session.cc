#include "cli/answers/question_session.h"

#include <algorithm>
#include <utility>

namespace wordkin::cli {
namespace {

QuestionSession* current_session = nullptr;

}  // namespace

QuestionSession::QuestionSession() { current_session = this; }

QuestionSession::~QuestionSession() { current_session = nullptr; }

QuestionSession* QuestionSession::Current() { return current_session; }

std::optional<OpenedVectors> QuestionSession::Find(const std::string& path) {
  std::erase_if(kept_, [](const Kept& kept) { return !kept.file.IsCurrent(); });
  const auto found =
      std::ranges::find_if(kept_, [&](const Kept& kept) { return kept.file.path() == path; });
  if (found == kept_.end()) return std::nullopt;
  return found->vectors;
}

void QuestionSession::Keep(MappedFile file, const OpenedVectors& vectors) {
  kept_.push_back({std::move(file), vectors});
}

}  // namespace wordkin::cli
