#include "cli/left_behind.h"

#include <string>

#include "cli/answers/search_choice.h"

namespace wordkin::cli {

void TellWhatIsLeftBehind(const EmbeddingStore& store, Console& console) {
  const std::string& input = store.path();
  if (HasGraph(store)) {
    console.Note("the graph of " + input + " is not carried over; 'wordkin index' makes a new one");
  }
  if (store.texts() != nullptr) console.Note(TextsLeftBehind(input));
  if (!store.ReadTrainingState().empty()) {
    console.Note("where training stood is not carried over; 'wordkin train --resume " + input +
                 "' goes on from there");
  } else if (!store.output_rows().empty() || !store.word_rows().empty()) {
    console.Note(
        "rows that only training needs are not carried over; 'wordkin train "
        "--continue-from " +
        input + "' has them");
  }
}

std::string TextsLeftBehind(const std::string& path) {
  return "the texts of " + path +
         " are not carried over, and so 'wordkin search' cannot ask the new file";
}

}  // namespace wordkin::cli
