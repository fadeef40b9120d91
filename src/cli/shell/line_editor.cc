#include "cli/shell/line_editor.h"

#include <histedit.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <cstdio>
#include <utility>

#include "common/support/error.h"
#include "common/text/utf8.h"

namespace wordkin::cli {
namespace {

// Stands around what the terminal does not show of the prompt.
constexpr char kUnseen = '\1';
constexpr std::size_t kMostCandidatesShown = 100;

// Escape sequences between two kUnseen.
std::string MarkUnseen(const std::string& prompt) {
  std::string marked;
  bool is_unseen = false;
  for (const char character : prompt) {
    if (character == '\x1b') marked += kUnseen;
    is_unseen |= character == '\x1b';
    marked += character;
    if (is_unseen && character == 'm') {
      marked += kUnseen;
      is_unseen = false;
    }
  }
  return marked;
}

std::size_t CharacterCount(std::string_view text) { return ToCodePoints(text).size(); }

// Candidates beside each other, in lines of 80 columns.
std::string ShownTogether(const std::vector<std::string>& candidates) {
  std::string text = "\n";
  std::size_t column = 0;
  for (std::size_t i = 0; i < std::min(candidates.size(), kMostCandidatesShown); ++i) {
    const std::size_t width = CharacterCount(candidates[i]);
    if (column > 0) {
      const bool fits = column + 2 + width <= 80;
      text += fits ? "  " : "\n";
      column = fits ? column + 2 : 0;
    }
    text += candidates[i];
    column += width;
  }
  if (candidates.size() > kMostCandidatesShown) {
    text += "\n... and " + std::to_string(candidates.size() - kMostCandidatesShown) + " more";
  }
  return text + "\n";
}

}  // namespace

// libedit's two objects, and the functions that it calls.
class LineEditor::Terminal {
 public:
  Terminal(int descriptor, const std::string& prompt, HistoryFile file, Completer completer)
      : input_(::fdopen(::dup(descriptor), "r")),
        prompt_(MarkUnseen(prompt)),
        file_(std::move(file)),
        completer_(std::move(completer)) {
    if (input_ == nullptr) throw SystemError("cannot read the terminal", errno);
    // libedit shows what the locale has; Wordkin's words are UTF-8 whatever that is.
    if (std::setlocale(LC_CTYPE, "C.UTF-8") == nullptr) std::setlocale(LC_CTYPE, "");
    line_ = ::el_init("wordkin", input_, stdout, stderr);
    history_ = ::history_init();
    if (line_ == nullptr || history_ == nullptr) {
      Release();
      throw Error(ErrorKind::kInputOutput, "cannot read the terminal: it cannot be set up");
    }
    SetUpHistory();
    SetUpKeys();
  }
  ~Terminal() { Release(); }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  std::optional<std::string> ReadLine() {
    is_cancelled_ = false;
    // Before the prompt, or a key that comes with it is still the signal that it was.
    ::el_set(line_, EL_PREP_TERM, 1);
    int count = 0;
    const char* const text = ::el_gets(line_, &count);
    if (is_cancelled_) return "";
    if (text == nullptr || count <= 0) return std::nullopt;
    std::string line(text, static_cast<std::size_t>(count));
    while (line.ends_with('\n') || line.ends_with('\r')) line.pop_back();
    Remember(std::string(TrimWhitespace(line)));
    return line;
  }

 private:
  static Terminal& Of(EditLine* line) {
    void* self = nullptr;
    ::el_get(line, EL_CLIENTDATA, &self);
    return *static_cast<Terminal*>(self);
  }
  static char* Prompt(EditLine* line) { return Of(line).prompt_.data(); }
  static unsigned char OnTab(EditLine* line, int) { return Of(line).Complete(); }
  static unsigned char OnCancel(EditLine* line, int) { return Of(line).Cancel(); }
  static unsigned char OnSuspend(EditLine* line, int) { return Of(line).Suspend(); }

