/* The reader role: a process that reads one member's files beside the town that writes them, for verbs that take long.
 *
 * It opens the tables to read and never checkpoints; segments are only appended to. It meets no network, serves one
 * command line and ends with it. What it writes is a copy for a backup, in the member's own folder. */
#ifndef ROLE_READER_H
#define ROLE_READER_H

#include "role/house.h"

struct reader_start {
    const char *folder; /* of the house */
    const member_row *row;
    const struct place *place;
    const struct str *domains;
    size_t domain_count;
    int line; /* the command line's frames come through it */
};

/* Runs until the line closes. Exit code for the process. */
int reader_run(const struct reader_start *start);

#endif
