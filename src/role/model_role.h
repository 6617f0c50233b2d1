/* The model role: it makes small models anew, for games, one at a time for the whole house, and knows nothing else.
 *
 * Why a process of its own: a training is half a minute of a whole core, and mail must not wait for it. It runs only
 * where nobody else wants to (prologue.c), opens no file, meets no network; what it reads is the deck in
 * the program. Towns ask it over channels of their own (core/training.h); one that goes away takes what it alone waited
 * for along. Nothing outlives the process: whoever asks after a restart hears that the training is not known. */
#ifndef ROLE_MODEL_ROLE_H
#define ROLE_MODEL_ROLE_H

#include <stddef.h>

struct model_role_start {
    int parent_socket;
    size_t threads;    /* to compute with; 0: as many as are well for the machine */
    size_t steps_most; /* as struct model_base */
};

/* Runs until the parent's channel closes or says stop. Exit code for the process. */
int model_role_run(const struct model_role_start *start);

#endif
