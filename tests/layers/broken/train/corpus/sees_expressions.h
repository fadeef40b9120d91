// Never compiled: scripts/check-layers must refuse this folder.
#pragma once
#include <re2/re2.h>
