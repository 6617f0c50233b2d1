/* The model_talks are the talks that towns wait for: each time one turn of one of them, towns in turn.
 *
 * An asking is answered once its talk is said, or after MODEL_TALK_HOLD_MS with what there is by then; asked again it
 * goes on from there, so a page that nobody looks at any more costs nothing. Bounded: one asking past the limits is
 * answered at once with what there is. Invariants: turns go to the town that was served longest ago, and within it to
 * the talk that was. Each asking that was not answered at once is answered exactly once, unless its town leaves. */
#ifndef ROLE_MODEL_TALKS_H
#define ROLE_MODEL_TALKS_H

#include "role/model_voice.h"

enum {
    MODEL_TALKS_MAX = 96,     /* askings that wait */
    MODEL_TALKS_TOWN_MAX = 24, /* of one town: fewer than it may have asked (town_role.h) */
    MODEL_TALK_HOLD_MS = 1000,
    MODEL_TALK_LINES_MAX = 64 << 10,
};

/* A town as the talks know it; zeroed at first but for whom answers go to; lies in whoever speaks with it. */
struct model_talker {
    void *whom;
    size_t waiting;
    uint64_t served; /* when: a count */
};

struct model_talk_asking {
    struct model_talker *talker;
    int64_t handle, asked_ms;
    uint64_t served;
    char words[TALKING_WORDS_MAX];
    size_t words_len;
};

typedef void model_talk_answer(void *whom, int64_t handle, enum status status, struct buf *lines);

/* Zeroed at first but for `answer`. */
struct model_talks {
    model_talk_answer *answer;
    struct arena *arena;       /* of the voice */
    struct model_voice *voice; /* made at the first turn */
    struct model_talk_asking askings[MODEL_TALKS_MAX];
    size_t count;
    uint64_t served;
};

/* The lines, where it is answered at once; else *ret_waits. INVALID: it is no talking. */
MUST_USE enum status model_talks_ask(struct model_talks *talks, struct model_talker *talker, int64_t handle,
                                     struct str words, int64_t now_ms, struct buf *lines, bool *ret_waits);
/* One turn, and the answers that are due then. False: nobody waits. */
bool model_talks_go(struct model_talks *talks, int64_t now_ms);
/* What it waits for is dropped. */
void model_talks_leave(struct model_talks *talks, struct model_talker *talker);
void model_talks_finish(struct model_talks *talks);

#endif
