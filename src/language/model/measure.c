#include "language/model/measure.h"

#include <math.h>

#include "language/model/dialogue.h"

const char *measure_verdict_word(enum measure_verdict verdict)
{
    static const char *const words[] = {"", "true", "false", "refused", "unclear"};
    return words[verdict];
}

/* ---- judging ---- */

struct span {
    size_t from, to; /* of an answer's bytes; to 0: not there */
};

static size_t skip_digits(struct str text, size_t at)
{
    while (at < text.len && ascii_is_digit(text.at[at]))
        at++;
    return at;
}

/* "(45)", with the name before it: what is said of the department is said up to there. */
static struct span department_in(struct str answer)
{
    size_t open = str_find_byte(answer, '('), close = str_find_byte(answer, ')');
    bool is_there = open != SIZE_MAX && close != SIZE_MAX && close > open + 1 && close - open <= 4;
    return is_there ? (struct span){open + 1, close} : (struct span){0, 0};
}

/* A run of five digits. */
static struct span postal_code_in(struct str answer)
{
    for (size_t at = 0; at < answer.len; at++) {
        size_t end = skip_digits(answer, at);
        if (end - at == 5 && !str_starts(str_after(answer, end), STR(" hab")))
            return (struct span){at, end};
        at = end > at ? end : at;
    }
    return (struct span){0, 0};
}

/* Digits right before " hab". */
static struct span population_in(struct str answer)
{
    size_t end = str_find(answer, STR(" hab")), from = end;
    if (end == SIZE_MAX)
        return (struct span){0, 0};
    while (from > 0 && ascii_is_digit(answer.at[from - 1]))
        from--;
    return from < end ? (struct span){from, end} : (struct span){0, 0};
}

static struct span field_in(struct str answer, enum measure_field field)
{
    return field == MEASURE_DEPARTMENT    ? department_in(answer)
           : field == MEASURE_POSTAL_CODE ? postal_code_in(answer)
                                          : population_in(answer);
}

struct str measure_value(struct str answer, enum measure_field field)
{
    struct span span = field_in(answer, field);
    return span.to == 0 ? STR_NONE : str_slice(answer, span.from, span.to);
}

static bool is_postal_code(const struct table_commune *commune, struct str value)
{
    for (size_t i = 0; i < commune->postal_code_count; i++)
        if (str_eq(commune->postal_codes[i], value))
            return true;
    return false;
}

static bool is_population(const struct table_commune *commune, struct str value)
{
    uint64_t said;
    if (str_to_u64(value, 1000000000, &said) != OK)
        return false;
    int64_t apart = (int64_t)said - commune->population;
    return (apart < 0 ? -apart : apart) * 20 <= commune->population;
}

static bool is_true(const struct table *table, struct str name, enum measure_field field, struct str value)
{
    for (size_t i = table_find(table, name); i != TABLE_NONE; i = table->communes[i].next_alike) {
        const struct table_commune *commune = &table->communes[i];
        if ((field == MEASURE_DEPARTMENT && str_eq(commune->department->code, value)) ||
            (field == MEASURE_POSTAL_CODE && is_postal_code(commune, value)) ||
            (field == MEASURE_POPULATION && is_population(commune, value)))
            return true;
    }
    return false;
}

static uint8_t judge_field(const struct table *table, struct str name, struct str answer, enum measure_field field)
{
    struct str value = measure_value(answer, field);
    if (str_find(answer, STR("ne connais pas")) != SIZE_MAX)
        return MEASURE_REFUSED;
    if (str_is_absent(value))
        return MEASURE_UNCLEAR;
    return is_true(table, name, field, value) ? MEASURE_TRUE : MEASURE_FALSE;
}

void measure_judge(const struct table *table, struct str name, struct str answer, bool is_wanted[MEASURE_FIELDS],
                   uint8_t verdict[MEASURE_FIELDS])
{
    for (int field = 0; field < MEASURE_FIELDS; field++)
        if (is_wanted[field])
            verdict[field] = judge_field(table, name, answer, (enum measure_field)field);
}

/* ---- asking ---- */

/* The product over the tokens that reach into the span. */
static float sure_of(const struct pieces *pieces, const struct speaker_said *said, size_t count, struct span span)
{
    double product = 1;
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        size_t end = at + pieces_text(pieces, said[i].token).len;
        if (end > span.from && at < span.to)
            product *= (double)said[i].probability;
        at = end;
    }
    return (float)product;
}

float measure_sure(const struct pieces *pieces, const struct speaker_said *said, size_t count, struct str answer,
                   enum measure_field field)
{
    struct span span = field_in(answer, field);
    if (field == MEASURE_DEPARTMENT)
        span.from = 0;
    return sure_of(pieces, said, count, span);
}

