#pragma once

#include <cstddef>
#include <string>

#include "common/store/embedding_table.h"
#include "common/store/section_writer.h"
#include "common/store/store_format.h"

namespace wordkin {

// Throws kDamaged when a value is not finite and kInternal for a table that breaks its contract;
// the message names 'path', which is to be written.
void CheckSubwordTable(const SubwordTable& table, std::size_t dimension, const std::string& path);

// All the sections of a checked table, those that IsRequired asks for.
void WriteSubwordSections(SectionWriter& sections, const SubwordTable& table, Precision precision);

}  // namespace wordkin
