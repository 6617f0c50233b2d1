#include "history.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/person.h"
#include "history_text.h"
#include "disk.h"
#include "role/house.h"
#include "service/mail/accept.h"
#include "service/mail/compact.h"
#include "service/mail/deliver.h"
#include "service/mail/mail.h"
#include "service/mail/outbox.h"
#include "service/mail/store.h"
#include "service/mail/undelete.h"

/* A day in winter: what a history does must not depend on the day it is run. */
#define START_MS INT64_C(1768467600000)

enum { ARENA = 512 << 20, ROLL = 192 << 10, DAY_MS = 86400 * 1000, JOBS_MAX = 6, QUEUED_MAX = 30 };

struct running {
    struct history *history;
    struct arena *arena;
    struct town *town;
    member_row member;
    const char *folder;
    int queued;
};

static const struct str domain = STR_INIT("beauval.example");

static uint64_t below(struct running *run, uint64_t bound)
{
    return seeded_below(&run->history->seeded, bound);
}

static struct ctx unit(struct running *run, int account)
{
    return (struct ctx){.arena = run->arena,
                        .town = run->town,
                        .place = &run->town->place,
                        .db = run->town->db,
                        .now = run->history->now,
                        .trace = STR(""),
                        .actor = {.person = account + 1, .session = 1, .rights = permission_of_role(ROLE_AGENT),
                                  .address = str_of(history_address(account)), .name = STR("")}};
}

