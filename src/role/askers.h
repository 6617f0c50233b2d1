/* Askers are the towns that ask a role of the whole house: each at the other end of a channel that the parent handed
 * on, answered at once or later, and forgotten when it says what it may not.
 *
 * What two roles (model, provider) have in common; what is asked, and what is kept of each town, is theirs. */
#ifndef ROLE_ASKERS_H
#define ROLE_ASKERS_H

#include "base/arena.h"
#include "base/buf.h"
#include "core/translate.h"
#include "os/loop.h"
#include "role/message.h"

struct asker;

/* What becomes of an asking. A failure may have a sentence, and has no lines. */
struct askers_reply {
    enum status status;
    enum text_key sentence;
    struct buf *lines;
};

/* What the role does; `role` is the askers', `town` what join gave. */
struct askers_calls {
    const char *name; /* in the log */
    size_t lines_max; /* bytes of an answer */
    bool (*is_mine)(int64_t kind);
    void *(*join)(void *role, struct asker *asker);
    void (*leave)(void *role, void *town); /* frees it; the asker is no more */
    /* Fills the reply, with its status; the arena is the asking's. False: askers_answer will be called with its
     * handle. */
    bool (*answer)(void *role, void *town, struct arena *arena, const struct message_house_ask *ask,
                   struct askers_reply *reply);
    int64_t (*work)(const void *role); /* what waits, for the figures */
};

struct askers {
    const struct askers_calls *calls;
    void *role;
    struct loop *loop;
    struct channel *parent;
    struct asker *first;
};

/* Hears the parent, and says that the role is ready. The loop is stopped when the parent says so, or is gone. */
MUST_USE enum status askers_open(struct askers *askers, int parent_socket);
void askers_answer(struct asker *asker, int64_t handle, const struct askers_reply *reply);
/* Each town leaves; the parent's channel goes. */
void askers_close(struct askers *askers);

#endif
