/* load: the loader of bench/mail. One thread, one epoll loop, nothing allocated while it measures.
 *   load lmtp --lmtp PORT --connections N --users N --messages N --kind small|town [--acked FILE] [--first N]
 *   load idle --imap PORT --lmtp PORT --connections N --users N --messages PUSHES [--tls]
 *   load run  --imap PORT COMMAND...          times each command of one session
 *   load http --http PORT --host H --path P --cookie C --connections N --messages N
 * `--address` is a pattern with one %u (default u%u@bench.example), `--password` that of every account. */
#include "load.h"
#include "wire.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static void set(struct load *load, const char *name, char *value)
{
    if (strcmp(name, "--lmtp") == 0)
        load->lmtp_port = atoi(value);
    else if (strcmp(name, "--imap") == 0)
        load->imap_port = atoi(value);
    else if (strcmp(name, "--http") == 0)
        load->http_port = atoi(value);
    else if (strcmp(name, "--connections") == 0)
        load->connections = (uint32_t)strtoul(value, NULL, 10);
    else if (strcmp(name, "--users") == 0)
        load->users = (uint32_t)strtoul(value, NULL, 10);
    else if (strcmp(name, "--messages") == 0)
        load->messages = strtoull(value, NULL, 10);
    else if (strcmp(name, "--first") == 0)
        load->first = strtoull(value, NULL, 10);
    else if (strcmp(name, "--kind") == 0)
        load->kind = value;
    else if (strcmp(name, "--address") == 0)
        load->address = value;
    else if (strcmp(name, "--password") == 0)
        load->password = value;
    else if (strcmp(name, "--acked") == 0)
        load->acked = value;
    else if (strcmp(name, "--path") == 0)
        load->path = value;
    else if (strcmp(name, "--cookie") == 0)
        load->cookie = value;
    else if (strcmp(name, "--host") == 0)
        load->host = value;
    else
        die("unknown word %s", name);
}

int main(int count, char **words)
{
    struct load load = {.connections = 1,
                        .users = 1,
                        .messages = 1,
                        .kind = "small",
                        .address = "u%u@bench.example",
                        .password = "secret",
                        .path = "/",
                        .cookie = "",
                        .host = "localhost"};
    if (count < 2)
        die("which mode? lmtp, idle, run, http");
    int at = 2;
    while (at < count && strncmp(words[at], "--", 2) == 0) {
        if (strcmp(words[at], "--tls") == 0) {
            load.is_secure = true;
            at++;
            continue;
        }
        if (at + 1 == count)
            die("%s needs a value", words[at]);
        set(&load, words[at], words[at + 1]);
        at += 2;
    }
    load.words = words + at;
    load.word_count = count - at;
    signal(SIGPIPE, SIG_IGN);
    struct rlimit files = {65536, 65536};
    setrlimit(RLIMIT_NOFILE, &files);

    if (strcmp(words[1], "lmtp") == 0)
        load_lmtp(&load);
    else if (strcmp(words[1], "idle") == 0)
        load_idle(&load);
    else if (strcmp(words[1], "run") == 0)
        load_run(&load);
    else if (strcmp(words[1], "http") == 0)
        load_http(&load);
    else
        die("unknown mode %s", words[1]);
    return 0;
}
