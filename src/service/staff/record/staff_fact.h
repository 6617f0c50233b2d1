/* A staff_fact is a fact of a career (career/career.h) as it stands in the database: only added to.
 *
 * Invariants: what is not sound is refused before anything is written, with the fact it goes against; a correction is a
 * row of its own, and so is a taking back; a row is corrected once, then its correction is. Whoever calls has asked for
 * the right. */
#ifndef SERVICE_STAFF_RECORD_STAFF_FACT_H
#define SERVICE_STAFF_RECORD_STAFF_FACT_H

#include "service/staff/career/career_check.h"

/* All rows of an agent, in the order they came to be known: at most STAFF_FACTS_MAX. */
MUST_USE enum status staff_fact_rows(struct ctx *ctx, int64_t agent, struct career_fact **ret_rows, size_t *ret_count);
/* The grid that came with the program, with the pairs of indices this town has brought in front. */
MUST_USE enum status staff_fact_grid(struct ctx *ctx, struct grid *ret_grid);
/* The career as known at an instant. `grid` outlives it. */
MUST_USE enum status staff_fact_career(struct ctx *ctx, int64_t agent, struct instant known, const struct grid *grid,
                                       struct career *ret_career);

/* How a fact is recorded. */
struct staff_fact_how {
    bool is_apart;     /* a child born on the same day as one of another agent is another one */
    struct str reason; /* of what stands in place of a fact of a signed act (act/staff_act.h); "" */
};
/* `fact` as it shall be, its id, known_ms, act and person apart; corrects: the row it stands in place of, 0 for none.
 * Where the law wants an arrêté, it is drafted in the same job. INVALID: *ret_fault says why, or "staff.act_reason";
 * nothing is written. LIMIT "staff.facts". */
MUST_USE enum status staff_fact_add(struct ctx *ctx, int64_t agent, const struct career_fact *fact,
                                    struct staff_fact_how how, struct career_fault *ret_fault, int64_t *ret_id);
/* NOT_FOUND: the agent has no such fact, or not any more. INVALID as above. */
MUST_USE enum status staff_fact_back(struct ctx *ctx, int64_t agent, int64_t id, struct str reason,
                                     struct career_fault *ret_fault);

/* What makes an agent: facts that all begin on the first day. */
struct staff_recruit {
    struct str code;
    struct date since, trial_until; /* trial_until.days 0: no probation */
    enum staff_status status;
    struct str grade;
    int64_t step, index, post, part_time, week_tenths; /* 0: none */
    struct str article; /* of a contract */
    struct date until;  /* of a contract; days 0: none */
};
enum { STAFF_RECRUIT_FACTS = 10 };
/* The agent and its first facts, or nothing: as staff_agent_add and staff_fact_add refuse. */
MUST_USE enum status staff_fact_recruit(struct ctx *ctx, const struct staff_recruit *recruit,
                                        struct career_fault *ret_fault, int64_t *ret_agent);

#endif