#define MUST(call)                                                                     \
    do {                                                                               \
        enum status must_ = (call);                                                    \
        if (must_ != OK) {                                                             \
            printf("%s:%d: %s: %s\n", __FILE__, __LINE__, #call, status_name(must_)); \
            exit(2);                                                                   \
        }                                                                              \
    } while (0)

/* ---- what is promised ---- */

/* Takes back what was noted since then: the job, or the turn, was refused. New messages are noted as not there. */
static void take_back(struct running *run, size_t versions, size_t drafts)
{
    struct history *history = run->history;
    size_t until = history->version_count;
    history->draft_count = drafts;
    for (size_t i = until; i > versions; i--) {
        struct history_version *version = &history->versions[i - 1];
        int older = -1;
        for (size_t j = 0; j < i - 1; j++)
            if (history->versions[j].message == version->message && history->versions[j].account == version->account)
                older = (int)j;
        history->current[version->message][version->account] = older;
        if (older < 0)
            *version = (struct history_version){.turn = version->turn, .message = version->message,
                                                .account = version->account, .was_refused = true};
        else
            *version = history->versions[--history->version_count];
    }
}

/* A status that says why to whoever waits: 452, 451, NO, 503. */
static bool is_plain(enum status status)
{
    return status == OK || status == LIMIT || status == OUTSIDE || status == BUSY;
}

/* Ends a job. False: it was refused, as it may be while the disk is spoilt. */
static bool end_job(struct running *run, enum status done)
{
    done = writer_job_end(run->town->writer, done);
    if (done == OK)
        return true;
    if (!run->history->may_fail || !is_plain(done)) {
        printf("  a job ended with %s at turn %lld\n", status_name(done), (long long)run->history->turn);
        exit(2);
    }
    run->history->refused++;
    return false;
}

static struct history_version *note(struct running *run, int message, int account, enum history_state state)
{
    struct history *history = run->history;
    if (history->version_count == HISTORY_VERSIONS_MAX)
        exit(3);
    history->current[message][account] = (int)history->version_count;
    struct history_version *version = &history->versions[history->version_count++];
    *version = (struct history_version){.turn = history->turn, .message = message, .account = account, .state = state};
    return version;
}

static struct history_version *current(struct running *run, int message, int account)
{
    int at = run->history->current[message][account];
    return at < 0 ? NULL : &run->history->versions[at];
}

static int new_message(struct running *run)
{
    if (run->history->message_count == HISTORY_MESSAGES_MAX)
        exit(3);
    return run->history->message_count++;
}

/* One that stands somewhere, and that this turn has not touched: NULL when luck finds none. */
static struct history_version *any(struct running *run)
{
    for (int tries = 0; tries < 20 && run->history->message_count > 0; tries++) {
        int message = (int)below(run, (uint64_t)run->history->message_count);
        struct history_version *found = current(run, message, (int)below(run, HISTORY_ACCOUNTS));
        if (found != NULL && found->state == HISTORY_THERE && found->turn < run->history->turn)
            return found;
    }
    return NULL;
}

/* ---- jobs of a turn ---- */

static mailbox_row inbox_of(struct running *run, int account)
{
    struct ctx ctx = unit(run, account);
    mailbox_row found;
    MUST(mailbox_by_use(&ctx, account + 1, STR("inbox"), &found));
    return found;
}

static struct str recipients_of(struct running *run, unsigned who)
{
    return str_format(run->arena, "%s%s%s%s", who & 1 ? history_address(0) : "", who & 1 ? "\n" : "",
                      who & 2 ? history_address(1) : "", who & 2 ? "\n" : "");
}

static void note_arrival(struct running *run, int message, unsigned who, const int64_t uids[HISTORY_ACCOUNTS])
{
    for (int account = 0; account < HISTORY_ACCOUNTS; account++) {
        if (!(who & 1U << account))
            continue;
        struct history_version *version = note(run, message, account, HISTORY_THERE);
        version->mailbox = inbox_of(run, account).id;
        version->uid = uids[account];
    }
}

/* A delivery; refused: the job fails after its record lies in the journal, as when a later statement finds no room. */
static void job_deliver(struct running *run, bool is_refused)
{
    struct ctx ctx = unit(run, 0);
    int message = new_message(run);
    unsigned who = 1 + (unsigned)below(run, 3);
    int64_t uids[HISTORY_ACCOUNTS] = {inbox_of(run, 0).uid_next, inbox_of(run, 1).uid_next};
    writer_job_begin(run->town->writer);
    enum status done = deliver(&ctx, STR("a@outside.example"), recipients_of(run, who),
                               history_text(run->arena, message));
    if (is_refused && done == OK)
        (void)!writer_job_end(run->town->writer, LIMIT);
    else if (end_job(run, done)) {
        note_arrival(run, message, who, uids);
        return;
    }
    for (int account = 0; account < HISTORY_ACCOUNTS; account++)
        if (who & 1U << account)
            note(run, message, account, HISTORY_ABSENT)->was_refused = true;
}

static void job_accept(struct running *run)
{
    struct ctx ctx = unit(run, 0);
    struct buf statuses BUF_SCOPE = BUF_INIT(4096);
    int message = new_message(run);
    int64_t uids[HISTORY_ACCOUNTS] = {inbox_of(run, 0).uid_next, 0};
    struct accept accept = {.key = history_key(run->arena, message), .sender = STR("b@clairmont.example"),
                            .recipients = recipients_of(run, 1), .message = history_text(run->arena, message)};
    writer_job_begin(run->town->writer);
    if (!end_job(run, accept_mail(&ctx, &accept, &statuses))) {
        note(run, message, 0, HISTORY_ABSENT)->was_refused = true;
        return;
    }
    run->history->is_accepted[message] = true;
    note_arrival(run, message, 1, uids);
}

static void job_flags(struct running *run)
{
    struct history_version *was = any(run);
    message_row row;
    int64_t modseq, mask = MESSAGE_SEEN | MESSAGE_FLAGGED | MESSAGE_ANSWERED, set = (int64_t)below(run, 8) & mask;
    if (was == NULL)
        return;
    struct history_version old = *was;
    struct ctx ctx = unit(run, old.account);
    writer_job_begin(run->town->writer);
    MUST(message_get(&ctx, old.mailbox, old.uid, &row));
    if (!end_job(run, message_set_flags(&ctx, &row, mask, set, &modseq)))
        return;
    struct history_version *version = note(run, old.message, old.account, HISTORY_THERE);
    version->mailbox = old.mailbox;
    version->uid = old.uid;
    version->flags = (old.flags & ~mask) | set;
}

static void job_move(struct running *run)
{
    static const char *const uses[] = {"archive", "junk", "trash", "inbox"};
    struct history_version *was = any(run);
    message_row row;
    mailbox_row to;
    int64_t uid;
    if (was == NULL)
        return;
    struct history_version old = *was;
    struct ctx ctx = unit(run, old.account);
    MUST(mailbox_by_use(&ctx, old.account + 1, str_of(uses[below(run, 4)]), &to));
    if (to.id == old.mailbox)
        return;
    writer_job_begin(run->town->writer);
    MUST(message_get(&ctx, old.mailbox, old.uid, &row));
    if (!end_job(run, message_move(&ctx, &row, &to, &uid)))
        return;
    struct history_version *version = note(run, old.message, old.account, HISTORY_THERE);
    version->mailbox = to.id;
    version->uid = uid;
    version->flags = old.flags;
}

static void job_expunge(struct running *run)
{
    struct history_version *was = any(run);
    message_row row;
    if (was == NULL)
        return;
    struct history_version old = *was;
    struct ctx ctx = unit(run, old.account);
    writer_job_begin(run->town->writer);
    MUST(message_get(&ctx, old.mailbox, old.uid, &row));
    if (!end_job(run, message_expunge(&ctx, &row)))
        return;
    note(run, old.message, old.account, HISTORY_ABSENT);
}

static void job_draft(struct running *run)
{
    struct history *history = run->history;
    struct ctx ctx = unit(run, 0);
    struct history_draft draft = {.turn = history->turn};
    if (history->draft_count > 0 && below(run, 3) > 0)
        draft = history->drafts[below(run, history->draft_count)];
    if (draft.id != 0)
        for (size_t i = 0; i < history->draft_count; i++)
            if (history->drafts[i].id == draft.id)
                draft.revision = history->drafts[i].revision + 1;
    draft.turn = history->turn;
    struct str subject = str_format(run->arena, "revision %lld", (long long)draft.revision);
    struct mail_draft saved = {.id = draft.id, .from = STR(""), .to = STR("finances"), .cc = STR(""), .bcc = STR(""),
                               .subject = subject, .text = history_text(run->arena, (int)draft.revision)};
    for (size_t i = 0; i < history->draft_count; i++)
        if (history->drafts[i].id == draft.id && history->drafts[i].turn == history->turn)
            return; /* once in a turn */
    writer_job_begin(run->town->writer);
    if (!end_job(run, mail_draft_save(&ctx, &saved, NULL, 0, &draft.id)))
        return;
    history->drafts[history->draft_count++] = draft;
}

static enum status queue(struct ctx *ctx, struct running *run, int message, const char *to)
{
    int64_t row;
    struct outbox_put put = {.account = 1, .sender = str_of(history_address(0)), .recipients = str_of(to),
                             .leaves = {run->history->now.ms + 1000}};
    TRY(store_add_body(ctx, history_text(run->arena, message), &put.body));
    return outbox_put(ctx, &put, &row);
}

static void job_queue(struct running *run)
{
    bool is_far = run->queued < QUEUED_MAX && below(run, 3) == 0;
    struct ctx ctx = unit(run, 0);
    int message = new_message(run);
    run->queued += is_far;
    writer_job_begin(run->town->writer);
    const char *to = is_far ? "accueil@clairmont.example\n" : "finances@beauval.example\n";
    if (!end_job(run, queue(&ctx, run, message, to))) {
        note(run, message, is_far ? 0 : 1, HISTORY_ABSENT)->was_refused = true;
        return;
    }
    note(run, message, is_far ? 0 : 1, is_far ? HISTORY_QUEUED : HISTORY_SOMEWHERE);
}

/* What the role does when a row of the outbox comes due. */
static void job_outbox(struct running *run)
{
    struct sql_outbox_due_row *rows;
    size_t count;
    struct ctx ctx = unit(run, 0);
    MUST(outbox_due(&ctx, &rows, &count));
    for (size_t i = 0; i < count && i < 3; i++) {
        bool is_new = rows[i].destination.len == 0;
        if (!is_new && !str_eq(rows[i].destination, domain))
            continue;
        writer_job_begin(run->town->writer);
        if (!end_job(run, is_new ? outbox_split(&ctx, rows[i].id) : outbox_deliver_here(&ctx, rows[i].id)))
            return;
    }
}

/* When the disk is full, a turn's whole transaction may have ended: nothing more can be done in it. */
static bool is_alive(struct running *run)
{
    struct ctx ctx = unit(run, 0);
    mailbox_row inbox;
    enum status read = mailbox_by_use(&ctx, 1, STR("inbox"), &inbox);
    if (read != OK && !run->history->may_fail)
        MUST(read);
    return read == OK;
}

static void job(struct running *run)
{
    if (!is_alive(run))
        return;
    unsigned luck = (unsigned)below(run, 100);
    if (luck < 40)
        job_deliver(run, false);
    else if (luck < 46)
        job_deliver(run, true);
    else if (luck < 54)
        job_accept(run);
    else if (luck < 66)
        job_flags(run);
    else if (luck < 74)
        job_move(run);
    else if (luck < 84)
        job_expunge(run);
    else if (luck < 90)
        job_draft(run);
    else if (luck < 95)
        job_queue(run);
    else
        job_outbox(run);
}

/* ---- the life of a town ---- */

static void promise(struct running *run)
{
    disk_mark(run->history->turn);
    run->history->turn++;
}

/* Ends the turn: promised, or refused whole. */
static void end_turn(struct running *run, size_t versions, size_t drafts)
{
    struct history *history = run->history;
    enum status done = writer_commit(run->town->writer);
    if (done != OK && (!history->may_fail || !is_plain(done))) {
        printf("  a turn ended with %s: %lld\n", status_name(done), (long long)history->turn);
        exit(2);
    }
    if (!db_is_sound(run->town->db)) {
        history->has_ended = true; /* its rows may stand or not: as if the power had gone within it */
        return;
    }
    if (done != OK) {
        history->refused++;
        take_back(run, versions, drafts);
    }
    promise(run);
}

static void upkeep(struct running *run)
{
    for (int i = 0; i < 12 && !run->history->has_ended; i++) {
        struct ctx ctx = unit(run, 0);
        writer_job_begin(run->town->writer);
        enum status done = i < 4 ? undelete_sweep(&ctx) : compact_step(&ctx);
        (void)end_job(run, done == NOT_FOUND ? OK : done);
        end_turn(run, run->history->version_count, run->history->draft_count);
    }
}

static void open_town(struct running *run)
{
    int64_t replayed;
    MUST(house_open_town(run->folder, &run->member, &domain, 1, &run->town, &replayed));
    struct ctx ctx = unit(run, 0);
    store_set_roll(&ctx, ROLL);
}

static void add_member(struct running *run)
{
    struct house house;
    struct str refusal;
    int64_t id;
    MUST(house_open(run->folder, run->history->now, &house, &refusal));
    struct ctx ctx = {.arena = run->arena, .db = house.syndicate, .now = run->history->now};
    MUST(db_begin(house.syndicate));
    MUST(member_add(&ctx, STR("beauval"), domain, &id));
    MUST(db_commit(house.syndicate, SYNC_FULL));
    house_close(&house);
}

static void add_people(struct running *run)
{
    static const char *const names[HISTORY_ACCOUNTS] = {"Accueil", "Service finances"};
    struct db *auth;
    open_town(run);
    MUST(house_open_auth(run->folder, STR("beauval"), run->arena, &auth));
    db_close(auth);
    for (int account = 0; account < HISTORY_ACCOUNTS; account++) {
        struct ctx ctx = unit(run, account);
        int64_t id;
        writer_job_begin(run->town->writer);
        MUST(person_add(&ctx, str_of(history_address(account)), str_of(names[account]), &id));
        MUST(writer_job_end(run->town->writer, mailbox_ensure_account(&ctx, id)));
    }
    MUST(writer_commit(run->town->writer));
}

static void set_up(struct running *run)
{
    struct str refusal;
    run->history->turn = HISTORY_HOUSE;
    MUST(house_create(run->folder, run->history->now, &refusal));
    promise(run);
    add_member(run);
    promise(run);
    add_people(run);
    promise(run);
}

static void between_turns(struct running *run)
{
    run->history->now.ms += (int64_t)below(run, 30) == 0 ? 32 * (int64_t)DAY_MS : 5000;
    if (below(run, 12) == 0)
        upkeep(run);
    if (below(run, 15) == 0 && db_checkpoint(run->town->db) != OK && !run->history->may_fail)
        exit(2);
    if (below(run, 60) == 0 && !run->history->may_fail) {
        house_close_town(run->town);
        open_town(run);
    }
    arena_reset(run->arena);
}

static void live(struct running *run, int turns)
{
    for (int i = 0; i < turns && !run->history->has_ended; i++) {
        size_t versions = run->history->version_count, drafts = run->history->draft_count;
        for (uint64_t jobs = 1 + below(run, JOBS_MAX); jobs > 0; jobs--)
            job(run);
        end_turn(run, versions, drafts);
        if (!run->history->has_ended)
            between_turns(run);
    }
}

static struct running begin(struct history *history, uint64_t seed, const char *folder)
{
    struct running run = {.history = history, .arena = arena_create(ARENA), .folder = folder};
    *history = (struct history){.seeded = {seed}, .now = {START_MS}};
    memset(history->current, -1, sizeof history->current);
    run.member = history_member();
    set_up(&run);
    return run;
}

static void end(struct running *run)
{
    house_close_town(run->town);
    arena_destroy(&run->arena);
}

void history_run(struct history *history, uint64_t seed, int turns, const char *folder)
{
    struct running run = begin(history, seed, folder);
    live(&run, turns);
    end(&run);
}

void history_run_spoilt(struct history *history, uint64_t seed, int turns, const char *folder,
                        const struct history_fault *fault)
{
    struct running run = begin(history, seed, folder);
    live(&run, 3);
    history->may_fail = true;
    fault->spoil(fault->with);
    live(&run, turns);
    fault->mend(fault->with);
    history->may_fail = false;
    live(&run, 3);
    end(&run);
}
