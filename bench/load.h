/* The loader's modes. Each runs to its end on one epoll loop and prints `name value` lines. */
#ifndef BENCH_LOAD_H
#define BENCH_LOAD_H

#include <stdbool.h>
#include <stdint.h>

struct load {
    int lmtp_port, imap_port, http_port;
    bool is_secure;
    uint32_t connections, users;
    uint64_t messages;
    const char *kind;       /* of bodies */
    const char *address;    /* with %u for the user's number: "u%u@bench.example" */
    const char *password;
    const char *acked;      /* file that gets each acknowledged message's number, or NULL */
    uint64_t first;         /* number of the first message */
    const char *path;       /* HTTP */
    const char *cookie;
    const char *host;
    int word_count;         /* IMAP commands of mode `run` */
    char **words;
};

void load_lmtp(const struct load *load);
void load_idle(const struct load *load);
void load_run(const struct load *load);
void load_http(const struct load *load);

#endif
