// The floor for a run that finds nothing to do: lstat each path of a list, read and SHA-256 each file, readlink each link.
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int count, char **arguments) {
    if (count != 2) return 64;
    FILE *list = fopen(arguments[1], "r");
    if (!list) return 1;
    static char line[4096], target[4096];
    static unsigned char buffer[1 << 20], digest[32];
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    unsigned long seen = 0, sum = 0;
    while (fgets(line, sizeof line, list)) {
        line[strcspn(line, "\n")] = 0;
        struct stat status;
        if (lstat(line, &status) != 0) return 1;
        seen++;
        if (S_ISLNK(status.st_mode)) {
            sum += (unsigned long)readlink(line, target, sizeof target);
        } else if (S_ISREG(status.st_mode)) {
            int file = open(line, O_RDONLY);
            if (file < 0) return 1;
            EVP_DigestInit_ex(context, EVP_sha256(), NULL);
            ssize_t got;
            while ((got = read(file, buffer, sizeof buffer)) > 0) EVP_DigestUpdate(context, buffer, (size_t)got);
            close(file);
            EVP_DigestFinal_ex(context, digest, NULL);
            sum += digest[0];
        }
    }
    printf("%lu paths, %lu\n", seen, sum);
    return 0;
}
