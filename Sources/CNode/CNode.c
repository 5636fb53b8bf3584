#define _GNU_SOURCE
#include "CNode.h"

#include <linux/ethtool.h>
#include <linux/nvme_ioctl.h>
#include <linux/openat2.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timex.h>

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

int mw_nvme_read(int controller, uint8_t opcode, uint32_t namespace_id, uint32_t first, uint32_t second, void *bytes,
                 uint32_t size) {
    struct nvme_admin_cmd command;
    memset(&command, 0, sizeof command);
    command.opcode = opcode;
    command.nsid = namespace_id;
    command.addr = (uint64_t)(uintptr_t)bytes;
    command.data_len = size;
    command.cdw10 = first;
    command.cdw11 = second;
    // The kernel's own time limit: it resets a drive whose admin command takes longer than is asked for here.
    return ioctl(controller, NVME_IOCTL_ADMIN_CMD, &command);
}

int mw_interface_firmware(const char *name, char *text, uint32_t size) {
    struct ethtool_drvinfo info = {.cmd = ETHTOOL_GDRVINFO};
    struct ifreq request;
    memset(&request, 0, sizeof request);
    if (strlen(name) >= sizeof request.ifr_name || size == 0) {
        errno = ENAMETOOLONG;
        return -1;
    }
    strcpy(request.ifr_name, name);
    request.ifr_data = (char *)&info;
    int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    int result = ioctl(descriptor, SIOCETHTOOL, &request);
    int number = errno;
    close(descriptor);
    errno = number;
    if (result < 0) return -1;
    size_t length = strnlen(info.fw_version, sizeof info.fw_version);
    if (length >= size) length = size - 1;
    memcpy(text, info.fw_version, length);
    text[length] = 0;
    return 0;
}

int mw_kernel_log(char *text, int size) { return klogctl(3, text, size); }

int mw_kernel_log_size(void) { return klogctl(10, NULL, 0); }

int mw_clock_state(int *is_synchronised, int64_t *offset, int64_t *error) {
    struct timex state = {.modes = 0};
    int answer = adjtimex(&state);
    if (answer < 0) return -1;
    *is_synchronised = (state.status & STA_UNSYNC) == 0 && answer != TIME_ERROR;
    *offset = (state.status & STA_NANO) ? state.offset / 1000 : state.offset;
    *error = state.maxerror;
    return 0;
}
