/* The model role: it talks as moyen does, and makes small models anew, for the games of the whole house, and knows
 * nothing else.
 *
 * Why a process of its own: a turn of a talk is some hundredths of a second, a training half a minute of a whole core,
 * and mail must not wait for either. It runs only where nobody else wants to (prologue.c), opens no file, meets no
 * network; what it reads is in the program. Towns ask it over channels of their own (core/talking.h, core/training.h);
 * one that goes away takes what it alone waited for along. One turn, or a slice of the training at work, is done
 * between two looks at the channels; turns go first. Nothing outlives the process: whoever asks after a restart hears
 * that the training is not known, and has the same talk said again. */
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
