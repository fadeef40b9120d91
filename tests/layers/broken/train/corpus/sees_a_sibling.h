// Never compiled: scripts/check-layers must refuse this folder.
#pragma once
#include "query/search/vector_index.h"
