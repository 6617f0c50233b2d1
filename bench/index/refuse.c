/* Fits the refusal: titles that are questions, asked with their sheet there (to be kept) and without it (to be
 * refused): of sheets with their titles, and of sheets whose titles have lost half of their words, since citizens do
 * not type titles; each asked whole and with a quarter of its words dropped. Titles that FILE's proving half asks for
 * are left out. Prints language/source/refusal_weights.c's numbers and what they keep and refuse.
 *
 * build/bench-refuse CORPUS FILE.tsv [--plain]     --plain: of sheets as a town's own documents are */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/seeded.h"
#include "language/plain.h"
#include "language/source/refusal.h"
#include "language/stem.h"
#include "language/token.h"
#include "os/file.h"
#include "role/corpus.h"
#include "need.h"

enum { CASES_MAX = 40000, STEPS = 4000, DROPPED_OF = 4, KINDS = 5, WORDS_MIN = 3, TOWNS = 10 };

struct example {
    float features[REFUSAL_FEATURES];
    bool is_answered;
    int kind; /* 0 to KINDS - 1: titles whole, asked whole or thinned; titles thinned, the same; words of a text */
};

struct fitting {
    struct corpus corpus;
    struct stemmer *stemmer;
    struct seeded seeded;
    struct example examples[CASES_MAX];
    size_t count;
};

/* A sheet as a town's own document is: its words alone, without lead, theme or what stands beside the text. */
static enum status add_plain(struct library_builder *builder, struct source source)
{
    struct source_block *blocks = calloc(source.block_count + 1, sizeof *blocks);
    size_t count = 0;
    REQUIRE(blocks != NULL);
    for (size_t i = 0; i < source.block_count; i++) {
        if (source.blocks[i].kind >= SOURCE_NOTE)
            continue;
        blocks[count] = source.blocks[i];
        if (blocks[count].kind == SOURCE_LEAD)
            blocks[count].kind = SOURCE_PARAGRAPH;
        count++;
    }
    source.blocks = blocks;
    source.block_count = count;
    source.theme = STR("");
    enum status done = library_builder_add(builder, &source);
    free(blocks);
    return done;
}

/* Every TOWNS-th sheet from `first` on: as many as a town has. */
static void make_plain(const struct corpus *corpus, size_t first, struct corpus *ret_corpus)
{
    struct library_builder *builder = library_builder_create();
    struct buf image = BUF_INIT((size_t)1 << 30);
    for (size_t i = first; i < corpus->library.source_count; i += TOWNS)
        need(add_plain(builder, library_source(&corpus->library, i)), "plain");
    need(library_builder_end(builder, &image), "plain");
    library_builder_destroy(builder);
    ret_corpus->image = image;
    need(library_open(buf_str(&image), &ret_corpus->library), "plain");
}

static bool is_proving(const struct corpus_questions *asked, struct str id)
{
    for (size_t i = 0; i < asked->count; i++)
        if (asked->at[i].is_proving && str_eq(asked->at[i].source, id))
            return true;
    return false;
}

static void add_example(struct fitting *fitting, struct arena *arena, struct str text, int64_t gold, bool is_answered,
                        int kind)
{
    struct question question;
    struct search_result results[2];
    struct search search = {&fitting->corpus.library, &search_defaults, is_answered ? LIBRARY_NONE : gold};
    size_t count;
    if (fitting->count == CASES_MAX)
        return;
    need(question_read(arena, &fitting->corpus.library, fitting->stemmer, text, &question), "question");
    need(search_run(arena, &search, &question, results, 2, &count), "search");
    /* What is found wrong must be refused too. */
    bool is_right = count > 0 && library_is_same(&fitting->corpus.library, results[0].source, (size_t)gold);
    struct example *example = &fitting->examples[fitting->count++];
    refusal_features(&question, results, count, example->features);
    example->is_answered = is_answered && is_right;
    example->kind = kind;
    if (is_answered && !is_right)
        fitting->count--;
}

