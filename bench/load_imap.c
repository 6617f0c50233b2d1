/* IMAP: many connections that only wait (and how soon they hear of new mail), or one that works (each command timed).
 * */
#include "body.h"
#include "load.h"
#include "sample.h"
#include "wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#define PUSH_WAIT_MS 2000

struct waiter {
    struct wire wire;
    int step; /* greeting, LOGIN, SELECT, IDLE, waiting */
    uint32_t user;
    uint64_t heard_ns;
};

struct idle {
    const struct load *load;
    struct waiter *waiters;
    struct wire *lmtp; /* its index in epoll is `connections` */
    int epoll;
    uint32_t waiting; /* how many have reached IDLE */
    int lmtp_replies;
    uint64_t accepted_ns;
};

static void waiter_hear(struct idle *idle, struct waiter *waiter, const char *line)
{
    if (waiter->step == 4) {
        if (strstr(line, " EXISTS") != NULL && waiter->heard_ns == 0)
            waiter->heard_ns = now_ns();
        return;
    }
    bool is_end = waiter->step == 0 || strncmp(line, "a ", 2) == 0 || line[0] == '+';
    if (!is_end)
        return;
    if (strncmp(line, "* OK", 4) != 0 && strncmp(line, "a OK", 4) != 0 && line[0] != '+')
        die("step %d: the server says: %s", waiter->step, line);
    waiter->step++;
    if (waiter->step == 1) {
        char address[128];
        snprintf(address, sizeof address, idle->load->address, waiter->user);
        wire_sayf(&waiter->wire, "a LOGIN %s %s\r\n", address, idle->load->password);
    } else if (waiter->step == 2)
        wire_sayf(&waiter->wire, "a SELECT INBOX\r\n");
    else if (waiter->step == 3)
        wire_sayf(&waiter->wire, "a IDLE\r\n");
    else
        idle->waiting++;
}

/* One round of the loop: false when nothing came within wait_ms. */
static bool idle_turn(struct idle *idle, int wait_ms)
{
    struct epoll_event events[256];
    int count = epoll_wait(idle->epoll, events, 256, wait_ms);
    for (int i = 0; i < count; i++) {
        uint32_t index = events[i].data.u32;
        uint64_t passed = 0;
        char *line;
        if (index == idle->load->connections) {
            wire_flush(idle->lmtp);
            while ((line = wire_line(idle->lmtp, &passed)) != NULL) {
                if (line[0] != '2' && line[0] != '3')
                    die("LMTP says: %s", line);
                idle->lmtp_replies += line[3] != '-';
                idle->accepted_ns = now_ns();
            }
            continue;
        }
        struct waiter *waiter = &idle->waiters[index];
        wire_flush(&waiter->wire);
        while ((line = wire_line(&waiter->wire, &passed)) != NULL)
            waiter_hear(idle, waiter, line);
    }
    return count > 0;
}

static void lmtp_until(struct idle *idle, int replies)
{
    while (idle->lmtp_replies < replies)
        if (!idle_turn(idle, 10000))
            die("LMTP is silent");
}

/* Opens in small groups: a listening queue is not what is measured. */
static void open_waiters(struct idle *idle)
{
    const struct load *load = idle->load;
    for (uint32_t i = 0; i < load->connections; i++) {
        idle->waiters[i].user = i % load->users;
        wire_open(&idle->waiters[i].wire, load->imap_port, load->is_secure, idle->epoll, i);
        while (i + 1 - idle->waiting >= 16)
            if (!idle_turn(idle, 30000))
                die("%u of %u wait; the next does not come", idle->waiting, load->connections);
    }
    while (idle->waiting < load->connections)
        if (!idle_turn(idle, 30000))
            die("%u of %u wait; the last do not come", idle->waiting, load->connections);
}

static bool all_heard(struct idle *idle, uint32_t user)
{
    for (uint32_t i = user; i < idle->load->connections; i += idle->load->users)
        if (idle->waiters[i].heard_ns == 0)
            return false;
    return true;
}

static void deliver(struct idle *idle, uint32_t user)
{
    static const char body[] = "Subject: Nouveau\r\nFrom: <sender@bench.example>\r\n\r\nBonjour\r\n.\r\n";
    char address[128];
    snprintf(address, sizeof address, idle->load->address, user);
    idle->lmtp_replies = 0;
    wire_sayf(idle->lmtp, "MAIL FROM:<sender@bench.example>\r\nRCPT TO:<%s>\r\nDATA\r\n", address);
    lmtp_until(idle, 3);
    wire_send(idle->lmtp, body, sizeof body - 1, NULL, 0);
    lmtp_until(idle, 4);
}

