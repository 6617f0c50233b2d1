/* Many clients on one budget, over a disk that crashes, tears writes, runs full and forgets what was not synced.
 *
 *     build/release/fault/storm [--commands N] [--seed N]
 *
 * The writer is the one of the engine's header: commands are tried in a batch, their entries are written and synced
 * together, and then answered; what cannot be committed is told to nobody, and the ledger is folded again from disk. A
 * model of plain sums, which knows nothing of the ledger, reads what stands in the journal. Counted, and all must be 0:
 * credits below 0, gaps in numbers, doubles of numbers and commands, answers that did not last. Without syncs answers
 * are lost, and that is seen: a count that cannot fail proves nothing. */
#include <stdio.h>
#include <stdlib.h>

#include "base/seeded.h"
#include "service/accounting/engine/verify.h"

enum {
    CLIENTS = 64, LEVELS = 8, RECEIPTS = 2 /* the last of them */, PER_SEED = 10000, KNOWN = 512, SECTOR = 512,
    LEDGER_ARENA = 64 << 20, SCRATCH = 1 << 20, JOURNAL_MAX = 64 << 20, BATCH_MAX = 4 << 20, YEAR = 2026
};

static const struct str level_names[LEVELS] = {STR_INIT("011"), STR_INIT("012"), STR_INIT("014"), STR_INIT("60"),
                                               STR_INIT("65"),  STR_INIT("66"),  STR_INIT("70"),  STR_INIT("74")};

/* ---- what was seen ---- */

struct counts {
    uint64_t commands, taken, refused, again, crashes, torn, full;
    uint64_t negative, gaps, doubles, lost;
};

/* What a command was answered, or what the journal says of it. */
struct answer {
    uint64_t sequence;
    uint32_t number;
};

/* The plainest account of a journal: sums, last numbers, and which command stands where. */
struct model {
    int64_t sums[LEVELS][CELL_ACCOUNTS];
    uint32_t last[ENTRY_SERIES];
    struct answer of[PER_SEED + 1]; /* by id; sequence 0: not there */
};

static size_t level_of(struct str name)
{
    size_t level = 0;
    while (!str_eq(level_names[level], name))
        level++;
    return level;
}

static uint64_t id_of(const struct entry *entry)
{
    uint64_t id;
    memcpy(&id, entry->id, sizeof id);
    return id;
}

static void model_take(struct model *model, const struct entry *entry, struct counts *counts)
{
    for (size_t i = 0; i < entry->posting_count; i++) {
        const struct posting *posting = &entry->postings[i];
        int64_t *sums = model->sums[level_of(posting->level)];
        sums[posting->from] -= posting->amount.cents;
        sums[posting->to] += posting->amount.cents;
        bool is_short = posting->direction == CELL_EXPENSE && sums[CELL_AVAILABLE] < 0;
        counts->negative += is_short || sums[CELL_RESERVED] < 0 || sums[CELL_ORDERED] < 0 || sums[CELL_COUNCIL] > 0;
    }
    if (entry->number > 0) {
        uint32_t *last = &model->last[entry_series_of(entry->kind)];
        counts->gaps += entry->number > *last + 1;
        counts->doubles += entry->number <= *last;
        *last = entry->number;
    }
    struct answer *of = &model->of[id_of(entry)];
    counts->doubles += of->sequence != 0;
    *of = (struct answer){entry->sequence, entry->number};
}

/* ---- the town at work ---- */

struct client {
    struct entry command;
    struct posting posting;
    bool is_waiting;
};

struct storm {
    struct seeded random;
    struct counts *counts;
    bool has_sync;
    struct buf journal, batch; /* the file as it stands, and what is on its way */
    struct chain_hash hash;    /* after both */
    size_t synced;             /* bytes of the journal that no crash takes */
    struct arena *arena;
    struct ledger *ledger;
    struct client clients[CLIENTS];
    struct model model;
    struct answer told[PER_SEED + 1];
    struct answer known[KNOWN]; /* acts that others may refer to; number is their level */
    size_t known_count;
    uint64_t ids;
    int64_t clock;
};

static uint64_t below(struct storm *storm, uint64_t bound)
{
    return seeded_below(&storm->random, bound);
}

static bool one_in(struct storm *storm, uint64_t chance)
{
    return below(storm, chance) == 0;
}

