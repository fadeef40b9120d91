// Never compiled: scripts/check-layers must refuse this folder.
#pragma once
#include "query/vector_index.h"
