/* A body pool: the mail that is delivered in a run, made once from a seed, so that both servers get the same bytes.
 *
 * kind "small": 8 KiB each. kind "town": a town hall's day, mean 68 KB: seven in ten 8 KB letters, two in ten 60 KB,
 * one in ten 500 KB with a base64 attachment. Bodies end with CRLF and need no dot stuffing (no line begins with a
 * dot). */
#ifndef BENCH_BODY_H
#define BENCH_BODY_H

#include <stddef.h>
#include <stdint.h>

#define BODY_POOL 40

struct bodies {
    char *bytes[BODY_POOL];
    size_t length[BODY_POOL];
};

void bodies_init(struct bodies *bodies, const char *kind, uint64_t seed);

/* The body of message number N of a run: the sizes come in a fixed mixed order. */
size_t bodies_index(uint64_t number);

#endif
