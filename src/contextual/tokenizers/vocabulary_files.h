#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "contextual/tokenizers/piece_list.h"
#include "contextual/tokenizers/tokenizer.h"

namespace wordkin::contextual {

// The pieces of a vocab.txt, one a line, numbered from 0; blank lines at the end are none. White
// space at a line's end does not count. Throws kDamaged naming the line for an empty one and for
// ill-formed UTF-8.
PieceList<std::int32_t> ParsePieceLines(std::string_view text, const std::string& name);

// The merges of a merges.txt: "left right" a line, after a line "#version" if there is one. Values
// are the bytes of the left piece. Throws kDamaged naming the line.
PieceList<std::uint32_t> ParseMergeLines(std::string_view text, const std::string& name);

// From vocab.txt, as BERT's own tokenizer reads it; tokenizer_config.json says about case, accents
// and special tokens.
std::unique_ptr<const Tokenizer> ReadBertTokenizer(const std::string& folder);

// From vocab.json and merges.txt: RoBERTa's when the vocabulary has <s> and </s>, else GPT-2's;
// tokenizer_config.json says about special tokens and the blank before the text.
std::unique_ptr<const Tokenizer> ReadByteLevelTokenizer(const std::string& folder);

}  // namespace wordkin::contextual
