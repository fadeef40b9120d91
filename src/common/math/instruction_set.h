#pragma once

#include <string>
#include <vector>

namespace wordkin {

// The kernels are compiled for several instruction sets, and the best one that the processor has
// is chosen when the program starts. Names, best first on x86-64: "avx512vnni", "avx512", "avx2",
// "sse4", "ssse3"; on Arm "neon"; everywhere "scalar".

// The name of the set in use.
std::string ActiveInstructionSet();

// The sets that this program and this processor both have, best first.
std::vector<std::string> AvailableInstructionSets();

// Uses 'name' from now on; must be called before other threads run kernels. Throws kUsage when the
// name is unknown or not available, naming those that are.
void UseInstructionSet(const std::string& name);

// Obeys the variable WORDKIN_INSTRUCTION_SET when it is set and not empty.
void UseInstructionSetFromEnvironment();

}  // namespace wordkin