static void draw_command(struct storm *storm, struct client *client)
{
    static const struct {
        enum entry_kind kind;
        enum cell_account from, to;
        bool refers;
    } kinds[] = {{ENTRY_VOTE, CELL_COUNCIL, CELL_AVAILABLE, false},
                 {ENTRY_ENGAGE, CELL_AVAILABLE, CELL_RESERVED, false},
                 {ENTRY_ENGAGE, CELL_AVAILABLE, CELL_RESERVED, false},
                 {ENTRY_ORDER, CELL_RESERVED, CELL_ORDERED, true},
                 {ENTRY_ORDER, CELL_RESERVED, CELL_ORDERED, true},
                 {ENTRY_RELEASE, CELL_RESERVED, CELL_AVAILABLE, true},
                 {ENTRY_ORDER_DIRECT, CELL_AVAILABLE, CELL_ORDERED, false},
                 {ENTRY_ORDER_REDUCE, CELL_ORDERED, CELL_AVAILABLE, true},
                 {ENTRY_TITLE, CELL_AVAILABLE, CELL_ORDERED, false},
                 {ENTRY_TITLE_REDUCE, CELL_ORDERED, CELL_AVAILABLE, true}};
    size_t what = (size_t)below(storm, sizeof kinds / sizeof *kinds);
    bool is_receipt = kinds[what].kind == ENTRY_TITLE || kinds[what].kind == ENTRY_TITLE_REDUCE;
    size_t level = is_receipt ? LEVELS - RECEIPTS + (size_t)below(storm, RECEIPTS)
                              : (size_t)below(storm, LEVELS - RECEIPTS);
    struct answer origin = {0};
    if (kinds[what].refers && storm->known_count > 0)
        origin = storm->known[below(storm, storm->known_count)];
    if (origin.sequence > 0)
        level = origin.number;
    struct date day = date_of(YEAR, 1 + (int)below(storm, 12), 1);
    client->posting = (struct posting){.level = level_names[level], .amount = {1 + (int64_t)below(storm, 100)},
                                       .direction = level >= LEVELS - RECEIPTS ? CELL_RECEIPT : CELL_EXPENSE,
                                       .from = kinds[what].from, .to = kinds[what].to};
    client->command = (struct entry){.kind = kinds[what].kind, .day = day, .entered = day, .actor = 1,
                                     .reference = origin.sequence, .budget = STR("principal"), .exercise = YEAR,
                                     .label = STR(""), .posting_count = 1};
    storm->ids++;
    memcpy(client->command.id, &storm->ids, sizeof storm->ids);
    client->is_waiting = true;
}

static void remember(struct storm *storm, const struct entry *entry)
{
    size_t place = storm->known_count < KNOWN ? storm->known_count++ : (size_t)below(storm, KNOWN);
    storm->known[place] = (struct answer){entry->sequence, (uint32_t)level_of(entry->postings[0].level)};
}

/* What is told once lasts: the same for ever after. */
static void tell(struct storm *storm, struct client *client, struct answer answer)
{
    struct answer *told = &storm->told[id_of(&client->command)];
    if (told->sequence == 0)
        *told = answer;
    storm->counts->lost += told->sequence != answer.sequence || told->number != answer.number;
    client->is_waiting = false;
}

/* Tries the command of one client; what is new of it goes into the batch. */
static bool try_one(struct storm *storm, struct client *client, struct answer *ret_answer)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(ENTRY_BYTES_MAX);
    struct ledger_answer answer;
    struct refusal refusal;
    if (!client->is_waiting)
        draw_command(storm, client);
    struct entry command = client->command;
    command.postings = &client->posting;
    command.instant.ms = storm->clock += (int64_t)below(storm, 5) - 1; /* it also goes back */
    storm->counts->commands++;
    enum status done = ledger_try(storm->ledger, &command, &answer, &refusal);
    REQUIRE(done == OK || done == INVALID);
    if (done == INVALID) {
        storm->counts->refused++;
        client->is_waiting = false;
        return false;
    }
    *ret_answer = (struct answer){answer.sequence, answer.number};
    storm->counts->again += !answer.is_new;
    if (!answer.is_new)
        return true;
    REQUIRE(ledger_apply(storm->ledger, &command, &refusal) == OK);
    entry_write(&bytes, &command);
    chain_add(&storm->batch, &storm->hash, buf_str(&bytes));
    storm->counts->taken++;
    remember(storm, &command);
    return true;
}

/* ---- the disk ---- */

/* After a crash, or a write that failed: what stands on disk, as far as it is whole. */
static void begin_anew(struct storm *storm)
{
    struct arena *scratch ARENA_SCOPE = arena_create(SCRATCH);
    struct str rest, bytes;
    struct chain_hash hash;
    struct entry entry;
    size_t length;
    arena_destroy(&storm->arena);
    storm->arena = arena_create(LEDGER_ARENA);
    REQUIRE(ledger_in(storm->arena, &storm->ledger) == OK);
    struct verification verification = verification_in(storm->ledger, scratch);
    (void)!verify_run(&verification, buf_str(&storm->journal), &length);
    storm->journal.len = storm->synced = length;
    storm->hash = verification.hash;
    buf_clear(&storm->batch);
    storm->model = (struct model){0};
    for (rest = buf_str(&storm->journal); chain_cut(&rest, &bytes, &hash) == OK;) {
        arena_reset(scratch);
        REQUIRE(entry_read(scratch, bytes, &entry) == OK);
        model_take(&storm->model, &entry, storm->counts);
    }
    for (uint64_t id = 1; id <= storm->ids; id++) {
        const struct answer *told = &storm->told[id], *is = &storm->model.of[id];
        storm->counts->lost += told->sequence > 0 && (told->sequence != is->sequence || told->number != is->number);
    }
    storm->known_count = 0;
}

