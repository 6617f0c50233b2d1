/* A grid says what a step (échelon) of a grade is worth: its indices, and how long one stays on it.
 *
 * Source: grid.csv, grade.csv and index.csv, each row with its text and how far it is trusted (A: two sources or the
 * text itself; B: one). Decrees are facts of a day: a row holds from `since` until a later row of the same scale and
 * step. The table of gross to treated indices (décret n° 82-1105, annexe) is not whole: rows a town imports come first.
 * Invariant: no treated index below STAFF_INDEX_MIN. Pure. */
#ifndef SERVICE_STAFF_CAREER_GRID_H
#define SERVICE_STAFF_CAREER_GRID_H

#include "base/arena.h"
#include "service/staff/staff.h"

enum { GRID_STEPS_MAX = 600, GRID_GRADES_MAX = 200, GRID_PAIRS_MAX = 2500, GRID_SINCES_MAX = 100 };

struct grid_step {
    struct str scale;
    int32_t step, gross, index; /* gross 0: not known */
    int32_t months;             /* 0: the last step */
    struct date since;
    struct str trust, source;
};
struct grid_grade {
    struct str code, name, scale;
    enum staff_category category;
    struct str source;
};
struct grid_pair {
    int32_t gross, index;
    struct date since;
    struct str source;
};

struct grid {
    struct grid_step *steps;
    struct grid_grade *grades;
    struct grid_pair *pairs;
    struct date *sinces; /* days on which a row begins to hold, each once */
    size_t step_count, grade_count, pair_count, since_count;
};

/* What comes with the program. LIMIT: full arena. */
MUST_USE enum status grid_shipped(struct arena *arena, struct grid *ret_grid);
/* NULL: no such grade. */
const struct grid_grade *grid_grade_of(const struct grid *grid, struct str grade);
enum staff_category grid_category(const struct grid *grid, struct str grade);
/* NULL: the grade has no such step, or none is known on that day. */
const struct grid_step *grid_step_of(const struct grid *grid, struct str grade, int32_t step, struct date day);
/* The steps of a grade, from the first known to the last; 0 and 0: no such grade. */
void grid_steps_of(const struct grid *grid, struct str grade, int32_t *ret_first, int32_t *ret_last);
/* The treated index of a gross one on a day; 0: no pair is known. */
int32_t grid_index(const struct grid *grid, int32_t gross, struct date day);

/* Reads "gross,index" rows (a first line with these or "indice_brut,indice_majore") that hold from `since`. INVALID:
 * *ret_line is the first that is not two numbers, below STAFF_INDEX_MIN, or twice there. */
MUST_USE enum status grid_read_pairs(struct arena *arena, struct str csv, struct date since, struct str source,
                                     struct grid_pair **ret_pairs, size_t *ret_count, int64_t *ret_line);

#endif
