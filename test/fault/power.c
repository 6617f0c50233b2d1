/* power: a town at work, its disk's log, and the power cut at many places: nothing promised may be lost.
 *
 *   power [--cuts N] [--histories N] [--turns N] [--seed N] [--verify build/parvis]
 *
 * Ends with the same histories run with their syncs off, which must lose: a test that cannot fail proves nothing. */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cut.h"
#include "disk.h"
#include "history.h"

struct settings {
    int cuts, histories, turns;
    uint64_t seed;
    const char *program;
};

static int remove_one(const char *path, const struct stat *facts, int kind, struct FTW *at)
{
    (void)facts;
    (void)kind;
    (void)at;
    return remove(path);
}

static void remove_tree(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* Memory is as good as a disk here: what was synced is what the log says. */
static void fresh_folder(char path[64])
{
    snprintf(path, 64, "%s/parvis-power-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (mkdtemp(path) == NULL)
        abort();
}

static int64_t promised_at(const struct disk_log *log, size_t count)
{
    int64_t turn = 0;
    for (size_t i = 0; i < count; i++)
        if (log->at[i].kind == DISK_MARK)
            turn = log->at[i].offset;
    return turn;
}

/* Half of the cuts fall right behind a promise, where a missing sync shows. */
static size_t place_of(const struct disk_log *log, struct seeded *seeded)
{
    size_t count = 1 + seeded_below(seeded, log->count);
    if (seeded_below(seeded, 2) == 0)
        while (count < log->count && log->at[count - 1].kind != DISK_MARK)
            count++;
    return count;
}

/* The power goes again while the town comes up: `folder` becomes what that leaves. */
static void cut_again(int64_t turn, struct seeded *seeded, char folder[64])
{
    struct disk_log log;
    char again[64];
    disk_watch(folder, &log);
    size_t before = log.count;
    history_open(turn, folder);
    disk_rest();
    fresh_folder(again);
    cut_make(&log, before + seeded_below(seeded, log.count - before + 1), seeded, again);
    disk_log_free(&log);
    remove_tree(folder);
    memcpy(folder, again, sizeof again);
}

static int find_wrong(const struct settings *settings, const struct history *history, const struct disk_log *log,
                      uint64_t seed)
{
    struct seeded seeded = {seed};
    char folder[64];
    size_t count = place_of(log, &seeded);
    int64_t turn = promised_at(log, count);
    bool is_twice = seeded_below(&seeded, 3) == 0;
    fresh_folder(folder);
    cut_make(log, count, &seeded, folder);
    if (is_twice)
        cut_again(turn, &seeded, folder);
    int found = history_check(history, turn, folder, settings->program);
    if (found)
        printf("  cut at call %zu of %zu, promised up to turn %lld, seed %llu%s\n", count, log->count, (long long)turn,
               (unsigned long long)seed, is_twice ? ", twice" : "");
    if (found && getenv("KEEP") != NULL)
        printf("  kept in %s\n", folder);
    else
        remove_tree(folder);
    return found;
}

/* In a process of its own: one that dies has found something too. */
static int one_cut(const struct settings *settings, const struct history *history, const struct disk_log *log,
                   uint64_t seed)
{
    int state = 0;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        int found = find_wrong(settings, history, log, seed);
        fflush(stdout);
        _exit(found > 0);
    }
    if (child < 0 || waitpid(child, &state, 0) < 0)
        abort();
    if (WIFSIGNALED(state))
        printf("  the start died of signal %d, seed %llu\n", WTERMSIG(state), (unsigned long long)seed);
    return state != 0;
}

static int one_history(const struct settings *settings, int number, struct history *history, int cuts)
{
    struct disk_log log;
    char folder[64];
    int found = 0;
    fresh_folder(folder);
    disk_watch(folder, &log);
    history_run(history, settings->seed + (uint64_t)number, settings->turns, folder);
    disk_rest();
    remove_tree(folder);
    for (int i = 0; i < cuts; i++)
        found += one_cut(settings, history, &log, settings->seed * 1000003 + (uint64_t)(number * 1000 + i));
    disk_log_free(&log);
    return found;
}

static int all_histories(const struct settings *settings, int cuts)
{
    struct history *history = calloc(1, sizeof *history);
    int found = 0;
    if (history == NULL)
        abort();
    for (int i = 0; i < settings->histories; i++)
        found += one_history(settings, i, history, (cuts + settings->histories - 1 - i) / settings->histories);
    free(history);
    return found;
}

static void read_words(int count, char **words, struct settings *settings)
{
    for (int i = 1; i + 1 < count; i += 2) {
        if (strcmp(words[i], "--cuts") == 0)
            settings->cuts = atoi(words[i + 1]);
        else if (strcmp(words[i], "--histories") == 0)
            settings->histories = atoi(words[i + 1]);
        else if (strcmp(words[i], "--turns") == 0)
            settings->turns = atoi(words[i + 1]);
        else if (strcmp(words[i], "--seed") == 0)
            settings->seed = strtoull(words[i + 1], NULL, 10);
        else if (strcmp(words[i], "--verify") == 0)
            settings->program = words[i + 1];
    }
}

int main(int count, char **words)
{
    struct settings settings = {.cuts = 200, .histories = 10, .turns = 120, .seed = 1};
    setenv("TZ", "Europe/Paris", 1);
    read_words(count, words, &settings);
    int lost = all_histories(&settings, settings.cuts);
    printf("power cuts: %d, of %d histories of %d turns, seed %llu: %d with something lost, doubled or altered\n",
           settings.cuts, settings.histories, settings.turns, (unsigned long long)settings.seed, lost);
    disk_ignore_syncs(true);
    int cuts = settings.cuts / 4 > 8 ? settings.cuts / 4 : 8;
    fflush(stdout);
    int seen = dup(STDOUT_FILENO);
    if (freopen("/dev/null", "w", stdout) == NULL)
        return 1;
    int without = all_histories(&settings, cuts);
    fflush(stdout);
    dup2(seen, STDOUT_FILENO);
    printf("without syncs: %d cuts, %d with something lost\n", cuts, without);
    int failed = lost + (without == 0);
    printf("%d passed, %d failed\n", settings.cuts + 1 - failed, failed);
    return failed != 0;
}
