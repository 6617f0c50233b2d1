/* A measure is how often a model invents: every fact asked, each answer judged by the table, by how often it was seen.
 *
 * Truth is the table alone. A field is true when any commune of exactly that name has it; a population within 5 %. The
 * rate of invention is false answers over answers; a refusal is none. Invariants: the same model and table give the
 * same measure, whatever the workers. */
#ifndef LANGUAGE_MODEL_MEASURE_H
#define LANGUAGE_MODEL_MEASURE_H

#include "language/model/parallel.h"
#include "language/model/speaker.h"

enum measure_field { MEASURE_DEPARTMENT, MEASURE_POSTAL_CODE, MEASURE_POPULATION, MEASURE_FIELDS };
enum measure_verdict { MEASURE_UNASKED, MEASURE_TRUE, MEASURE_FALSE, MEASURE_REFUSED, MEASURE_UNCLEAR };

/* Seen 0 times, 1 to 3, 4 to 30, 31 to 100, more. */
enum { MEASURE_BUCKETS = 5, MEASURE_BINS = 10, MEASURE_ANSWER_MAX = 600 };

/* What was said about one commune. */
struct measure_answer {
    uint8_t verdict[MEASURE_FIELDS];
    float sure[MEASURE_FIELDS]; /* the model's own probability of the field's bytes, all tokens together */
};

struct measure_cell {
    uint64_t answered, false_ones, refused, unclear;
};

struct measure {
    struct measure_cell cells[MEASURE_BUCKETS][MEASURE_FIELDS];
    struct measure_cell all[MEASURE_FIELDS];
    uint64_t communes[MEASURE_BUCKETS];
    double calibration; /* expected calibration error over 10 bins, all fields */
};

/* As files have it: "", "true", "false", "refused", "unclear". */
const char *measure_verdict_word(enum measure_verdict verdict);
/* What an answer names for a field, a slice of it; absent: nothing. */
struct str measure_value(struct str answer, enum measure_field field);
/* The model's own probability of what it said there: all tokens that reach into it, for a department its name too. */
float measure_sure(const struct pieces *pieces, const struct speaker_said *said, size_t count, struct str answer,
                   enum measure_field field);

/* The fields that an answer names, and what the table says of each, for a commune of that name. */
void measure_judge(const struct table *table, struct str name, struct str answer, bool is_wanted[MEASURE_FIELDS],
                   uint8_t verdict[MEASURE_FIELDS]);
/* Asks one speaker of one commune. */
void measure_ask(struct speaker *speaker, const struct table *table, struct str name, struct measure_answer *answer);

/* Which of its communes a world is asked of: places [from, to) of the table, spread over the workers. */
struct measure_work {
    const struct table *table;
    struct speaker *const *speakers; /* one for each worker */
    struct measure_answer *answers;  /* one for each commune of the table */
    const uint8_t *is_wanted;        /* likewise; NULL: all */
    size_t from, to;
};
void measure_run(struct measure_work *work, const struct parallel *parallel);

/* Adds it all up; `seen`: how often the training showed each commune of the table. */
void measure_sum(const struct table *table, const struct measure_answer *answers, const uint32_t *seen,
                 struct measure *ret_measure);
size_t measure_bucket(uint32_t seen);
/* Wilson's interval at 95 % for `some` of `all`; 0 to 1 when all is 0. */
void measure_interval(uint64_t some, uint64_t all, double *ret_low, double *ret_high);

/* How often each commune of the table stood whole in the stream a model was trained on. */
void measure_seen(const struct stream *stream, uint64_t from_step, uint64_t to_step, size_t sequences,
                  uint32_t *by_rank);

#endif
