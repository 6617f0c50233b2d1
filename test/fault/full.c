/* full: a town at work, and each call that changes its disk fails once or from there on: nothing promised is lost.
 *
 *   full [--every N] [--from N] [--turns N] [--seed N] [--verify build/parvis]
 *
 * For call number 1, 2, 3... of a scenario: the disk is full from there on (the first write done by half), or refuses
 * that one call, or all from there on, with an error. Every refusal must be a plain one; when there is room again the
 * town goes on without a start, unless the disk refused a sync; and a new start finds what was promised, and nothing
 * that was refused. */
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "disk.h"
#include "history.h"

struct settings {
    int every, from, turns;
    uint64_t seed;
    const char *program;
};

/* What the child that ran the scenario tells. */
struct told {
    struct history history;
    int64_t calls, failures;
};

static int remove_one(const char *path, const struct stat *facts, int kind, struct FTW *at)
{
    (void)facts;
    (void)kind;
    (void)at;
    return remove(path);
}

struct spoiling {
    struct disk_fault fault;
    struct told *told;
};

static void spoil(void *with)
{
    disk_fail(((struct spoiling *)with)->fault);
}

static void mend(void *with)
{
    struct spoiling *spoiling = with;
    spoiling->told->calls = disk_calls();
    spoiling->told->failures = disk_failures();
    disk_fail((struct disk_fault){0});
}

static void run_scenario(const struct settings *settings, struct spoiling *spoiling, const char *folder)
{
    struct disk_log log;
    struct history_fault fault = {spoil, mend, spoiling};
    disk_watch(folder, &log);
    history_run_spoilt(&spoiling->told->history, settings->seed, settings->turns, folder, &fault);
    disk_rest();
}

/* 0, an exit code, or 128 and the signal. */
static int apart(void (*work)(void *with), void *with)
{
    int state = 0;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        work(with);
        fflush(stdout);
        _exit(0);
    }
    if (child < 0 || waitpid(child, &state, 0) < 0)
        abort();
    return WIFSIGNALED(state) ? 128 + WTERMSIG(state) : WEXITSTATUS(state);
}

struct work {
    const struct settings *settings;
    struct spoiling spoiling;
    const char *folder;
};

static void do_scenario(void *with)
{
    struct work *work = with;
    run_scenario(work->settings, &work->spoiling, work->folder);
}

static void do_check(void *with)
{
    struct work *work = with;
    const struct history *history = &work->spoiling.told->history;
    if (history_check(history, history->turn - 1, work->folder, work->settings->program) > 0)
        _exit(1);
}

static const char *name_of(const struct disk_fault *fault)
{
    if (fault->error == ENOSPC)
        return "the disk is full";
    return fault->is_once ? "one call is refused" : "every call is refused";
}

/* 0: as it must be. *ret_reached: the scenario made as many calls. */
static int one_fault(const struct settings *settings, struct told *told, struct disk_fault fault, bool *ret_reached)
{
    char folder[64];
    snprintf(folder, sizeof folder, "%s/parvis-full-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (mkdtemp(folder) == NULL)
        abort();
    told->calls = told->failures = 0;
    struct work work = {settings, {fault, told}, folder};
    int ended = apart(do_scenario, &work);
    int found = ended != 0;
    *ret_reached = ended != 0 || told->failures > 0;
    if (found)
        printf("  the scenario ended with %d\n", ended);
    int checked = apart(do_check, &work);
    found |= checked != 0;
    if (checked > 128)
        printf("  the start died of signal %d\n", checked - 128);
    if (found)
        printf("  %s, call %lld\n", name_of(&fault), (long long)fault.first);
    if (found && getenv("KEEP") != NULL)
        printf("  kept in %s\n", folder);
    else
        nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    return found;
}

static void read_words(int count, char **words, struct settings *settings)
{
    for (int i = 1; i + 1 < count; i += 2) {
        if (strcmp(words[i], "--every") == 0)
            settings->every = atoi(words[i + 1]);
        else if (strcmp(words[i], "--from") == 0)
            settings->from = atoi(words[i + 1]);
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
    struct settings settings = {.every = 1, .from = 1, .turns = 10, .seed = 5};
    int done = 0, failed = 0;
    int64_t refused = 0;
    setenv("TZ", "Europe/Paris", 1);
    read_words(count, words, &settings);
    struct told *told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (told == MAP_FAILED)
        abort();
    const struct disk_fault faults[] = {{0, ENOSPC, false}, {0, EIO, true}, {0, EIO, false}};
    for (size_t kind = 0; kind < sizeof faults / sizeof faults[0]; kind++) {
        bool is_reached = true;
        for (int64_t call = settings.from; is_reached; call += settings.every) {
            struct disk_fault fault = faults[kind];
            fault.first = call;
            failed += one_fault(&settings, told, fault, &is_reached);
            done += is_reached;
            refused += told->history.refused;
        }
    }
    printf("failing disk: %d places, %lld refusals, %d with something lost or not plainly said\n", done,
           (long long)refused, failed);
    failed += refused == 0; /* then nothing was tried */
    printf("%d passed, %d failed\n", done + 1 - failed, failed);
    return failed != 0;
}
