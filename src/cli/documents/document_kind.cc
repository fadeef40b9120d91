#include "cli/documents/document_kind.h"

namespace wordkin::cli {

std::string_view FormName(DocumentForm form) {
  switch (form) {
    case DocumentForm::kLines:
      return "lines";
    case DocumentForm::kFiles:
      return "files";
    case DocumentForm::kJsonLines:
      break;
  }
  return "jsonl";
}

}  // namespace wordkin::cli
