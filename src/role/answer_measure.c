#include "role/answer_measure.h"

#include <stdlib.h>

#include "language/source/refusal.h"
#include "language/stem.h"
#include "os/clock.h"
#include "role/extract.h"

enum { RESULTS = 10, SCRATCH = 64 << 20 };

struct measuring {
    const struct library *library;
    struct stemmer *stemmer;
    struct arena *scratch; /* of one question */
    struct measure *measure;
    int64_t *took_us;
};

/* What was found and shown for one question. */
struct outcome {
    int64_t gold;
    struct question question;
    struct search_result results[RESULTS];
    size_t count;
    bool is_refused;
    struct quote quotes[QUOTES_MAX];
    size_t quote_count;
};

static enum status answer(struct measuring *measuring, const struct corpus_question *asked, int64_t excluded,
                          struct outcome *outcome)
{
    struct search search = {measuring->library, &search_defaults, excluded};
    TRY(question_read(measuring->scratch, measuring->library, measuring->stemmer, asked->text, &outcome->question));
    TRY(search_run(measuring->scratch, &search, &outcome->question, outcome->results, RESULTS, &outcome->count));
    outcome->is_refused = refusal_of(&refusal_weights, &outcome->question, outcome->results, outcome->count);
    outcome->quote_count = 0;
    if (outcome->count == 0)
        return OK;
    return quote_find(measuring->scratch, measuring->library, &outcome->question, outcome->results[0].source,
                      outcome->quotes, &outcome->quote_count);
}

static void count_quotes(struct measuring *measuring, const struct outcome *outcome)
{
    for (size_t i = 0; i < outcome->quote_count; i++) {
        struct source source = library_source(measuring->library, outcome->quotes[i].source);
        struct str there =
            str_slice(source.text, outcome->quotes[i].offset, outcome->quotes[i].offset + outcome->quotes[i].text.len);
        measuring->measure->altered += !str_eq(there, outcome->quotes[i].text);
    }
}

static enum status count_extract(struct measuring *measuring, const struct corpus_question *asked,
                                 const struct outcome *outcome, struct measure_part *add)
{
    struct quote quotes[QUOTES_MAX];
    size_t count;
    if (str_is_absent(asked->extract) || outcome->gold == LIBRARY_NONE)
        return OK;
    struct source source = library_source(measuring->library, (size_t)outcome->gold);
    TRY(quote_find(measuring->scratch, measuring->library, &outcome->question, (uint32_t)outcome->gold, quotes,
                   &count));
    add->extracts = 1;
    add->extracts_there = extract_stands_in(source.text, asked->extract);
    add->extracts_shown = extract_is_quoted(quotes, count, asked->extract);
    add->extracts_met = extract_is_quoted(outcome->quotes, outcome->quote_count, asked->extract);
    if (add->extracts_there == 0)
        return OK;
    add->passages = count;
    add->leading = count > 0 && extract_is_carried(quotes[0].text, asked->extract);
    for (size_t i = 0; i < count; i++)
        add->carrying += extract_is_carried(quotes[i].text, asked->extract);
    return OK;
}

static void add_part(struct measure_part *to, const struct measure_part *add)
{
    to->questions += add->questions;
    to->first += add->first;
    to->three += add->three;
    to->ten += add->ten;
    to->inverse += add->inverse;
    to->extracts += add->extracts;
    to->extracts_there += add->extracts_there;
    to->extracts_shown += add->extracts_shown;
    to->extracts_met += add->extracts_met;
    to->passages += add->passages;
    to->carrying += add->carrying;
    to->leading += add->leading;
    to->kept += add->kept;
    to->without += add->without;
    to->refused += add->refused;
}

/* Of the first result that is the right source; 0 when none is. */
static size_t rank_of(const struct library *library, const struct outcome *outcome)
{
    for (size_t i = 0; i < outcome->count && outcome->gold != LIBRARY_NONE; i++)
        if (library_is_same(library, outcome->results[i].source, (size_t)outcome->gold))
            return i + 1;
    return 0;
}

static enum status measure_question(struct measuring *measuring, const struct corpus_question *asked, size_t number)
{
    struct outcome outcome = {.gold = library_source_of_id(measuring->library, asked->source)};
    struct measure_part add = {.questions = 1};
    arena_reset(measuring->scratch);
    int64_t begun_us = clock_monotonic_us();
    TRY(answer(measuring, asked, LIBRARY_NONE, &outcome));
    measuring->took_us[number] = clock_monotonic_us() - begun_us;
    size_t rank = rank_of(measuring->library, &outcome);
    if (rank > 0) {
        add.first = rank == 1;
        add.three = rank <= 3;
        add.ten = rank <= 10;
        add.inverse = 1.0 / (double)rank;
    }
    add.kept = !outcome.is_refused;
    count_quotes(measuring, &outcome);
    TRY(count_extract(measuring, asked, &outcome, &add));
    if (outcome.gold != LIBRARY_NONE) {
        TRY(answer(measuring, asked, outcome.gold, &outcome));
        add.without = 1;
        add.refused = outcome.is_refused;
    }
    add_part(&measuring->measure->parts[MEASURE_ALL], &add);
    add_part(&measuring->measure->parts[asked->is_proving ? MEASURE_PROVING : MEASURE_CHOOSING], &add);
    return OK;
}

