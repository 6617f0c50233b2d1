/* Deliveries over LMTP (RFC 2033), envelope pipelined (RFC 2920). The time of one message runs from its MAIL to its
 * 250. */
#include "body.h"
#include "load.h"
#include "sample.h"
#include "wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>

enum step { GREETING, LHLO, MAIL, RCPT, DATA, BODY, DONE };

struct session {
    struct wire wire;
    enum step step;
    uint64_t number;
    uint64_t began_ns;
    char head[512];
};

struct run {
    const struct load *load;
    struct bodies bodies;
    struct samples samples;
    struct session *sessions;
    FILE *acked;
    uint64_t next, done;
    uint32_t ended;
};

static void begin_message(struct run *run, struct session *session)
{
    const struct load *load = run->load;
    if (run->next == load->messages) {
        session->step = DONE;
        run->ended++;
        return;
    }
    session->number = load->first + run->next++;
    session->step = MAIL;
    session->began_ns = now_ns();
    char address[128];
    snprintf(address, sizeof address, load->address, (uint32_t)(session->number % load->users));
    wire_sayf(&session->wire, "MAIL FROM:<sender@bench.example>\r\nRCPT TO:<%s>\r\nDATA\r\n", address);
}

/* One message in a thousand has a planted word, which a search must find. */
static void send_message(struct run *run, struct session *session)
{
    size_t index = bodies_index(session->number);
    int length = snprintf(session->head, sizeof session->head,
                          "From: Accueil <sender@bench.example>\r\nTo: Service finances <dest@bench.example>\r\n"
                          "Subject: Dossier %llu\r\nDate: Mon, 23 Nov 2026 08:00:00 +0100\r\n"
                          "Message-ID: <%llu@bench.example>\r\nMIME-Version: 1.0\r\n"
                          "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s",
                          (unsigned long long)session->number, (unsigned long long)session->number,
                          session->number % 1000 == 7 ? "marbrure\r\n" : "");
    /* The end of data stands at the body's end: the pool leaves room for it. */
    memcpy(run->bodies.bytes[index] + run->bodies.length[index], ".\r\n", 3);
    wire_send(&session->wire, session->head, (size_t)length, run->bodies.bytes[index], run->bodies.length[index] + 3);
}

static void accepted(struct run *run, struct session *session)
{
    samples_add(&run->samples, now_ns() - session->began_ns);
    run->done++;
    if (run->acked != NULL) {
        fprintf(run->acked, "%llu\n", (unsigned long long)session->number);
        fflush(run->acked);
    }
    begin_message(run, session);
}

static void hear(struct run *run, struct session *session, const char *line)
{
    if (line[3] == '-')
        return;
    char wanted = session->step == DATA ? '3' : '2';
    if (line[0] != wanted)
        die("after %llu messages the server says: %s", (unsigned long long)run->done, line);
    switch (session->step) {
    case GREETING:
        session->step = LHLO;
        wire_sayf(&session->wire, "LHLO bench.example\r\n");
        return;
    case LHLO:
        begin_message(run, session);
        return;
    case MAIL:
    case RCPT:
        session->step++;
        return;
    case DATA:
        session->step = BODY;
        send_message(run, session);
        return;
    case BODY:
        accepted(run, session);
        return;
    case DONE:
        die("a reply after the end: %s", line);
    }
}

static void run_loop(struct run *run, int epoll)
{
    struct epoll_event events[256];
    while (run->ended < run->load->connections) {
        int count = epoll_wait(epoll, events, 256, 30000);
        if (count == 0)
            die("nothing for 30 s after %llu messages", (unsigned long long)run->done);
        for (int i = 0; i < count; i++) {
            struct session *session = &run->sessions[events[i].data.u32];
            wire_flush(&session->wire);
            uint64_t passed = 0;
            char *line;
            while (session->step != DONE && (line = wire_line(&session->wire, &passed)) != NULL)
                hear(run, session, line);
        }
    }
}

void load_lmtp(const struct load *load)
{
    struct run run = {.load = load, .sessions = calloc(load->connections, sizeof(struct session))};
    if (run.sessions == NULL)
        die("no memory");
    bodies_init(&run.bodies, load->kind, 20261123);
    samples_init(&run.samples, load->messages);
    if (load->acked != NULL && (run.acked = fopen(load->acked, "a")) == NULL)
        die("cannot write %s", load->acked);
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    for (uint32_t i = 0; i < load->connections; i++)
        wire_open(&run.sessions[i].wire, load->lmtp_port, false, epoll, i);
    uint64_t start = now_ns();
    run_loop(&run, epoll);
    double seconds = (double)(now_ns() - start) / 1e9;
    printf("messages %llu\nseconds %.3f\nper_second %.1f\n", (unsigned long long)run.done, seconds,
           (double)run.done / seconds);
    samples_print(&run.samples, "message");
}
