/* The prologue of a role: what it does first, in the same order for all, before it opens or hears anything: its
 * limits, the files and system calls it keeps, another user where the house was started as root (os/sandbox.h).
 *
 * Which role keeps what stands in one table in prologue.c. A call that is refused later is one line of the log. */
#ifndef ROLE_PROLOGUE_H
#define ROLE_PROLOGUE_H

#include "core/auth.h"
#include "os/owner.h"
#include "role/message.h"

struct prologue {
    enum role_kind role;
    const char *folder;        /* of the house */
    struct str member;         /* of a town or a reader, else empty */
    const struct owner *owner; /* NULL: it stays who it is */
    const uint16_t *ports;     /* of a provider: where it goes out to; else none */
    size_t port_count;
    int64_t memory_max;        /* of a llama: bytes of address space; 0: as the table says */
};

/* Once for each process. Any status other than OK has been logged: the process must end. */
MUST_USE enum status prologue_enter(const struct prologue *prologue);

/* Memory of this process that lies in RAM now. */
int64_t prologue_memory(void);

/* The setting `user`: OK with *ret_owner where it names somebody and the house was started as root; NOT_FOUND: nobody
 * is to be become. Any other status: it names nobody who can be. */
MUST_USE enum status prologue_owner(struct str setting, struct owner *ret_owner);

/* Makes DIR/members/NAME and gives it, with all in it, to the owner (NULL: to nobody); roles make no member's folder.
 * */
MUST_USE enum status prologue_member(const char *folder, struct str name, const struct owner *owner);

#endif
