#pragma once

#include <string>
#include <vector>

namespace wordkin::cli {

class Console;

// Columns as wide as their widest cell, two blanks apart, each line indented by two.
class TextTable {
 public:
  struct Column {
    std::string heading;
    bool is_text = false;  // aligned left; numbers are aligned right
  };
  explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // As many cells as columns; a byte is taken for one place.
  void Add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  // With its headings, which the console dims.
  std::string Text(const Console& console) const;

 private:
  std::string Line(const std::vector<std::string>& cells) const;
  std::size_t Width(std::size_t column) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace wordkin::cli
