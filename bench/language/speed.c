/* How many tokens a second are learnt from and spoken, by size of model, on one thread and two.
 *
 *     build/release/bench/language/speed [SECONDS]
 *
 * Over an invented table, so that nothing is needed: only sizes and lengths matter. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "language/model/speaker.h"
#include "language/model/trainer.h"
#include "os/clock.h"
#include "os/pool.h"

enum { ARENA = 1 << 30, COMMUNES = 400 };

static struct str write_table(struct buf *out)
{
    struct seeded seeded = {3};
    buf_add_byte(out, '[');
    for (int i = 0; i < COMMUNES; i++) {
        buf_add_format(out, "%s{\"code\":\"45%03d\",\"nom\":\"", i ? "," : "", i);
        for (int k = 0; k < 12; k++)
            buf_add_byte(out, (char)(k == 0 ? 'A' + seeded_below(&seeded, 26) : 'a' + seeded_below(&seeded, 26)));
        buf_add_format(out, "\",\"type\":\"commune-actuelle\",\"departement\":\"45\",\"codesPostaux\":[\"%05d\"],"
                            "\"population\":%d}", 45000 + i, 100 + (int)seeded_below(&seeded, 10000));
    }
    buf_add_byte(out, ']');
    return buf_str(out);
}

/* Of all threads: on a machine that is shared, what this program had. */
static double processor_seconds(void)
{
    struct timespec spent;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return (double)spent.tv_sec + 1e-9 * (double)spent.tv_nsec;
}

struct bench {
    struct arena *arena;
    struct table table;
    struct world world;
    struct pieces pieces;
    struct stream stream;
};

static struct trainer *train(struct bench *bench, const char *name, struct net_size size, size_t sequences,
                             size_t workers, int64_t ms)
{
    struct pool *pool = NULL;
    struct trainer *trainer = NULL;
    size.vocabulary = bench->pieces.count;
    bench->stream.context = size.context;
    struct trainer_plan plan = {.size = size, .seed = 1, .steps = 100000, .sequences = sequences, .rate = 3e-3F};
    REQUIRE(pool_create(workers, &pool) == OK);
    REQUIRE(trainer_create(bench->arena, kernel_best(), &plan, &bench->stream, workers, &trainer) == OK);
    struct parallel parallel = {.workers = workers, .run = pool_run, .pool = pool};
    trainer_step(trainer, &parallel);
    int64_t begun = clock_monotonic_us(), now = begun;
    double spent = processor_seconds();
    size_t first = trainer->step;
    while (now < begun + ms * 1000) {
        trainer_step(trainer, &parallel);
        now = clock_monotonic_us();
    }
    double tokens = (double)((trainer->step - first) * sequences * size.context);
    spent = processor_seconds() - spent;
    printf("train  %-6s %5.2f M weights, %zu threads: %8.0f tokens/s, %8.0f a processor second (%.1f of %zu had)\n",
           name, (double)trainer->net.count / 1e6, workers, tokens * 1e6 / (double)(now - begun), tokens / spent,
           spent * 1e6 / (double)(now - begun), workers);
    fflush(stdout);
    pool_destroy(pool);
    return trainer;
}

/* One token after another, the context from its beginning each time it is full. */
static void speak(struct bench *bench, const char *name, const struct trainer *trainer, int64_t ms)
{
    struct model model = {.net = trainer->net, .pieces = bench->pieces};
    struct speaker *speaker;
    size_t spoken = 0;
    REQUIRE(speaker_create(bench->arena, kernel_best(), &model, &speaker) == OK);
    double spent = processor_seconds();
    int64_t begun = clock_monotonic_us(), now = begun;
    while (now < begun + ms * 1000) {
        if (speaker_hear(speaker, (uint16_t)(1 + spoken % (bench->pieces.count - 1))) == LIMIT)
            speaker_restart(speaker);
        else
            spoken++;
        now = clock_monotonic_us();
    }
    spent = processor_seconds() - spent;
    printf("speak  %-6s %5.2f M weights, 1 thread:  %8.0f tokens/s, %8.0f a processor second\n", name,
           (double)trainer->net.count / 1e6, (double)spoken * 1e6 / (double)(now - begun), (double)spoken / spent);
    fflush(stdout);
}

int main(int count, char **words)
{
    struct buf text BUF_SCOPE = BUF_INIT(4 << 20), corpus BUF_SCOPE = BUF_INIT(4 << 20);
    struct bench bench = {.arena = arena_create((size_t)8 * ARENA)};
    int64_t ms = 1000 * (count > 1 ? strtol(words[1], NULL, 10) : 3);
    REQUIRE(table_read(bench.arena, write_table(&text),
                       STR("[{\"code\":\"45\",\"nom\":\"Loiret\",\"region\":\"24\",\"chefLieu\":\"45001\"}]"),
                       &bench.table) == OK);
    REQUIRE(world_create(bench.arena, &bench.table, WORLD_DEPARTMENT, STR("45"), &bench.world) == OK);
    bench.stream = (struct stream){.kind = STREAM_LINES, .world = &bench.world, .pieces = &bench.pieces, .seed = 1};
    stream_corpus(&bench.stream, &corpus);
    REQUIRE(pieces_of_characters(bench.arena, buf_str(&corpus), &bench.pieces) == OK);
    static const struct {
        const char *name;
        struct net_size size;
    } models[] = {{"nano", {.width = 64, .layers = 2, .heads = 2, .hidden = 192, .context = 128}},
                  {"1 M", {.width = 128, .layers = 5, .heads = 4, .hidden = 352, .context = 128}},
                  {"moyen", {.width = 192, .layers = 5, .heads = 6, .hidden = 512, .context = 128}}};
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        train(&bench, models[i].name, models[i].size, 8, 1, ms);
        speak(&bench, models[i].name, train(&bench, models[i].name, models[i].size, 8, 2, ms), ms);
    }
    arena_destroy(&bench.arena);
    return 0;
}
