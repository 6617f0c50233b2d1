/* How long building, searching and tracing take over a corpus given as an argument.
 *
 * build/bench-sources CORPUS [MEGABYTES]     texts to trace in; what the corpus lacks is its own words in other
 * orders */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/seeded.h"
#include "language/source/trace.h"
#include "language/token.h"
#include "os/clock.h"
#include "role/corpus.h"
#include "need.h"

enum { ANSWERS = 2000, ANSWER_LEN = 1000, SPAN_LEAST = 20, REMOVED = 20, LONG_SPAN = 40 };

/* Of the processor, which other programs on the machine do not lengthen. */
static int64_t cpu_us(void)
{
    struct timespec spent;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return spent.tv_sec * 1000000 + spent.tv_nsec / 1000;
}

struct watch {
    int64_t wall_us, cpu_us;
};
static struct watch begin(void)
{
    return (struct watch){clock_monotonic_us(), cpu_us()};
}
static void print_watch(const char *what, struct watch begun)
{
    printf("%s_s %.2f (processor %.2f)\n", what, (double)(clock_monotonic_us() - begun.wall_us) / 1e6,
           (double)(cpu_us() - begun.cpu_us) / 1e6);
}

/* The words of a text in another order: runs of three to eight stay together, as phrases do. */
static void shuffle(struct seeded *seeded, struct str text, struct buf *out)
{
    static struct str runs[1 << 16];
    size_t count = 0;
    while (text.len > 0 && count < sizeof runs / sizeof runs[0]) {
        size_t words = 3 + seeded_below(seeded, 6), at = 0;
        while (at < text.len && words > 0)
            words -= text.at[at++] == ' ';
        runs[count++] = str_slice(text, 0, at);
        text = str_after(text, at);
    }
    buf_clear(out);
    for (size_t i = 0; i < count; i++)
        buf_add(out, runs[seeded_below(seeded, count)]);
}

static struct suffix *gather(const struct library *library, size_t bytes)
{
    struct suffix *suffix = suffix_create();
    struct seeded seeded = {1};
    struct buf shuffled BUF_SCOPE = BUF_INIT(SOURCE_TEXT_MAX);
    size_t added = 0;
    for (size_t round = 0; added < bytes; round++)
        for (size_t i = 0; i < library->source_count && added < bytes; i++) {
            struct str text = library_source(library, i).text;
            if (round > 0) {
                shuffle(&seeded, text, &shuffled);
                text = buf_str(&shuffled);
            }
            need(suffix_add(suffix, text), "add");
            added += text.len;
        }
    return suffix;
}

/* A thousand bytes of pieces of the corpus with words between that it has not. */
static void make_answer(struct seeded *seeded, const struct library *library, struct buf *answer)
{
    buf_clear(answer);
    while (answer->len < ANSWER_LEN) {
        struct str text = library_source(library, seeded_below(seeded, library->source_count)).text;
        size_t from = seeded_below(seeded, text.len), len = 40 + seeded_below(seeded, 200);
        buf_add(answer, str_slice(text, from, from + len));
        buf_add_c(answer, " qu'un drone livrerait zéphyrement ");
    }
}

static int compare_us(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a, two = *(const int64_t *)b;
    return (one > two) - (one < two);
}

static void time_traces(const struct suffix *suffix, const struct library *library)
{
    static int64_t took_us[ANSWERS], spent_us[ANSWERS];
    struct seeded seeded = {2};
    struct arena *arena ARENA_SCOPE = arena_create(16 << 20);
    struct buf answer BUF_SCOPE = BUF_INIT(1 << 16);
    double covered = 0;
    for (size_t i = 0; i < ANSWERS; i++) {
        struct trace_span *spans;
        size_t count;
        make_answer(&seeded, library, &answer);
        struct str text = str_slice(buf_str(&answer), 0, ANSWER_LEN);
        arena_reset(arena);
        struct watch begun = begin();
        need(trace_run(arena, suffix, text, SPAN_LEAST, &spans, &count), "trace");
        took_us[i] = clock_monotonic_us() - begun.wall_us;
        spent_us[i] = cpu_us() - begun.cpu_us;
        covered += (double)trace_covered(spans, count) / (double)text.len;
    }
    qsort(took_us, ANSWERS, sizeof took_us[0], compare_us);
    qsort(spent_us, ANSWERS, sizeof spent_us[0], compare_us);
    printf("trace_1000_bytes_p50_ms %.3f (processor %.3f)\n", took_us[ANSWERS / 2] / 1e3, spent_us[ANSWERS / 2] / 1e3);
    printf("trace_1000_bytes_p99_ms %.3f (processor %.3f)\ntrace_covered %.3f\n", took_us[ANSWERS * 99 / 100] / 1e3,
           spent_us[ANSWERS * 99 / 100] / 1e3, covered / ANSWERS);
}

