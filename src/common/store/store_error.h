#pragma once

#include <string>
#include <string_view>

#include "common/store/store_format.h"
#include "common/support/error.h"

namespace wordkin {

// kDamaged: "'v.kin' is damaged: REASON (restore the file from a copy)".
Error DamagedStore(const std::string& path, std::string_view reason);

// The same with the reason "section NAME" + ' ' + 'reason'.
Error DamagedSection(const std::string& path, SectionKind kind, std::string_view reason);

// kDamaged for a file that is whole but of a kind only a later version reads.
Error NewerStore(const std::string& path, std::string_view reason);

// "section scan-plane"; an unknown kind by its number: "section 99".
std::string NameSection(SectionKind kind);

}  // namespace wordkin
