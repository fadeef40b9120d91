#pragma once

#include <string_view>

#include "common/formats/buffered_output.h"
#include "common/formats/read_options.h"
#include "common/formats/vector_file.h"
#include "common/store/embedding_store.h"
#include "common/store/embedding_table.h"

namespace wordkin {

// finalfusion's files (.fifu, version 0): a simple vocabulary and a float32 matrix, whose rows are
// multiplied by their lengths when the file has these. Metadata is passed over; vocabularies with
// subwords and quantised matrices are refused. Written as that project does: rows of length one,
// and their lengths, so that a value may come back different in its last bit. Contracts as in
// vector_format.h.
bool LooksLikeFinalfusion(std::string_view first_bytes);
EmbeddingTable ReadFinalfusion(const VectorFile& file, const ReadOptions& options,
                               SkippedRows& skipped);
// Throws kUsage for a row whose length no float32 holds.
void WriteFinalfusion(BufferedOutput& output, const EmbeddingStore& store);

}  // namespace wordkin
