/* A dsn_fault is one thing wrong in a declaration: at which level, in which line, what stands there, how to mend it.
 *
 * Rules and their sentences, in French and English, stand in data/rules.csv. Some say no fault but a note: what is
 * kept and not judged (a rubric no table has, a count that the tables simplify). Invariants: at most DSN_FAULTS_MAX of
 * each are kept, and all are counted. Pure. */
#ifndef SERVICE_PAYROLL_DSN_DSN_FAULT_H
#define SERVICE_PAYROLL_DSN_DSN_FAULT_H

#include "service/payroll/dsn/dsn_file.h"

enum { DSN_FAULTS_MAX = 1000, DSN_RULES_MAX = 200, DSN_LEVELS = 7, DSN_FAULT_VALUE_MAX = 120 };

struct dsn_rule {
    struct str code; /* "line.form" */
    int32_t level;   /* 1 to DSN_LEVELS */
    bool is_note;
    struct str french, english; /* with {value}, {wanted}, {label}, {said} */
};

struct dsn_fault {
    const struct dsn_rule *rule;
    size_t line;            /* from 1; 0: of the whole */
    uint32_t number;        /* of the rubric, or of the block; 0: none */
    struct str value, wanted; /* ISO-8859-1 */
    struct str label;       /* of the rubric, or what a body says of it; UTF-8 */
    struct str said;        /* who says so, with its code; UTF-8; "" for our own faults */
};

struct dsn_faults {
    struct arena *arena;
    const struct dsn_norm *norm; /* for labels; NULL at first */
    struct dsn_rule *rules;
    size_t rule_count;
    struct dsn_fault *kept, *notes; /* DSN_FAULTS_MAX of each */
    size_t count, note_count;       /* kept */
    size_t found, noted;            /* all of them */
};

/* LIMIT: no room; CORRUPT: the rules shipped are damaged. */
MUST_USE enum status dsn_faults_init(struct arena *arena, struct dsn_faults *ret_faults);
/* A rule that is not in the table ends the program: it is ours. Words are copied. */
void dsn_fault_add(struct dsn_faults *faults, const char *rule, size_t line, uint32_t number, struct str value,
                   struct str wanted);

/* The same for what a social body says (level 7): who, with its code, and its words, both UTF-8. */
void dsn_fault_add_said(struct dsn_faults *faults, const char *rule, size_t line, uint32_t number, struct str value,
                        struct str said, struct str words);

/* The sentence, as UTF-8. */
void dsn_fault_say(struct buf *out, const struct dsn_fault *fault, bool is_french);
/* All of them as lines of text, or {"faults":[{"level","line","rubric","value","words"}],"notes":[...]}. */
void dsn_faults_print(struct buf *out, const struct dsn_faults *faults, bool is_french, bool is_json);

#endif
