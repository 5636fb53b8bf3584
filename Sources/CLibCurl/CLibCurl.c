#include "CLibCurl.h"

#include <dlfcn.h>
#include <stddef.h>

// The type checked setopt of the header is a macro; the function behind it is what is looked up.
#undef curl_easy_setopt
#undef curl_easy_getinfo

#define FUNCTIONS(each)                                                                                                \
    each(curl_global_init) each(curl_easy_init) each(curl_easy_cleanup) each(curl_easy_perform)                        \
    each(curl_easy_strerror) each(curl_easy_setopt) each(curl_easy_getinfo) each(curl_slist_append)                    \
    each(curl_slist_free_all) each(curl_getdate)

#define MEMBER(name) __typeof__(&name) name;
static struct {
    FUNCTIONS(MEMBER)
} library;

#define LOOK_UP(name)                                                                                                  \
    library.name = (__typeof__(&name))dlsym(opened, #name);                                                            \
    if (!library.name) return "libcurl.so.4 has no " #name;

const char *mw_curl_open(void) {
    void *opened = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!opened) return dlerror();
    FUNCTIONS(LOOK_UP)
    return library.curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? NULL : "libcurl could not start";
}

CURL *mw_curl_easy_init(void) { return library.curl_easy_init(); }
void mw_curl_easy_cleanup(CURL *handle) { library.curl_easy_cleanup(handle); }
CURLcode mw_curl_easy_perform(CURL *handle) { return library.curl_easy_perform(handle); }
const char *mw_curl_easy_strerror(CURLcode code) { return library.curl_easy_strerror(code); }
time_t mw_curl_getdate(const char *text) { return library.curl_getdate(text, NULL); }
void mw_curl_slist_free_all(struct curl_slist *list) { library.curl_slist_free_all(list); }

struct curl_slist *mw_curl_slist_append(struct curl_slist *list, const char *text) {
    return library.curl_slist_append(list, text);
}

#define SET(name, type)                                                                                                \
    CURLcode name(CURL *handle, CURLoption option, type value) { return library.curl_easy_setopt(handle, option, value); }
SET(mw_curl_set_long, long)
SET(mw_curl_set_offset, curl_off_t)
SET(mw_curl_set_string, const char *)
SET(mw_curl_set_pointer, void *)
SET(mw_curl_set_list, struct curl_slist *)
SET(mw_curl_set_write, curl_write_callback)

CURLcode mw_curl_set_progress(CURL *handle, curl_xferinfo_callback function) {
    return library.curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, function);
}

CURLcode mw_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return library.curl_easy_getinfo(handle, info, value);
}

CURLcode mw_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
    return library.curl_easy_getinfo(handle, info, value);
}