  void SetUpHistory() {
    HistEvent event;
    ::history(history_, &event, H_SETSIZE, static_cast<int>(HistoryFile::kMostLines));
    ::history(history_, &event, H_SETUNIQUE, 1);
    for (const std::string& each : file_.Read()) ::history(history_, &event, H_ENTER, each.c_str());
    ::el_set(line_, EL_HIST, ::history, history_);
  }

  void SetUpKeys() {
    ::el_set(line_, EL_CLIENTDATA, this);
    ::el_set(line_, EL_PROMPT_ESC, Prompt, kUnseen);
    ::el_set(line_, EL_EDITOR, "emacs");
    ::el_set(line_, EL_SIGNAL, 1);
    ::el_source(line_, nullptr);
    // Keys in place of signals: what they interrupt is the line alone.
    ::el_set(line_, EL_SETTY, "-d", "-isig", nullptr);
    Bind(L"wordkin-complete", L"complete what stands before the cursor", OnTab, L"^I");
    Bind(L"wordkin-cancel", L"leave this line and begin another", OnCancel, L"^C");
    Bind(L"wordkin-suspend", L"stop the program until it is continued", OnSuspend, L"^Z");
    ::el_set(line_, EL_BIND, "^R", "em-inc-search-prev", nullptr);
  }

  // Wide texts, which live as long as the program: of others libedit makes copies that it loses.
  void Bind(const wchar_t* name, const wchar_t* purpose, unsigned char (*function)(EditLine*, int),
            const wchar_t* key) {
    ::el_wset(line_, EL_ADDFN, name, purpose, function);
    ::el_wset(line_, EL_BIND, key, name, nullptr);
  }

  unsigned char Complete() {
    const LineInfo* const info = ::el_line(line_);
    const std::string_view before(info->buffer,
                                  static_cast<std::size_t>(info->cursor - info->buffer));
    const std::string_view::size_type size = before.size();
    const LineCompletion completion = completer_(before);
    if (completion.begin > size) return CC_ERROR;
    const std::string replaced(before.substr(completion.begin));
    if (!completion.shown.empty()) {
      std::fputs(ShownTogether(completion.shown).c_str(), stdout);
      return CC_REDISPLAY;
    }
    if (completion.replacement == replaced) return CC_REFRESH_BEEP;
    ::el_deletestr(line_, static_cast<int>(CharacterCount(replaced)));
    return ::el_insertstr(line_, completion.replacement.c_str()) == 0 ? CC_REFRESH : CC_ERROR;
  }

  unsigned char Cancel() {
    is_cancelled_ = true;
    std::fputs("^C\n", stdout);
    return CC_EOF;
  }

  unsigned char Suspend() {
    ::el_set(line_, EL_PREP_TERM, 0);
    ::raise(SIGTSTP);
    ::el_set(line_, EL_PREP_TERM, 1);
    return CC_REDISPLAY;
  }

  void Remember(const std::string& line) {
    if (line.empty()) return;
    HistEvent event;
    ::history(history_, &event, H_ENTER, line.c_str());
    file_.Add(line);
  }

  void Release() {
    if (line_ != nullptr) ::el_end(line_);
    if (history_ != nullptr) ::history_end(history_);
    std::fclose(input_);
  }

  std::FILE* input_;
  std::string prompt_;
  HistoryFile file_;
  Completer completer_;
  EditLine* line_ = nullptr;
  History* history_ = nullptr;
  bool is_cancelled_ = false;
};

LineEditor::LineEditor(int descriptor, const std::string& prompt, HistoryFile history,
                       Completer completer)
    : terminal_(std::make_unique<Terminal>(descriptor, prompt, std::move(history),
                                           std::move(completer))) {}

LineEditor::~LineEditor() = default;

std::optional<std::string> LineEditor::ReadLine() { return terminal_->ReadLine(); }

}  // namespace wordkin::cli
