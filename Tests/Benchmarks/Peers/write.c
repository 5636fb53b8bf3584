// The floor for a first run: make each directory and link, write each file and fsync it. Lines of the list: `d PATH`,
// `l PATH TARGET`, `f PATH SOURCE`, below the directory given first.
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int count, char **arguments) {
    if (count != 3 || chdir(arguments[1]) != 0) return 64;
    FILE *list = fopen(arguments[2], "r");
    if (!list) return 1;
    static char line[8192], buffer[1 << 20];
    while (fgets(line, sizeof line, list)) {
        char kind[2], path[4096], other[4096] = "";
        if (sscanf(line, "%1s %4095s %4095s", kind, path, other) < 2) return 1;
        if (kind[0] == 'd') {
            if (mkdir(path, 0755) != 0) return 1;
        } else if (kind[0] == 'l') {
            if (symlink(other, path) != 0) return 1;
        } else {
            int from = open(other, O_RDONLY), to = open(path, O_WRONLY | O_CREAT | O_EXCL, 0644);
            if (from < 0 || to < 0) return 1;
            ssize_t got;
            while ((got = read(from, buffer, sizeof buffer)) > 0)
                if (write(to, buffer, (size_t)got) != got) return 1;
            if (fsync(to) != 0) return 1;
            close(from);
            close(to);
        }
    }
    return 0;
}
