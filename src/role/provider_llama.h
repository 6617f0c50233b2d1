/* A provider_llama is the process that computes with one local model: a child of the role provider, begun before that
 * one has read a key.
 *
 * Why a process: foreign code computes for seconds, may crash, and reads a foreign file. It loads libllama, enters its
 * sandbox (no network, no file but the one it was handed, a bound on memory, the processor only where nobody else wants
 * it), and only then reads the model. It hears one MESSAGE_LOCAL_ASK after another; each ends within
 * PROVIDER_LOCAL_MS and PROVIDER_TOKENS_MAX tokens. It holds a text while it works on it, and ends when the role
 * does. */
#ifndef ROLE_PROVIDER_LLAMA_H
#define ROLE_PROVIDER_LLAMA_H

#include "role/prologue.h"

enum { PROVIDER_LOCAL_MS = 60 * 1000 };

struct provider_llama_start {
    struct prologue prologue;
    struct str name;     /* of the provider, for the log */
    const char *library; /* folder of libllama */
    int model, socket;   /* its own from now on */
};

/* Exit code for the process. */
int provider_llama_run(const struct provider_llama_start *start);

#endif