/* Removes texts and traces each of them whole: no place may lie in it. */
static void prove_removal(struct suffix *suffix, const struct library *library)
{
    size_t traced = 0;
    struct watch begun = begin();
    for (size_t i = 0; i < REMOVED; i++)
        need(suffix_remove(suffix, i * 10), "remove");
    print_watch("removal_of_20", begun);
    for (size_t i = 0; i < REMOVED; i++) {
        struct arena *arena ARENA_SCOPE = arena_create(64 << 20);
        struct trace_span *spans;
        size_t count;
        struct str text = str_slice(library_source(library, i * 10).text, 0, TRACE_ANSWER_MAX);
        need(trace_run(arena, suffix, text, LONG_SPAN, &spans, &count), "trace");
        for (size_t s = 0; s < count; s++)
            for (size_t p = 0; p < spans[s].place_count; p++)
                traced += spans[s].places[p].text == i * 10;
    }
    printf("spans_traced_to_removed %zu\n", traced);
}

/* The index alone, without reading files. */
static void build_again(const struct library *library)
{
    struct library_builder *builder = library_builder_create();
    struct buf image BUF_SCOPE = BUF_INIT((size_t)1 << 30);
    struct library again;
    struct watch begun = begin();
    for (size_t i = 0; i < library->source_count; i++) {
        struct source source = library_source(library, i);
        need(library_builder_add(builder, &source), "index");
    }
    int64_t longest_us = 0;
    enum status done = BUSY;
    while (done == BUSY) {
        struct watch step = begin();
        done = library_builder_step(builder, &image);
        int64_t took_us = cpu_us() - step.cpu_us;
        longest_us = took_us > longest_us ? took_us : longest_us;
    }
    need(done, "index");
    print_watch("index", begun);
    printf("index_longest_step_of_the_end_ms %.1f (processor)\n", (double)longest_us / 1e3);
    printf("image_mb %.1f\n", (double)image.len / 1e6);
    library_builder_destroy(builder);
    begun = begin();
    need(library_open(buf_str(&image), &again), "open");
    print_watch("open", begun);
}

/* Words alone, in steps, over the corpus as it is. */
static void time_words(const struct library *library)
{
    struct suffix *suffix = suffix_create();
    struct watch begun = begin();
    int64_t longest_us = 0;
    enum status done = BUSY;
    for (size_t i = 0; i < library->source_count; i++)
        need(suffix_add(suffix, library_source(library, i).text), "add");
    while (done == BUSY) {
        struct watch step = begin();
        done = suffix_sort_words(suffix);
        int64_t took_us = cpu_us() - step.cpu_us;
        longest_us = took_us > longest_us ? took_us : longest_us;
    }
    need(done, "words");
    print_watch("words_sort", begun);
    printf("words_sort_longest_step_ms %.1f (processor)\nwords_sort_mb %.1f\n", (double)longest_us / 1e3,
           (double)suffix_size(suffix) / 1e6);
    suffix_destroy(suffix);
}

int main(int argc, char **argv)
{
    struct corpus corpus;
    if (argc < 2)
        return 2;
    struct watch begun = begin();
    need(corpus_read(argv[1], CORPUS_TITLES, &corpus), argv[1]);
    printf("sources %zu\n", corpus.library.source_count);
    print_watch("read_and_index", begun);
    build_again(&corpus.library);

    size_t bytes = argc > 2 ? strtoul(argv[2], NULL, 10) * 1000000 : 100000000;
    struct suffix *suffix = gather(&corpus.library, bytes);
    begun = begin();
    need(suffix_sort(suffix), "sort");
    printf("suffix_mb %.1f\n", (double)bytes / 1e6);
    print_watch("suffix_sort", begun);
    printf("suffix_size_by_text %.2f\n", (double)suffix_size(suffix) / (double)bytes);
    time_traces(suffix, &corpus.library);
    time_words(&corpus.library);
    prove_removal(suffix, &corpus.library);
    suffix_destroy(suffix);
    corpus_finish(&corpus);
    return 0;
}