static int compare_us(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a, two = *(const int64_t *)b;
    return (one > two) - (one < two);
}

enum status answer_measure_run(struct arena *arena, const struct library *library,
                               const struct corpus_questions *questions, struct measure *ret_measure)
{
    struct arena *scratch ARENA_SCOPE = arena_create(SCRATCH);
    struct measure measure = {.sources = library->source_count};
    struct measuring measuring = {.library = library,
                                  .scratch = scratch,
                                  .measure = &measure,
                                  .took_us = arena_array(arena, int64_t, questions->count + 1)};
    enum status done = measuring.took_us != NULL ? OK : LIMIT;
    measuring.stemmer = stemmer_create();
    for (size_t i = 0; i < questions->count && done == OK; i++)
        done = measure_question(&measuring, &questions->at[i], i);
    stemmer_destroy(measuring.stemmer);
    TRY(done);
    qsort(measuring.took_us, questions->count, sizeof *measuring.took_us, compare_us);
    if (questions->count > 0) {
        measure.p50_us = measuring.took_us[questions->count / 2];
        measure.p99_us = measuring.took_us[(questions->count - 1) * 99 / 100];
    }
    *ret_measure = measure;
    return OK;
}

/* ---- writing ---- */

struct writing {
    struct buf *out;
    bool is_json;
    bool is_begun; /* something stands before on this level */
    const char *prefix;
};

static void write_name(struct writing *writing, const char *name)
{
    if (writing->is_json)
        buf_add_format(writing->out, "%s\"%s\":", writing->is_begun ? "," : "", name);
    else
        buf_add_format(writing->out, "%s%s ", writing->prefix, name);
    writing->is_begun = true;
}

static void write_count(struct writing *writing, const char *name, size_t count)
{
    write_name(writing, name);
    buf_add_u64(writing->out, count);
    buf_add_c(writing->out, writing->is_json ? "" : "\n");
}

static void write_number(struct writing *writing, const char *name, double number)
{
    write_name(writing, name);
    buf_add_format(writing->out, "%.4f%s", number, writing->is_json ? "" : "\n");
}

/* A share is null, or a dash, where nothing was to be counted. */
static void write_share(struct writing *writing, const char *name, double part, size_t whole)
{
    if (whole > 0) {
        write_number(writing, name, part / (double)whole);
        return;
    }
    write_name(writing, name);
    buf_add_c(writing->out, writing->is_json ? "null" : "-\n");
}

static void write_part(struct writing *writing, const struct measure_part *part)
{
    write_count(writing, "questions", part->questions);
    write_share(writing, "recall_at_1", (double)part->first, part->questions);
    write_share(writing, "recall_at_3", (double)part->three, part->questions);
    write_share(writing, "recall_at_10", (double)part->ten, part->questions);
    write_share(writing, "mrr", part->inverse, part->questions);
    write_count(writing, "extracts", part->extracts);
    write_count(writing, "extracts_in_source", part->extracts_there);
    write_share(writing, "extract_in_3_sentences", (double)part->extracts_shown, part->extracts_there);
    write_share(writing, "extract_in_3_sentences_of_all", (double)part->extracts_shown, part->extracts);
    write_share(writing, "extract_in_3_sentences_found", (double)part->extracts_met, part->extracts_there);
    write_share(writing, "passages_that_carry_it", (double)part->carrying, part->passages);
    write_share(writing, "first_passage_carries_it", (double)part->leading, part->extracts_there);
    write_share(writing, "kept_with_source", (double)part->kept, part->questions);
    write_share(writing, "refused_without_source", (double)part->refused, part->without);
}

void answer_measure_write(struct buf *out, const struct measure *measure, bool is_json)
{
    static const struct {
        const char *name, *prefix;
    } halves[MEASURE_PARTS] = {
        [MEASURE_CHOOSING] = {"choosing", "choosing."}, [MEASURE_PROVING] = {"proving", "proving."}};
    struct writing writing = {.out = out, .is_json = is_json, .prefix = ""};
    buf_add_c(out, is_json ? "{" : "");
    write_part(&writing, &measure->parts[MEASURE_ALL]);
    write_number(&writing, "p50_ms", (double)measure->p50_us / 1000);
    write_number(&writing, "p99_ms", (double)measure->p99_us / 1000);
    write_count(&writing, "sources", measure->sources);
    write_count(&writing, "quotes_altered", measure->altered);
    for (size_t i = MEASURE_CHOOSING; i < MEASURE_PARTS; i++) {
        if (is_json)
            write_name(&writing, halves[i].name);
        struct writing half = {.out = out, .is_json = is_json, .prefix = halves[i].prefix};
        buf_add_c(out, is_json ? "{" : "");
        write_part(&half, &measure->parts[i]);
        buf_add_c(out, is_json ? "}" : "");
    }
    buf_add_c(out, is_json ? "}\n" : "");
}
