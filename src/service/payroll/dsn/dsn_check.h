/* A dsn_check looks at a declaration file level by level and says every fault it finds, with its line and its words.
 *
 * Levels: 1 syntax, charset, lengths, types, order; 2 which block stands below which, how often, and totals; 3 values
 * that have a list; 4 what must agree within a file; 5 rates and ceilings of the territorial public service; 6 what
 * must agree with the month before and with the facts of careers. Level 7, the reports that come back, is dsn_report.
 * What the open tables simplify, or what no table has, is a note, never a fault. Pure. */
#ifndef SERVICE_PAYROLL_DSN_DSN_CHECK_H
#define SERVICE_PAYROLL_DSN_DSN_CHECK_H

#include "service/payroll/dsn/dsn_fault.h"
#include "service/payroll/law/law.h"

/* Faults are in `ret_faults`. LIMIT: too many lines, or no room; CORRUPT: the tables shipped are damaged. `before`: the
 * file of the month before; absent: none, and nothing is looked at across months. Both outlive the faults. */
MUST_USE enum status dsn_check(struct arena *arena, const struct law *law, struct str bytes, struct str before,
                               struct dsn_faults *ret_faults);

/* What a career says happened to a contract: a stop (block 60), a suspension (65) or its end (62). */
struct dsn_fact {
    uint32_t block;             /* DSN_STOP, DSN_SUSPENSION, DSN_LEFT (dsn_tree.h) */
    struct str person, contract; /* rubrics 30.019 (the number of the agent) and 40.009 */
    struct str reason;          /* the code of rubric 001 of 60 and 65, 002 of 62 */
    struct date day;            /* the last worked, the first suspended, the last of the contract */
};

/* The same, and level 6 against facts: each must stand in the file, and the file has no other of these blocks. */
MUST_USE enum status dsn_check_facts(struct arena *arena, const struct law *law, struct str bytes,
                                     const struct dsn_fact *facts, size_t fact_count, struct dsn_faults *ret_faults);

#endif
