#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

// libarchive turns names into the thread's character set and back: in the plain C locale those outside ASCII get lost.

/// A locale whose characters are UTF-8; NULL where the machine has none.
static inline locale_t mw_utf8_locale(void) {
    return newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}
