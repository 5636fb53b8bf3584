#define _GNU_SOURCE
#include "CNode.h"

#include <linux/openat2.h>
#include <string.h>
#include <sys/syscall.h>

static int open_how(int directory, const char *path, int flags, unsigned int mode, uint64_t resolve) {
    struct open_how how;
    memset(&how, 0, sizeof how);
    how.flags = (uint64_t)(unsigned int)(flags | O_CLOEXEC);
    how.mode = (flags & (O_CREAT | __O_TMPFILE)) ? mode : 0;
    how.resolve = resolve;
    long result;
    // openat2 answers EAGAIN when a rename elsewhere raced with its lookup: the call is to be tried again.
    int tries = 0;
    do {
        result = syscall(SYS_openat2, directory, path, &how, sizeof how);
    } while (result < 0 && (errno == EINTR || (errno == EAGAIN && ++tries < 64)));
    return (int)result;
}

int mw_open_in_root(int root, const char *path, int flags, unsigned int mode) {
    return open_how(root, path, flags, mode, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
}

int mw_open_beneath(int directory, const char *path, int flags, unsigned int mode) {
    return open_how(directory, path, flags, mode, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS);
}

int mw_open_beneath_same_device(int directory, const char *path, int flags) {
    uint64_t resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV;
    return open_how(directory, path, flags, 0, resolve);
}

int mw_exchange(int old_directory, const char *old_path, int new_directory, const char *new_path) {
    return (int)syscall(SYS_renameat2, old_directory, old_path, new_directory, new_path, 2u /* RENAME_EXCHANGE */);
}

int mw_rename_no_replace(int old_directory, const char *old_path, int new_directory, const char *new_path) {
    return (int)syscall(SYS_renameat2, old_directory, old_path, new_directory, new_path, 1u /* RENAME_NOREPLACE */);
}

int mw_lock_exclusive(int descriptor) {
    struct flock lock;
    memset(&lock, 0, sizeof lock);
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return fcntl(descriptor, F_OFD_SETLK, &lock);
}

int mw_unlock(int descriptor) {
    struct flock lock;
    memset(&lock, 0, sizeof lock);
    lock.l_type = F_UNLCK;
    return fcntl(descriptor, F_OFD_SETLK, &lock);
}

int mw_duplicate(int descriptor) {
    return fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
}

DIR *mw_open_directory_stream(int descriptor) {
    return fdopendir(descriptor);
}

const int mw_o_path = O_PATH;

int mw_sync_file_system(int descriptor) {
    return syncfs(descriptor);
}

int mw_terminal_size(int descriptor, struct winsize *size) {
    return ioctl(descriptor, TIOCGWINSZ, size);
}

static volatile sig_atomic_t interrupted = 0;

static void note_interrupt(int number) {
    interrupted = 1;
    signal(number, SIG_DFL);
}

void mw_note_interrupts(void) {
    struct sigaction action = {.sa_handler = note_interrupt, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

int mw_was_interrupted(void) { return interrupted; }