/* One delivery to a mailbox; the time from its 250 to each waiter's EXISTS (0 where that came first). */
static uint64_t push_once(struct idle *idle, struct samples *samples, uint32_t user)
{
    const struct load *load = idle->load;
    for (uint32_t i = user; i < load->connections; i += load->users)
        idle->waiters[i].heard_ns = 0;
    deliver(idle, user);
    uint64_t end = idle->accepted_ns + PUSH_WAIT_MS * 1000000ull;
    while (!all_heard(idle, user) && now_ns() < end)
        idle_turn(idle, 10);
    uint64_t missing = 0;
    for (uint32_t i = user; i < load->connections; i += load->users) {
        uint64_t heard = idle->waiters[i].heard_ns;
        if (heard == 0)
            missing++;
        else
            samples_add(samples, heard > idle->accepted_ns ? heard - idle->accepted_ns : 0);
    }
    return missing;
}

void load_idle(const struct load *load)
{
    struct idle idle = {.load = load,
                        .waiters = calloc(load->connections, sizeof(struct waiter)),
                        .lmtp = calloc(1, sizeof(struct wire)),
                        .epoll = epoll_create1(EPOLL_CLOEXEC)};
    if (idle.waiters == NULL || idle.lmtp == NULL)
        die("no memory");
    open_waiters(&idle);
    /* The caller measures memory now and says when to go on. */
    printf("waiting %u\n", idle.waiting);
    fflush(stdout);
    char go[16];
    if (fgets(go, sizeof go, stdin) == NULL)
        return;

    wire_open(idle.lmtp, load->lmtp_port, false, idle.epoll, load->connections);
    lmtp_until(&idle, 1);
    wire_sayf(idle.lmtp, "LHLO bench.example\r\n");
    lmtp_until(&idle, 2);
    struct samples samples;
    samples_init(&samples, load->messages * (load->connections / load->users + 1));
    uint64_t missing = 0;
    for (uint64_t i = 0; i < load->messages; i++)
        missing += push_once(&idle, &samples, (uint32_t)(i * 37 % load->users));
    printf("missing %llu\n", (unsigned long long)missing);
    samples_print(&samples, "push");
}

/* ---- one session that works ---- */

static char *next_line(struct wire *wire, int epoll, uint64_t *passed)
{
    char *line;
    struct epoll_event event;
    while ((line = wire_line(wire, passed)) == NULL) {
        if (epoll_wait(epoll, &event, 1, 120000) <= 0)
            die("nothing for 120 s");
        wire_flush(wire);
    }
    return line;
}

/* Numbers after "* SEARCH". */
static unsigned hits_of(const char *line)
{
    unsigned hits = 0;
    if (strncmp(line, "* SEARCH", 8) == 0)
        for (const char *at = line + 8; *at; at++)
            hits += *at == ' ';
    return hits;
}

static void time_command(struct wire *wire, int epoll, const char *command)
{
    uint64_t passed = 0;
    unsigned hits = 0;
    uint64_t start = now_ns();
    wire_sayf(wire, "a %s\r\n", command);
    for (;;) {
        char *line = next_line(wire, epoll, &passed);
        hits += hits_of(line);
        if (strncmp(line, "a ", 2) != 0)
            continue;
        if (strncmp(line, "a OK", 4) != 0)
            die("%s: %s", command, line);
        break;
    }
    double ms = (double)(now_ns() - start) / 1e6;
    printf("command %.3f ms %llu bytes %u hits %s\n", ms, (unsigned long long)passed, hits, command);
}

void load_run(const struct load *load)
{
    static struct wire wire; /* one for the whole run */
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    wire_open(&wire, load->imap_port, load->is_secure, epoll, 0);
    uint64_t passed = 0;
    next_line(&wire, epoll, &passed);
    char address[128], login[300];
    snprintf(address, sizeof address, load->address, 0u);
    snprintf(login, sizeof login, "LOGIN %s %s", address, load->password);
    time_command(&wire, epoll, login);
    for (int i = 0; i < load->word_count; i++)
        time_command(&wire, epoll, load->words[i]);
}
