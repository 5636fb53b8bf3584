#include "CLibArchive.h"

#include <dlfcn.h>
#include <stddef.h>

#define FUNCTIONS(each)                                                                                                \
    each(archive_read_new) each(archive_read_free) each(archive_read_support_format_tar)                               \
    each(archive_read_support_format_zip_seekable) each(archive_read_support_filter_gzip)                              \
    each(archive_read_support_filter_xz) each(archive_read_support_filter_zstd) each(archive_read_set_callback_data)   \
    each(archive_read_set_read_callback) each(archive_read_set_skip_callback) each(archive_read_set_seek_callback)     \
    each(archive_read_open1) each(archive_read_next_header) each(archive_read_data) each(archive_error_string)         \
    each(archive_file_count) each(archive_entry_pathname) each(archive_entry_pathname_utf8)                            \
    each(archive_entry_hardlink) each(archive_entry_hardlink_utf8) each(archive_entry_symlink)                         \
    each(archive_entry_symlink_utf8) each(archive_entry_filetype) each(archive_entry_perm) each(archive_entry_size)    \
    each(archive_entry_size_is_set) each(archive_entry_is_encrypted)

#define MEMBER(name) __typeof__(&name) name;
static struct {
    FUNCTIONS(MEMBER)
} library;

#define LOOK_UP(name)                                                                                                  \
    library.name = (__typeof__(&name))dlsym(opened, #name);                                                            \
    if (!library.name) return "libarchive.so.13 has no " #name;

const char *mw_archive_open(void) {
    void *opened = dlopen("libarchive.so.13", RTLD_NOW | RTLD_LOCAL);
    if (!opened) return dlerror();
    FUNCTIONS(LOOK_UP)
    return NULL;
}

struct archive *mw_archive_read_new(void) { return library.archive_read_new(); }
int mw_archive_read_free(struct archive *handle) { return library.archive_read_free(handle); }

int mw_archive_read_support_format_tar(struct archive *handle) {
    return library.archive_read_support_format_tar(handle);
}

int mw_archive_read_support_format_zip_seekable(struct archive *handle) {
    return library.archive_read_support_format_zip_seekable(handle);
}

int mw_archive_read_support_filter_gzip(struct archive *handle) {
    return library.archive_read_support_filter_gzip(handle);
}

int mw_archive_read_support_filter_xz(struct archive *handle) { return library.archive_read_support_filter_xz(handle); }

int mw_archive_read_support_filter_zstd(struct archive *handle) {
    return library.archive_read_support_filter_zstd(handle);
}

int mw_archive_read_set_callback_data(struct archive *handle, void *data) {
    return library.archive_read_set_callback_data(handle, data);
}

int mw_archive_read_set_read_callback(struct archive *handle, archive_read_callback *function) {
    return library.archive_read_set_read_callback(handle, function);
}

int mw_archive_read_set_skip_callback(struct archive *handle, archive_skip_callback *function) {
    return library.archive_read_set_skip_callback(handle, function);
}

int mw_archive_read_set_seek_callback(struct archive *handle, archive_seek_callback *function) {
    return library.archive_read_set_seek_callback(handle, function);
}

int mw_archive_read_open1(struct archive *handle) { return library.archive_read_open1(handle); }

int mw_archive_read_next_header(struct archive *handle, struct archive_entry **entry) {
    return library.archive_read_next_header(handle, entry);
}

ssize_t mw_archive_read_data(struct archive *handle, void *buffer, size_t count) {
    return library.archive_read_data(handle, buffer, count);
}

const char *mw_archive_error_string(struct archive *handle) { return library.archive_error_string(handle); }
int mw_archive_file_count(struct archive *handle) { return library.archive_file_count(handle); }
const char *mw_archive_entry_pathname(struct archive_entry *entry) { return library.archive_entry_pathname(entry); }

const char *mw_archive_entry_pathname_utf8(struct archive_entry *entry) {
    return library.archive_entry_pathname_utf8(entry);
}

const char *mw_archive_entry_hardlink(struct archive_entry *entry) { return library.archive_entry_hardlink(entry); }

const char *mw_archive_entry_hardlink_utf8(struct archive_entry *entry) {
    return library.archive_entry_hardlink_utf8(entry);
}

const char *mw_archive_entry_symlink(struct archive_entry *entry) { return library.archive_entry_symlink(entry); }

const char *mw_archive_entry_symlink_utf8(struct archive_entry *entry) {
    return library.archive_entry_symlink_utf8(entry);
}

mode_t mw_archive_entry_filetype(struct archive_entry *entry) { return library.archive_entry_filetype(entry); }
mode_t mw_archive_entry_perm(struct archive_entry *entry) { return library.archive_entry_perm(entry); }
la_int64_t mw_archive_entry_size(struct archive_entry *entry) { return library.archive_entry_size(entry); }
int mw_archive_entry_size_is_set(struct archive_entry *entry) { return library.archive_entry_size_is_set(entry); }
int mw_archive_entry_is_encrypted(struct archive_entry *entry) { return library.archive_entry_is_encrypted(entry); }
