#ifndef MILLWRIGHT_CNODE_H
#define MILLWRIGHT_CNODE_H

// Linux calls that glibc of Ubuntu 22.04 does not wrap, or wraps as variadics, as plain functions.
// Each returns -1 and sets errno on failure, as the call itself does.

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/// An NVMe admin command that reads: `bytes` of answer, below 4 KiB, from an open controller. Returns the drive's status: 0
/// when all is well, above 0 as NVMe defines it, -1 with errno where the kernel refused.
int mw_nvme_read(int controller, uint8_t opcode, uint32_t namespace_id, uint32_t first, uint32_t second, void *bytes, uint32_t size);

/// The firmware of a network interface as its driver tells it (ETHTOOL_GDRVINFO): 0, or -1 with errno.
int mw_interface_firmware(const char *name, char *text, uint32_t size);

/// The kernel's log, as much as its buffer holds: how many bytes, or -1 with errno. syslog(2)'s action 3.
int mw_kernel_log(char *text, int size);

/// How many bytes that buffer has, or -1 with errno.
int mw_kernel_log_size(void);

/// The state of the clock (adjtimex(2), which changes nothing here): 0, or -1 with errno. Offset and error in microseconds.
int mw_clock_state(int *is_synchronised, int64_t *offset, int64_t *error);

/// From now on the first SIGINT, SIGTERM or SIGHUP is only noted; the next one ends the process.
void mw_note_interrupts(void);

/// Whether one has come since.
int mw_was_interrupted(void);

/// O_PATH, which Swift does not see because glibc shows it with _GNU_SOURCE only.
extern const int mw_o_path;

/// syncfs(2): writes back the whole file system that the descriptor's file is on.
int mw_sync_file_system(int descriptor);

/// openat2(2) with RESOLVE_IN_ROOT: `path` is looked up as if `root` were "/", links included; magic links are refused.
int mw_open_in_root(int root, const char *path, int flags, unsigned int mode);

/// openat2(2) with RESOLVE_BENEATH, RESOLVE_NO_SYMLINKS and RESOLVE_NO_MAGICLINKS: for writing what an archive names.
int mw_open_beneath(int directory, const char *path, int flags, unsigned int mode);

/// The same, and on one file system: EXDEV where something is mounted on the way.
int mw_open_beneath_same_device(int directory, const char *path, int flags);

/// renameat2(2) with RENAME_EXCHANGE: swaps two names in one step.
int mw_exchange(int old_directory, const char *old_path, int new_directory, const char *new_path);

/// renameat2(2) with RENAME_NOREPLACE: fails with EEXIST where the new name is taken.
int mw_rename_no_replace(int old_directory, const char *old_path, int new_directory, const char *new_path);

/// An exclusive, non-blocking open-file-description lock over the whole file (F_OFD_SETLK).
int mw_lock_exclusive(int descriptor);

/// Lets go of that lock, also where a child that has not yet come to its exec still has the description open.
int mw_unlock(int descriptor);

/// Duplicates with O_CLOEXEC set.
int mw_duplicate(int descriptor);

/// ioctl(TIOCGWINSZ), which is variadic.
int mw_terminal_size(int descriptor, struct winsize *size);

/// The descriptor a directory stream reads from is owned by the stream.
DIR *mw_open_directory_stream(int descriptor);

#endif
