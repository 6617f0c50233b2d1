/* GET of one page again and again on kept connections (RFC 9112): what an agent's list page costs the server. */
#include "load.h"
#include "sample.h"
#include "wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>

struct reader {
    struct wire wire;
    uint64_t began_ns;
    size_t length;
    bool is_body;
};

struct pages {
    const struct load *load;
    struct reader *readers;
    struct samples samples;
    uint64_t asked, done, bytes;
};

static void ask(struct pages *pages, struct reader *reader)
{
    const struct load *load = pages->load;
    if (pages->asked == load->messages)
        return;
    pages->asked++;
    reader->began_ns = now_ns();
    reader->length = 0;
    wire_sayf(&reader->wire, "GET %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nAccept-Language: fr\r\n\r\n", load->path,
              load->host, load->cookie);
}

static void finish(struct pages *pages, struct reader *reader)
{
    samples_add(&pages->samples, now_ns() - reader->began_ns);
    pages->done++;
    ask(pages, reader);
}

static void hear(struct pages *pages, struct reader *reader, const char *line)
{
    if (strncmp(line, "HTTP/1.1 ", 9) == 0 && strncmp(line + 9, "200", 3) != 0)
        die("the page is answered with: %s", line);
    if (strncasecmp(line, "Transfer-Encoding:", 18) == 0)
        die("a page without a length");
    if (strncasecmp(line, "Content-Length:", 15) == 0)
        reader->length = strtoul(line + 15, NULL, 10);
    if (line[0] == 0) {
        pages->bytes += reader->length;
        reader->wire.literal_left = reader->length;
        reader->is_body = true;
    }
}

/* Skips the body with the wire's own skipping of counted bytes: true when it is all through. */
static bool body_is_through(struct reader *reader)
{
    struct wire *wire = &reader->wire;
    while (wire->literal_left != 0) {
        size_t here = wire->in_length - wire->in_at;
        size_t part = here < wire->literal_left ? here : wire->literal_left;
        wire->in_at += part;
        wire->literal_left -= part;
        if (wire->literal_left != 0 && !wire_fill(wire))
            return false;
    }
    reader->is_body = false;
    return true;
}

static void read_pages(struct pages *pages, struct reader *reader)
{
    uint64_t passed = 0;
    for (;;) {
        if (reader->is_body) {
            if (!body_is_through(reader))
                return;
            finish(pages, reader);
        }
        char *line = wire_line(&reader->wire, &passed);
        if (line == NULL)
            return;
        hear(pages, reader, line);
    }
}

void load_http(const struct load *load)
{
    struct pages pages = {.load = load, .readers = calloc(load->connections, sizeof(struct reader))};
    if (pages.readers == NULL)
        die("no memory");
    samples_init(&pages.samples, load->messages);
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    for (uint32_t i = 0; i < load->connections; i++) {
        wire_open(&pages.readers[i].wire, load->http_port, load->is_secure, epoll, i);
        ask(&pages, &pages.readers[i]);
    }
    struct epoll_event events[64];
    while (pages.done < load->messages) {
        int count = epoll_wait(epoll, events, 64, 30000);
        if (count == 0)
            die("nothing for 30 s after %llu pages", (unsigned long long)pages.done);
        for (int i = 0; i < count; i++) {
            struct reader *reader = &pages.readers[events[i].data.u32];
            wire_flush(&reader->wire);
            read_pages(&pages, reader);
        }
    }
    printf("page_bytes %llu\n", (unsigned long long)(pages.bytes / pages.done));
    samples_print(&pages.samples, "page");
}
