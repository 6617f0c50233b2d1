/* A wire is one client connection of the loader: non-blocking, clear or TLS, on loopback only.
 *
 * It exists so that 2,000 connections cost the loader little and its own work does not blur what is measured: after
 * wire_open nothing is allocated, input is a fixed buffer read line by line, output is up to two borrowed slices.
 * Ownership: the caller owns the wire and keeps lent output alive until wire_is_idle. Any failure of the peer ends the
 * program with a sentence: a benchmark that goes on after an error measures the error. */
#ifndef BENCH_WIRE_H
#define BENCH_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <openssl/ssl.h>

#define WIRE_INPUT_MAX 16384
#define WIRE_LINE_MAX 1024

struct wire {
    int fd;
    SSL *tls;
    bool is_ready;               /* TCP and TLS are through */
    char in[WIRE_INPUT_MAX];
    size_t in_length, in_at;
    size_t literal_left;         /* bytes of an IMAP literal or HTTP body still to skip */
    const char *out[2];
    size_t out_length[2];
    char words[WIRE_LINE_MAX];   /* for commands composed here */
};

/* Prints a sentence and ends the program with 1. */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Monotonic time in nanoseconds. */
uint64_t now_ns(void);

/* Connects to 127.0.0.1:port (blocking for the handshake, non-blocking afterwards) and registers with epoll. */
void wire_open(struct wire *wire, int port, bool is_secure, int epoll, uint32_t index);

/* Sends what is lent, as far as the socket takes it. */
void wire_flush(struct wire *wire);
bool wire_is_idle(const struct wire *wire);

/* Lends one or two slices for sending and begins. Only when idle. */
void wire_send(struct wire *wire, const char *first, size_t first_length, const char *second, size_t second_length);

/* Composes a command into the wire's own words and sends it. Only when idle. */
void wire_sayf(struct wire *wire, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Reads what is there. False when nothing more is to be had now. The peer's end is fatal. */
bool wire_fill(struct wire *wire);

/* The next whole line without CRLF, in place, ended by NUL; NULL when it has not all come. Skips literals before it and
 * counts every byte it passes in *ret_passed. An overlong line is cut to its beginning (an ESEARCH of 20,000). */
char *wire_line(struct wire *wire, uint64_t *ret_passed);

#endif