static struct str with_words_dropped(struct fitting *fitting, struct arena *arena, struct str text)
{
    struct buf kept BUF_SCOPE = BUF_INIT(1 << 16), plain BUF_SCOPE = BUF_INIT(1 << 16);
    struct str rest, token;
    plain_write(&plain, text);
    rest = buf_str(&plain);
    while (token_next(&rest, &token))
        if (word_is_empty(token) || seeded_below(&fitting->seeded, DROPPED_OF) != 0) {
            buf_add(&kept, token);
            buf_add_byte(&kept, ' ');
        }
    return str_copy(arena, buf_str(&kept));
}

/* `titles`: the same sheets in the same order, with the titles that are asked. */
static void gather(struct fitting *fitting, const struct library *titles, const struct corpus_questions *asked,
                   int kind)
{
    struct arena *arena = arena_create(64 << 20);
    for (size_t i = 0; i < fitting->corpus.library.source_count; i++) {
        struct source source = library_source(titles, i);
        if (str_find_byte(source.title, '?') == SIZE_MAX || is_proving(asked, source.id))
            continue;
        arena_reset(arena);
        struct str dropped = with_words_dropped(fitting, arena, source.title);
        for (int answered = 0; answered < 2; answered++) {
            add_example(fitting, arena, source.title, (int64_t)i, answered == 1, kind);
            add_example(fitting, arena, dropped, (int64_t)i, answered == 1, kind + 1);
        }
    }
    arena_destroy(&arena);
}

/* Three to five words that carry meaning, one behind the other, of one block of a sheet; half of them with one word
 * more, of another sheet's title, as people ask with words that no text has. "": the block has too few. */
static struct str words_of_text(struct fitting *fitting, struct arena *arena, const struct source *source,
                                const struct source *other)
{
    size_t block = seeded_below(&fitting->seeded, source->block_count);
    size_t wanted = WORDS_MIN + seeded_below(&fitting->seeded, 3), count = 0;
    struct buf kept BUF_SCOPE = BUF_INIT(1 << 16), plain BUF_SCOPE = BUF_INIT(1 << 20);
    struct str rest, token;
    plain_write(&plain, source_block_text(source, block));
    rest = str_after(buf_str(&plain), seeded_below(&fitting->seeded, plain.len / 2 + 1));
    while (count < wanted && token_next(&rest, &token))
        if (!word_is_empty(token) && token.len > 2) {
            buf_add(&kept, token);
            buf_add_byte(&kept, ' ');
            count++;
        }
    if (count < wanted)
        return STR("");
    buf_clear(&plain);
    plain_write(&plain, other->title);
    rest = buf_str(&plain);
    for (bool is_more = seeded_below(&fitting->seeded, 2) == 0; is_more && token_next(&rest, &token);)
        if (!word_is_empty(token)) {
            buf_add(&kept, token);
            is_more = false;
        }
    return str_copy(arena, buf_str(&kept));
}

static void gather_words(struct fitting *fitting)
{
    const struct library *library = &fitting->corpus.library;
    struct arena *arena = arena_create(64 << 20);
    for (size_t i = 0; i < library->source_count; i++) {
        struct source source = library_source(library, i);
        struct source other = library_source(library, seeded_below(&fitting->seeded, library->source_count));
        arena_reset(arena);
        struct str text = source.block_count > 0 ? words_of_text(fitting, arena, &source, &other) : STR("");
        for (int answered = 0; text.len > 0 && answered < 2; answered++)
            add_example(fitting, arena, text, (int64_t)i, answered == 1, 4);
    }
    arena_destroy(&arena);
}

