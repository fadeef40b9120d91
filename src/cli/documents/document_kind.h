#pragma once

#include <string>
#include <string_view>

namespace wordkin::cli {

// What of the inputs is a document, and what its id.
enum class DocumentForm {
  kLines,      // a line; its number
  kFiles,      // a file; its path
  kJsonLines,  // a field of a JSON object a line; another field
};

inline constexpr DocumentForm kDocumentForms[] = {DocumentForm::kLines, DocumentForm::kFiles,
                                                  DocumentForm::kJsonLines};

// "lines", "files", "jsonl": as the command line spells it.
std::string_view FormName(DocumentForm form);

struct DocumentKind {
  DocumentForm form = DocumentForm::kLines;
  std::string id_field = "id", text_field = "text";  // of kJsonLines
};

}  // namespace wordkin::cli
