#pragma once

namespace wordkin {

// Throws kUsage, naming 'option' as the command line spells it, when 'value' is below 'least',
// above 'most' or NaN.
void CheckRange(const char* option, double value, double least, double most);

}  // namespace wordkin