static void fit(const struct fitting *fitting, bool is_plain, struct refusal_model *model)
{
    double weights[REFUSAL_FEATURES] = {0}, slope[REFUSAL_FEATURES], pace[REFUSAL_FEATURES] = {0};
    for (size_t step = 0; step < STEPS; step++) {
        memset(slope, 0, sizeof slope);
        for (size_t i = 0; i < fitting->count; i++) {
            const struct example *example = &fitting->examples[i];
            double sum = 0;
            for (size_t f = 0; f < REFUSAL_FEATURES; f++)
                sum += weights[f] * example->features[f];
            double error = 1 / (1 + exp(-sum)) - example->is_answered;
            for (size_t f = 0; f < REFUSAL_FEATURES; f++)
                slope[f] += error * example->features[f];
        }
        for (size_t f = 0; f < REFUSAL_FEATURES; f++) {
            slope[f] = slope[f] / (double)fitting->count + 0.0002 * weights[f];
            pace[f] = 0.9 * pace[f] - 1.0 * slope[f];
            weights[f] += pace[f];
        }
        /* A word that no text has never speaks for an answer, whatever else the examples have in common. */
        if (is_plain && weights[REFUSAL_UNKNOWN] > 0)
            weights[REFUSAL_UNKNOWN] = 0;
    }
    for (size_t f = 0; f < REFUSAL_FEATURES; f++)
        model->weights[f] = (float)weights[f];
}

static void rates(const struct fitting *fitting, const struct refusal_model *model, int kind, double *kept,
                  double *refused)
{
    size_t counts[2] = {0}, right[2] = {0};
    for (size_t i = 0; i < fitting->count; i++) {
        const struct example *example = &fitting->examples[i];
        if (example->kind != kind)
            continue;
        bool is_kept = refusal_chance(model, example->features) >= model->threshold;
        counts[example->is_answered]++;
        right[example->is_answered] += is_kept == example->is_answered;
    }
    *kept = (double)right[1] / (double)counts[1];
    *refused = (double)right[0] / (double)counts[0];
}

static void gather_both(struct fitting *fitting, const struct corpus *titled, const struct corpus *thinned,
                        const struct library *titles, const struct corpus_questions *asked)
{
    fitting->corpus = *titled;
    gather(fitting, titles, asked, 0);
    fitting->corpus = *thinned;
    gather(fitting, titles, asked, 2);
}

static void gather_towns(struct fitting *fitting, const struct corpus *titled, const struct corpus *thinned,
                         const struct corpus_questions *asked)
{
    for (size_t i = 0; i < TOWNS; i++) {
        struct corpus plain, plain_thinned;
        make_plain(titled, i, &plain);
        make_plain(thinned, i, &plain_thinned);
        gather_both(fitting, &plain, &plain_thinned, &plain.library, asked);
        gather_words(fitting);
        corpus_finish(&plain);
        corpus_finish(&plain_thinned);
    }
}

int main(int argc, char **argv)
{
    struct fitting *fitting = calloc(1, sizeof *fitting);
    struct arena *arena = arena_create(64 << 20);
    struct corpus_questions asked;
    struct refusal_model model = {.threshold = 0};
    struct str tsv;
    double kept, refused;
    bool is_plain = argc > 3 && strcmp(argv[3], "--plain") == 0;
    if (argc < 3 || fitting == NULL)
        return 2;
    need(file_map_path(argv[2], &tsv), argv[2]);
    need(corpus_questions_read(arena, tsv, &asked), argv[2]);
    struct corpus titled, thinned;
    need(corpus_read(argv[1], CORPUS_TITLES, &titled), argv[1]);
    fitting->stemmer = stemmer_create();
    fitting->seeded.state = 7;
    need(corpus_read(argv[1], CORPUS_TITLES_THINNED, &thinned), argv[1]);
    if (is_plain)
        gather_towns(fitting, &titled, &thinned, &asked);
    else
        gather_both(fitting, &titled, &thinned, &titled.library, &asked);
    fit(fitting, is_plain, &model);
    printf("weights");
    for (size_t f = 0; f < REFUSAL_FEATURES; f++)
        printf(" %.3f", model.weights[f]);
    printf("\n");
    for (model.threshold = 0.05F; model.threshold < 0.96F; model.threshold += 0.05F) {
        printf("threshold %.2f:", model.threshold);
        for (int kind = 0; kind < KINDS; kind++) {
            rates(fitting, &model, kind, &kept, &refused);
            printf("%s kept %.3f refused %.3f", kind > 0 ? ";" : "", kept, refused);
        }
        printf("\n");
    }
    return 0;
}
