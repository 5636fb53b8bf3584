#ifndef MILLWRIGHT_CLIBCURL_H
#define MILLWRIGHT_CLIBCURL_H

// libcurl's types, and those of its functions that we call, under their own names with `mw_` before them.
//
// The library is opened when the first transfer asks for it. It brings some thirty libraries of its own, which cost
// every start 3 ms although most runs of the tool never touch a network; and a node without it can still be audited.
// setopt and getinfo are variadic, which Swift does not import: they come as one plain function for each kind of value.

#include <curl/curl.h>

/// Opens libcurl and sets it up. NULL if that went well; else why not. To be called, once, before everything below.
const char *mw_curl_open(void);

CURL *mw_curl_easy_init(void);
void mw_curl_easy_cleanup(CURL *handle);
CURLcode mw_curl_easy_perform(CURL *handle);
const char *mw_curl_easy_strerror(CURLcode code);
struct curl_slist *mw_curl_slist_append(struct curl_slist *list, const char *text);
void mw_curl_slist_free_all(struct curl_slist *list);
time_t mw_curl_getdate(const char *text);

CURLcode mw_curl_set_long(CURL *handle, CURLoption option, long value);
CURLcode mw_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value);
CURLcode mw_curl_set_string(CURL *handle, CURLoption option, const char *value);
CURLcode mw_curl_set_pointer(CURL *handle, CURLoption option, void *value);
CURLcode mw_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value);
CURLcode mw_curl_set_write(CURL *handle, CURLoption option, curl_write_callback function);
CURLcode mw_curl_set_progress(CURL *handle, curl_xferinfo_callback function);
CURLcode mw_curl_get_long(CURL *handle, CURLINFO info, long *value);
CURLcode mw_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value);

#endif
