/* The convert role: it reads one document of a town, or one archive of sheets for a verb, and ends.
 *
 * Why a process of its own, and a new one for each: ODT, DOCX and PDF are the most hostile bytes a town takes, and the
 * libraries that read them are large. It opens no file, meets no network, knows no town; it is given one document as a
 * memfd that holds just those bytes, and answers with plain text (document/wording.h). Its memory and its time are
 * bounded by the kernel (prologue.c): when it dies, the channel closes, and whoever asked takes that for
 * WORDING_BROKEN. */
#ifndef ROLE_CONVERT_ROLE_H
#define ROLE_CONVERT_ROLE_H

#include "base/status.h"
#include "base/str.h"
#include "os/channel.h"

struct message_converted;

enum {
    CONVERT_MEMORY = 1 << 30,    /* address space, with the program's own and the document's */
    CONVERT_CPU_SECONDS = 30,
    CONVERT_WALL_MS = 120 * 1000, /* it runs after others: its parent ends it then */
    CONVERT_ARCHIVE_WALL_MS = 15 * 60 * 1000, /* of thousands of sheets */
};

/* Answers the one MESSAGE_CONVERT that comes through this socket. Exit code for the process. */
int convert_role_run(int socket);

/* The words of an answer, mapped from `fd` when they did not come inline (convert_words_end). INVALID: not of its form,
 * not UTF-8, or longer than `max`; such a role is not believed. `fd` stays the caller's. */
MUST_USE enum status convert_words(const struct message_converted *answer, int fd, size_t max, struct str *ret_words);
void convert_words_end(const struct message_converted *answer, struct str words);

#endif
