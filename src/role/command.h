/* A command is what an operator types: `parvis -d DIR WORDS...` (parvis(1)), a verb of the tables, worked off in steps.
 *
 * Steps at VERB_COMMAND run here, all others in the role that owns the data (role/reach.h). What a verb prints goes to
 * standard output; how far it is, and why it was refused, to standard error. */
#ifndef ROLE_COMMAND_H
#define ROLE_COMMAND_H

enum command_exit {
    COMMAND_DONE = 0,
    COMMAND_REFUSED = 1,
    COMMAND_UNREAD = 2,   /* what should have been looked at could not be read */
    COMMAND_USAGE = 64,  /* not understood (EX_USAGE of sysexits.h) */
    COMMAND_DAMAGED = 65, /* something that was looked at does not prove (EX_DATAERR) */
    COMMAND_BUSY = 75,   /* not now; the same words may do later (EX_TEMPFAIL) */
};

/* enum command_exit. */
int command_run(int count, char **words);

#endif
