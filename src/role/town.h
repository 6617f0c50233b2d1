/* The town role: one process for one member, the only writer of its files; it meets no network.
 *
 * What arrives in one turn of the loop is one transaction; answers leave after its commit. */
#ifndef ROLE_TOWN_H
#define ROLE_TOWN_H

#include "role/house.h"

struct town_start {
    const char *folder;          /* of the house */
    const member_row *member;
    const struct place *place;
    const struct str *domains;
    size_t domain_count;
    const struct pdf_fonts *fonts; /* opened before the sandbox (document/pdf.h); NULL: nothing can be printed */
    const unsigned char *ticket_key; /* TICKET_KEY_BYTES, known to auth and to this town alone */
    const struct seal *seal; /* of this town (core/seal.h) */
    bool is_quiet; /* for the length of one verb: its opening is not worth a line */
    int parent_socket; /* channels to front and auth come through it */
};

/* Runs until the parent's channel closes or says stop. Exit code for the process. */
int town_run(const struct town_start *start);

#endif
