/* A town is what one member's process holds open: its database, its writer, its folder and its services'
 * state. One per process, created by role/town.c and lent to every unit of work through ctx->town.
 *
 * A service keeps its own state behind `state[]`, under the number service_all gives it; only that service
 * knows the type. */
#ifndef CORE_TOWN_H
#define CORE_TOWN_H

#include "base/str.h"
#include "core/place.h"
#include "core/gate.h"
#include "core/writer.h"

enum { TOWN_SERVICES_MAX = 32, TOWN_DOMAINS_MAX = 64 };

struct pdf_fonts;
struct seal;

struct town {
    int64_t member;
    struct str name;          /* short name: folder and host label */
    struct place place;
    const char *folder;       /* absolute path of members/NAME */
    struct str domains[TOWN_DOMAINS_MAX]; /* the first is the main one */
    size_t domain_count;
    struct db *db;
    struct writer *writer;
    const struct pdf_fonts *fonts; /* for sheets to print; NULL: this machine has none, or no pages are asked for */
    struct gate *gate; /* which tickets are let in; NULL where no front asks */
    const struct seal *seal; /* of this town (core/seal.h); NULL: a process that reads alone has none */
    void *state[TOWN_SERVICES_MAX];
};

#endif
