/* A history is a town at work under a seed, and what it promised: who was told that what is on disk.
 *
 * It is run on the real house and store (house_create, member_add, house_open_town, deliver, accept_mail, flags, moves,
 * expunges, drafts, outbox, compaction, checkpoints, restarts), in turns of the writer as the town role makes them.
 * After each turn's commit a mark is put into the disk's log: what the turn did is promised from there on. Each
 * message has a number, and its text can be made from it again. history_check opens a folder that a cut left, as a
 * new start does, and says what is not as it was promised. */
#ifndef FAULT_HISTORY_H
#define FAULT_HISTORY_H

#include "base/seeded.h"
#include "core/ctx.h"

enum { HISTORY_ACCOUNTS = 2, HISTORY_MESSAGES_MAX = 4000, HISTORY_VERSIONS_MAX = 20000, HISTORY_DRAFTS_MAX = 12 };

enum history_state {
    HISTORY_ABSENT,
    HISTORY_THERE,    /* in `mailbox` with `uid` and `flags` */
    HISTORY_SOMEWHERE, /* once, in whatever mailbox: it came through the outbox, or its turn was not promised */
    HISTORY_QUEUED,   /* in the outbox, to another town */
};
struct history_version {
    int64_t turn;
    int message, account;
    enum history_state state;
    int64_t mailbox, uid, flags;
    bool was_refused; /* until its turn is promised it may be there all the same */
};
struct history_draft {
    int64_t id, turn, revision;
};

struct history {
    struct seeded seeded;
    int64_t turn;
    struct instant now;
    struct history_version versions[HISTORY_VERSIONS_MAX];
    size_t version_count;
    int current[HISTORY_MESSAGES_MAX][HISTORY_ACCOUNTS]; /* its latest version; -1: none */
    int message_count;
    struct history_draft drafts[HISTORY_VERSIONS_MAX]; /* all revisions, in order */
    size_t draft_count;
    bool is_accepted[HISTORY_MESSAGES_MAX]; /* came by accept_mail: comes again after a cut */
    int64_t refused; /* jobs and turns that failed */
    bool may_fail;   /* the disk is spoilt */
    bool has_ended;  /* as the role does when the disk refused a sync: a new start follows */
};

/* Turns that set up: house, member, town, people. From the third on the town stands. */
enum { HISTORY_HOUSE = 1, HISTORY_MEMBER = 2, HISTORY_PEOPLE = 3 };

void history_run(struct history *history, uint64_t seed, int turns, const char *folder);

/* The same with a disk that fails: `spoil` is called when the town stands, `mend` after `turns` more; three turns
 * follow, in which nothing may fail any more. What was refused is noted as not there. */
struct history_fault {
    void (*spoil)(void *with), (*mend)(void *with);
    void *with;
};
void history_run_spoilt(struct history *history, uint64_t seed, int turns, const char *folder,
                        const struct history_fault *fault);

/* A start that looks at nothing. */
void history_open(int64_t turn, const char *folder);

/* What is there is what was promised up to `turn`, or what the turn after it did of it. Sentences of what is wrong go
 * to standard output; the number of them is returned. `proves` also runs `town verify` of this program. */
int history_check(const struct history *history, int64_t turn, const char *folder, const char *proves);

#endif
