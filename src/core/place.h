/* A place is a member of the syndicate as its pages show it: the name on the plate, the language, what is opted into.
 *
 * One per member and process, made when the role starts (core/member.c) and lent to every unit of work by ctx->place;
 * NULL there outside a role that shows pages. All texts live as long as the role. */
#ifndef CORE_PLACE_H
#define CORE_PLACE_H

#include <stdbool.h>

#include "base/str.h"

struct place {
    int64_t member;
    struct str name;     /* short: folder and host label */
    struct str title;    /* "Beauval" */
    struct str kind;     /* commune epci metropolis department syndicate ccas */
    struct str language; /* "fr" or "en" */
    struct str zone;     /* "Europe/Paris" */
    struct str desk, phone, hours; /* where a person answers; empty when the member has not said */
    bool runs_house; /* the first syndicate among the members: where operators work */
    int64_t imaps_port, submissions_port; /* for mail programs, over TLS; 0: closed, or not said to this role */
    uint64_t services_on; /* bit n: the nth of service_all is opted in; see core/service.h */
};

#endif
