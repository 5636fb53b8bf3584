// OpenSSL's own speed: SHA-256 through EVP over a buffer of 1 MiB, as many times as told. Prints bytes a second.
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int main(int count, char **arguments) {
    long mebibytes = count > 1 ? atol(arguments[1]) : 256;
    static unsigned char buffer[1 << 20], digest[32];
    memset(buffer, 0xA5, sizeof buffer);
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_DigestInit_ex(context, EVP_sha256(), NULL);
    for (long i = 0; i < mebibytes; i++) EVP_DigestUpdate(context, buffer, sizeof buffer);
    EVP_DigestFinal_ex(context, digest, NULL);
    clock_gettime(CLOCK_MONOTONIC, &to);
    double seconds = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
    printf("%.0f %02x%02x\n", (double)mebibytes * 1048576.0 / seconds, digest[0], digest[1]);
    return 0;
}
