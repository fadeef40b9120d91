#include "cli/evaluation/text_table.h"

#include <algorithm>

#include "cli/console.h"
#include "cli/evaluation/evaluation_figures.h"

namespace wordkin::cli {

std::size_t TextTable::Width(std::size_t column) const {
  std::size_t width = columns_[column].heading.size();
  for (const auto& row : rows_) width = std::max(width, row[column].size());
  return width;
}

std::string TextTable::Line(const std::vector<std::string>& cells) const {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::size_t width = Width(i);
    line +=
        "  " + (columns_[i].is_text ? AlignedLeft(cells[i], width) : AlignedRight(cells[i], width));
  }
  return line.substr(0, line.find_last_not_of(' ') + 1);
}

std::string TextTable::Text(const Console& console) const {
  std::vector<std::string> headings;
  for (const Column& column : columns_) headings.push_back(column.heading);
  std::string text = console.Dim(Line(headings)) + "\n";
  for (const auto& row : rows_) text += Line(row) + "\n";
  return text;
}

}  // namespace wordkin::cli
