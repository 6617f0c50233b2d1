#include "wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

_Noreturn void die(const char *format, ...)
{
    va_list words;
    va_start(words, format);
    fprintf(stderr, "load: ");
    vfprintf(stderr, format, words);
    fprintf(stderr, "\n");
    va_end(words);
    exit(1);
}

uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static SSL *tls_begin(int fd)
{
    static SSL_CTX *context; /* the loader's one TLS setting: any certificate, for the peer is on loopback */
    if (context == NULL) {
        context = SSL_CTX_new(TLS_client_method());
        if (context == NULL)
            die("no TLS context");
        SSL_CTX_set_verify(context, SSL_VERIFY_NONE, NULL);
        SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                      SSL_MODE_RELEASE_BUFFERS);
    }
    SSL *tls = SSL_new(context);
    if (tls == NULL || SSL_set_fd(tls, fd) != 1)
        die("no TLS connection");
    if (SSL_connect(tls) != 1)
        die("TLS handshake failed");
    return tls;
}

void wire_open(struct wire *wire, int port, bool is_secure, int epoll, uint32_t index)
{
    memset(wire, 0, sizeof *wire);
    wire->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (wire->fd < 0)
        die("socket: %s", strerror(errno));
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (connect(wire->fd, (struct sockaddr *)&to, sizeof to) != 0)
        die("connect to port %d: %s", port, strerror(errno));
    int one = 1;
    setsockopt(wire->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (is_secure)
        wire->tls = tls_begin(wire->fd);
    fcntl(wire->fd, F_SETFL, O_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.u32 = index};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, wire->fd, &event) != 0)
        die("epoll_ctl: %s", strerror(errno));
    wire->is_ready = true;
}

bool wire_is_idle(const struct wire *wire)
{
    return wire->out_length[0] + wire->out_length[1] == 0;
}

static void sent(struct wire *wire, size_t count)
{
    for (int i = 0; i < 2; i++) {
        size_t part = count < wire->out_length[i] ? count : wire->out_length[i];
        wire->out[i] += part;
        wire->out_length[i] -= part;
        count -= part;
    }
}

static ssize_t write_some(struct wire *wire)
{
    if (wire->tls != NULL) {
        int part = wire->out_length[0] ? 0 : 1;
        int count = SSL_write(wire->tls, wire->out[part], (int)wire->out_length[part]);
        return count > 0 ? count : 0;
    }
    struct iovec parts[2] = {{(void *)(uintptr_t)wire->out[0], wire->out_length[0]},
                             {(void *)(uintptr_t)wire->out[1], wire->out_length[1]}};
    ssize_t count = writev(wire->fd, parts, 2);
    if (count < 0 && errno != EAGAIN)
        die("write: %s", strerror(errno));
    return count < 0 ? 0 : count;
}

void wire_flush(struct wire *wire)
{
    while (!wire_is_idle(wire)) {
        ssize_t count = write_some(wire);
        if (count == 0)
            return;
        sent(wire, (size_t)count);
    }
}

void wire_send(struct wire *wire, const char *first, size_t first_length, const char *second, size_t second_length)
{
    if (!wire_is_idle(wire))
        die("a command before the last was sent");
    wire->out[0] = first;
    wire->out_length[0] = first_length;
    wire->out[1] = second;
    wire->out_length[1] = second_length;
    wire_flush(wire);
}

void wire_sayf(struct wire *wire, const char *format, ...)
{
    if (!wire_is_idle(wire))
        die("a command before the last was sent");
    va_list words;
    va_start(words, format);
    int length = vsnprintf(wire->words, sizeof wire->words, format, words);
    va_end(words);
    if (length < 0 || (size_t)length >= sizeof wire->words)
        die("a command longer than %d", WIRE_LINE_MAX);
    wire_send(wire, wire->words, (size_t)length, NULL, 0);
}

bool wire_fill(struct wire *wire)
{
    if (wire->in_at != 0) {
        memmove(wire->in, wire->in + wire->in_at, wire->in_length - wire->in_at);
        wire->in_length -= wire->in_at;
        wire->in_at = 0;
    }
    size_t room = WIRE_INPUT_MAX - wire->in_length;
    if (room == 0)
        return false;
    ssize_t count;
    if (wire->tls != NULL) {
        count = SSL_read(wire->tls, wire->in + wire->in_length, (int)room);
        if (count <= 0 && SSL_get_error(wire->tls, (int)count) == SSL_ERROR_WANT_READ)
            return false;
    } else {
        count = read(wire->fd, wire->in + wire->in_length, room);
        if (count < 0 && errno == EAGAIN)
            return false;
    }
    if (count <= 0)
        die("the server ended a connection");
    wire->in_length += (size_t)count;
    return true;
}

/* The size at the end of "... {123}", or 0. */
static size_t literal_at_end(const char *line, size_t length)
{
    if (length < 3 || line[length - 1] != '}')
        return 0;
    size_t at = length - 1;
    while (at > 0 && line[at - 1] >= '0' && line[at - 1] <= '9')
        at--;
    if (at == 0 || at == length - 1 || line[at - 1] != '{')
        return 0;
    return strtoul(line + at, NULL, 10);
}

static bool skip_literal(struct wire *wire, uint64_t *passed)
{
    while (wire->literal_left != 0) {
        size_t here = wire->in_length - wire->in_at;
        size_t part = here < wire->literal_left ? here : wire->literal_left;
        wire->in_at += part;
        wire->literal_left -= part;
        *passed += part;
        if (wire->literal_left != 0 && !wire_fill(wire))
            return false;
    }
    return true;
}

char *wire_line(struct wire *wire, uint64_t *ret_passed)
{
    for (;;) {
        if (!skip_literal(wire, ret_passed))
            return NULL;
        char *start = wire->in + wire->in_at;
        size_t here = wire->in_length - wire->in_at;
        char *end = memchr(start, '\n', here);
        if (end == NULL) {
            if (here == WIRE_INPUT_MAX) {
                /* Keep the line's beginning, drop its middle: only its first words and its end matter here. */
                *ret_passed += here - 2 * WIRE_LINE_MAX;
                memmove(wire->in + WIRE_LINE_MAX, wire->in + here - WIRE_LINE_MAX, WIRE_LINE_MAX);
                wire->in_length = 2 * WIRE_LINE_MAX;
            }
            if (!wire_fill(wire))
                return NULL;
            continue;
        }
        size_t length = (size_t)(end - start);
        wire->in_at += length + 1;
        *ret_passed += length + 1;
        if (length != 0 && start[length - 1] == '\r')
            length--;
        start[length] = 0;
        wire->literal_left = literal_at_end(start, length);
        return start;
    }
}