static void ask_once(struct speaker *speaker, const struct table *table, struct str name, struct str prompt,
                     bool is_wanted[MEASURE_FIELDS], struct measure_answer *answer)
{
    struct speaker_said said[SPEAKER_SAID_MAX];
    char bytes[MEASURE_ANSWER_MAX];
    struct buf text = {.at = bytes, .room = sizeof bytes, .max = sizeof bytes};
    size_t count = 0;
    speaker_restart(speaker);
    if (speaker_hear_text(speaker, prompt) == OK)
        speaker_say(speaker, 0, NULL, said, SPEAKER_SAID_MAX, &count, &text);
    measure_judge(table, name, buf_str(&text), is_wanted, answer->verdict);
    for (int field = 0; field < MEASURE_FIELDS; field++) {
        if (is_wanted[field])
            answer->sure[field] = measure_sure(&speaker->model->pieces, said, count, buf_str(&text),
                                               (enum measure_field)field);
    }
}

void measure_ask(struct speaker *speaker, const struct table *table, struct str name, struct measure_answer *answer)
{
    char bytes[STREAM_TEXT_MAX];
    struct buf prompt = {.at = bytes, .room = sizeof bytes, .max = sizeof bytes};
    bool all[MEASURE_FIELDS] = {true, true, true};
    if (speaker->model->making.kind == STREAM_LINES) {
        world_prompt(&prompt, name);
        ask_once(speaker, table, name, buf_str(&prompt), all, answer);
        return;
    }
    for (int field = 0; field < MEASURE_FIELDS; field++) {
        bool one[MEASURE_FIELDS] = {false, false, false};
        one[field] = true;
        buf_clear(&prompt);
        dialogue_question(&prompt, (enum dialogue_asked)field, name);
        ask_once(speaker, table, name, buf_str(&prompt), one, answer);
    }
}

static void ask_task(void *with, size_t number, size_t worker)
{
    struct measure_work *work = with;
    size_t place = work->from + number;
    if (work->is_wanted == NULL || work->is_wanted[place])
        measure_ask(work->speakers[worker], work->table, work->table->communes[place].name, &work->answers[place]);
}

void measure_run(struct measure_work *work, const struct parallel *parallel)
{
    parallel_run(parallel, work->to - work->from, ask_task, work);
}

/* ---- adding up ---- */

size_t measure_bucket(uint32_t seen)
{
    return seen == 0 ? 0 : seen <= 3 ? 1 : seen <= 30 ? 2 : seen <= 100 ? 3 : 4;
}

static void count_one(struct measure_cell *cell, uint8_t verdict)
{
    cell->answered += verdict == MEASURE_TRUE || verdict == MEASURE_FALSE;
    cell->false_ones += verdict == MEASURE_FALSE;
    cell->refused += verdict == MEASURE_REFUSED;
    cell->unclear += verdict == MEASURE_UNCLEAR;
}

struct bin {
    double sure, right, count;
};

static double calibration_of(const struct bin *bins)
{
    double all = 0, apart = 0;
    for (int i = 0; i < MEASURE_BINS; i++) {
        all += bins[i].count;
        apart += fabs(bins[i].sure - bins[i].right);
    }
    return all > 0 ? apart / all : 0;
}

void measure_sum(const struct table *table, const struct measure_answer *answers, const uint32_t *seen,
                 struct measure *ret_measure)
{
    struct bin bins[MEASURE_BINS] = {{0}};
    struct measure measure = {.calibration = 0};
    for (size_t i = 0; i < table->count; i++) {
        size_t bucket = measure_bucket(seen[i]);
        measure.communes[bucket] += answers[i].verdict[0] != MEASURE_UNASKED;
        for (int field = 0; field < MEASURE_FIELDS; field++) {
            uint8_t verdict = answers[i].verdict[field];
            count_one(&measure.cells[bucket][field], verdict);
            count_one(&measure.all[field], verdict);
            if (verdict != MEASURE_TRUE && verdict != MEASURE_FALSE)
                continue;
            double sure = (double)answers[i].sure[field];
            struct bin *bin = &bins[sure >= 1 ? MEASURE_BINS - 1 : (int)(sure * MEASURE_BINS)];
            bin->sure += sure;
            bin->right += verdict == MEASURE_TRUE;
            bin->count++;
        }
    }
    measure.calibration = calibration_of(bins);
    *ret_measure = measure;
}

/* Wilson, "Probable inference" (1927), with z = 1.96. */
void measure_interval(uint64_t some, uint64_t all, double *ret_low, double *ret_high)
{
    *ret_low = 0;
    *ret_high = 1;
    if (all == 0)
        return;
    double n = (double)all, share = (double)some / n, z = 1.959963984540054, square = z * z;
    double middle = (share + square / (2 * n)) / (1 + square / n);
    double half = z / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n));
    *ret_low = some == 0 ? 0 : middle - half;
    *ret_high = some == all ? 1 : middle + half;
}

void measure_seen(const struct stream *stream, uint64_t from_step, uint64_t to_step, size_t sequences,
                  uint32_t *by_rank)
{
    uint16_t tokens[NET_CONTEXT_MAX + 1];
    for (uint64_t step = from_step; step < to_step; step++)
        for (size_t i = 0; i < sequences; i++)
            stream_fill(stream, step, i, tokens, by_rank);
}