/* What was not synced is there up to some byte, and its last sector may be anything. */
static void crash(struct storm *storm)
{
    size_t kept = storm->synced + (size_t)below(storm, storm->journal.len - storm->synced + 1);
    storm->counts->crashes++;
    storm->counts->torn += kept < storm->journal.len && kept > storm->synced;
    storm->journal.len = kept;
    if (kept > storm->synced && one_in(storm, 2))
        for (size_t i = kept - kept % SECTOR > storm->synced ? kept - kept % SECTOR : storm->synced; i < kept; i++)
            storm->journal.at[i] = (char)(unsigned char)seeded_next(&storm->random);
    begin_anew(storm);
}

/* False: it did not come to an answer, and all begins anew. */
static bool commit(struct storm *storm)
{
    struct str batch = buf_str(&storm->batch);
    bool is_full = one_in(storm, 60), is_cut = !is_full && one_in(storm, 40);
    buf_add(&storm->journal, str_slice(batch, 0, is_full || is_cut ? (size_t)below(storm, batch.len + 1) : batch.len));
    REQUIRE(buf_status(&storm->journal) == OK);
    if (is_full) {
        storm->counts->full++;
        begin_anew(storm);
        return false;
    }
    if (is_cut || one_in(storm, 40)) {
        crash(storm);
        return false;
    }
    if (storm->has_sync)
        storm->synced = storm->journal.len;
    buf_clear(&storm->batch);
    return true;
}

/* A batch: some clients, some of them twice; answers come after the commit. */
static void one_batch(struct storm *storm)
{
    size_t count = 1 + (size_t)below(storm, CLIENTS), told = 0;
    struct client *who[CLIENTS];
    struct answer answers[CLIENTS];
    for (size_t i = 0; i < count; i++) {
        who[told] = &storm->clients[below(storm, CLIENTS)];
        told += try_one(storm, who[told], &answers[told]);
    }
    if (!commit(storm))
        return;
    for (size_t i = 0; i < told; i++) {
        tell(storm, who[i], answers[i]);
        who[i]->is_waiting = one_in(storm, 10); /* did not hear it, and asks again */
    }
    if (one_in(storm, 50))
        crash(storm);
}

static void run_seed(uint64_t seed, uint64_t commands, bool has_sync, struct counts *counts)
{
    struct storm *storm = calloc(1, sizeof *storm);
    REQUIRE(storm != NULL);
    *storm = (struct storm){.random = {seed}, .counts = counts, .has_sync = has_sync, .clock = 1780000000000,
                            .journal = BUF_INIT(JOURNAL_MAX), .batch = BUF_INIT(BATCH_MAX)};
    begin_anew(storm);
    for (uint64_t end = counts->commands + commands; counts->commands < end && storm->ids < PER_SEED - CLIENTS;)
        one_batch(storm);
    crash(storm); /* and all is looked at once more */
    arena_destroy(&storm->arena);
    buf_finish(&storm->journal);
    buf_finish(&storm->batch);
    free(storm);
}

static void run_seeds(uint64_t seed, uint64_t commands, bool has_sync, struct counts *counts)
{
    while (counts->commands < commands)
        run_seed(seed++, PER_SEED, has_sync, counts);
    printf("%llu commands of %d clients, %s: %llu taken, %llu refused, %llu given again; %llu crashes, %llu of them "
           "within a write, %llu times full\n", (unsigned long long)counts->commands, CLIENTS,
           has_sync ? "synced before they are answered" : "without syncs", (unsigned long long)counts->taken,
           (unsigned long long)counts->refused, (unsigned long long)counts->again,
           (unsigned long long)counts->crashes, (unsigned long long)counts->torn, (unsigned long long)counts->full);
    printf("    credits below 0: %llu; gaps: %llu; doubles: %llu; answers that did not last: %llu\n",
           (unsigned long long)counts->negative, (unsigned long long)counts->gaps,
           (unsigned long long)counts->doubles, (unsigned long long)counts->lost);
}

int main(int argc, char **argv)
{
    uint64_t commands = 10000000, seed = 1;
    struct counts synced = {0}, without = {0};
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--commands") == 0)
            commands = strtoull(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--seed") == 0)
            seed = strtoull(argv[i + 1], NULL, 10);
    }
    run_seeds(seed, commands, true, &synced);
    run_seeds(seed, commands / 10, false, &without);
    bool is_kept = synced.negative + synced.gaps + synced.doubles + synced.lost == 0;
    bool is_sound = without.negative + without.gaps + without.doubles == 0 && without.lost > 0;
    printf("%d passed, %d failed\n", is_kept + is_sound, !is_kept + !is_sound);
    return is_kept && is_sound ? 0 : 1;
}
