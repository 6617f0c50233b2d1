/* A model_line is who waits for a training: the jobs in their order, the towns that want each, and the last results.
 *
 * One training at a time for the whole house; the first of the line is the one at work. Invariants: a job stands in the
 * line once, whoever wants it, and is in it only while some town wants it; a town wants at most MODEL_TOWN_MAX, so that
 * none takes the whole line, and of these one asker at most MODEL_ASKER_MAX, so that none takes the whole town; a job
 * whose result is kept is not begun again. Pure: no clock, no channel. */
#ifndef ROLE_MODEL_LINE_H
#define ROLE_MODEL_LINE_H

#include "base/buf.h"
#include "core/training.h"

enum {
    MODEL_LINE_MAX = 24,
    MODEL_TOWN_MAX = 8,
    MODEL_ASKER_MAX = 2,
    MODEL_KEPT_MAX = 24,
    MODEL_RESULT_MAX = 256 << 10, /* lines of one result */
};

/* A town as the line knows it; lies in whoever speaks with it. */
struct model_town {
    struct model_town *next;
    struct training_job wants[MODEL_TOWN_MAX];
    uint64_t askers[MODEL_TOWN_MAX]; /* of each: a number the town gives a network; 0: not said */
    size_t want_count;
};

struct model_result {
    struct training_job job;
    struct buf lines; /* a training_answer each */
    struct training_state state; /* as it ended; its texts lie in `curve` */
    char curve[TRAINING_POINTS_MAX * 8];
};

struct model_line {
    struct training_job jobs[MODEL_LINE_MAX];
    size_t count;
    struct model_town *towns;
    struct model_result kept[MODEL_KEPT_MAX];
    size_t kept_count, next_kept; /* the oldest is overwritten */
};

bool model_line_same(const struct training_job *a, const struct training_job *b);

void model_line_join(struct model_line *line, struct model_town *town);
/* It wants nothing any more; what nobody else wants leaves the line. */
void model_line_leave(struct model_line *line, struct model_town *town);

/* A town wants this, for an asker: OK when it is kept, in the line already, or at its end now. CONFLICT: for that asker
 * it wants as many as it may; LIMIT: it does for all together; BUSY: the line is full. */
MUST_USE enum status model_line_want(struct model_line *line, struct model_town *town, const struct training_job *job,
                                     uint64_t asker);

/* The one at work, or to be begun; NULL: none. Valid until the line changes. */
const struct training_job *model_line_first(const struct model_line *line);
/* From 1; 0: it is not in the line. */
size_t model_line_place(const struct model_line *line, const struct training_job *job);
/* The first leaves the line, with a result to keep or (NULL) without; nobody wants it any more. The lines are taken
 * over. */
void model_line_end(struct model_line *line, struct buf *lines, const struct training_state *state);
/* NULL: not kept, or not any more. */
const struct model_result *model_line_kept(const struct model_line *line, const struct training_job *job);

void model_line_finish(struct model_line *line);

#endif
