#ifndef MILLWRIGHT_CLIBARCHIVE_H
#define MILLWRIGHT_CLIBARCHIVE_H

// libarchive's types, and those of its functions that we call, under their own names with `mw_` before them.
//
// The library is opened when the first archive is: it brings ICU's 35 MB and a dozen more, which cost every start 1 ms.

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

/// Opens libarchive. NULL if that went well; else why not. To be called, once, before everything below.
const char *mw_archive_open(void);

struct archive *mw_archive_read_new(void);
int mw_archive_read_free(struct archive *handle);
int mw_archive_read_support_format_tar(struct archive *handle);
int mw_archive_read_support_format_zip_seekable(struct archive *handle);
int mw_archive_read_support_filter_gzip(struct archive *handle);
int mw_archive_read_support_filter_xz(struct archive *handle);
int mw_archive_read_support_filter_zstd(struct archive *handle);
int mw_archive_read_set_callback_data(struct archive *handle, void *data);
int mw_archive_read_set_read_callback(struct archive *handle, archive_read_callback *function);
int mw_archive_read_set_skip_callback(struct archive *handle, archive_skip_callback *function);
int mw_archive_read_set_seek_callback(struct archive *handle, archive_seek_callback *function);
int mw_archive_read_open1(struct archive *handle);
int mw_archive_read_next_header(struct archive *handle, struct archive_entry **entry);
ssize_t mw_archive_read_data(struct archive *handle, void *buffer, size_t count);
const char *mw_archive_error_string(struct archive *handle);
int mw_archive_file_count(struct archive *handle);

const char *mw_archive_entry_pathname(struct archive_entry *entry);
const char *mw_archive_entry_pathname_utf8(struct archive_entry *entry);
const char *mw_archive_entry_hardlink(struct archive_entry *entry);
const char *mw_archive_entry_hardlink_utf8(struct archive_entry *entry);
const char *mw_archive_entry_symlink(struct archive_entry *entry);
const char *mw_archive_entry_symlink_utf8(struct archive_entry *entry);
mode_t mw_archive_entry_filetype(struct archive_entry *entry);
mode_t mw_archive_entry_perm(struct archive_entry *entry);
la_int64_t mw_archive_entry_size(struct archive_entry *entry);
int mw_archive_entry_size_is_set(struct archive_entry *entry);
int mw_archive_entry_is_encrypted(struct archive_entry *entry);

// libarchive turns names into the thread's character set and back: in the plain C locale those outside ASCII get lost.

/// A locale whose characters are UTF-8; NULL where the machine has none.
static inline locale_t mw_utf8_locale(void) {
    return newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

#endif
