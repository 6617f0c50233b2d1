/* A libllama is llama.cpp's library as it is loaded into one process, and one model of a GGUF file that it computes
 * with on the processor.
 *
 * Foreign code, and foreign files: it is loaded by dlopen in a process that does nothing else and that may end at any
 * time (role/provider_llama.h), never linked, and not needed to build or to test. Only one version is spoken to,
 * since structs are passed by value (os/libllama_abi.h). Order: libllama_open, which opens files of a folder; a
 * sandbox; libllama_load, which reads an open file and begins threads. */
#ifndef OS_LIBLLAMA_H
#define OS_LIBLLAMA_H

#include "base/str.h"

enum {
    LIBLLAMA_CONTEXT_MAX = 4096, /* tokens heard and said, whatever the model could */
    LIBLLAMA_UNIT_MAX = 512,     /* tokens computed at once */
    LIBLLAMA_PIECE_MAX = 256,    /* bytes of one token */
};

struct libllama;

/* OUTSIDE: *ret_why says why in a sentence that lives as long as the process. */
MUST_USE enum status libllama_open(const char *folder, struct libllama **ret_libllama, const char **ret_why);
/* Reads the model from `fd`, which is its own from now on. OUTSIDE: *ret_why, as above. */
MUST_USE enum status libllama_load(struct libllama *libllama, int fd, size_t threads, const char **ret_why);
void libllama_close(struct libllama *libllama); /* NULL accepted */

/* It forgets what it heard, and hears `text` in the form that it was taught to be asked in, where the file says one
 * libllama knows. Marks in the text are words, and command nothing. LIMIT: the text has more tokens than it can hear;
 * BUSY: not done by `until_ms` (monotonic); OUTSIDE: it cannot. */
MUST_USE enum status libllama_hear(struct libllama *libllama, struct str text, int64_t until_ms);
/* A number for each token, of which the highest is the likeliest next; valid until something more is heard. */
const float *libllama_logits(const struct libllama *libllama, size_t *ret_count);
/* Hears this token. GONE: it is an end; LIMIT: there is no room for more; BUSY, OUTSIDE: as above. */
MUST_USE enum status libllama_go_on(struct libllama *libllama, size_t token, int64_t until_ms);
/* The bytes of a token, which may be a part of a character; none for a mark. */
struct str libllama_piece(const struct libllama *libllama, size_t token, char room[LIBLLAMA_PIECE_MAX]);

#endif
