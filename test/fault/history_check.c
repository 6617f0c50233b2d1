/* What a cut left, opened as a new start opens it, held against what was promised. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "history.h"
#include "history_text.h"
#include "os/clock.h"
#include "role/house.h"
#include "service/mail/accept.h"
#include "service/mail/deliver.h"
#include "service/mail/mail.h"
#include "service/mail/outbox.h"
#include "service/mail/store.h"

enum { ARENA = 1 << 30, ROWS_MAX = 20000 };

struct seen {
    int times;
    bool is_altered;
    int64_t mailbox, uid, flags;
};

struct checking {
    const struct history *history;
    int64_t turn; /* promised up to here */
    struct arena *arena;
    struct house house;
    struct town *town;
    struct instant now;
    struct seen seen[HISTORY_MESSAGES_MAX][HISTORY_ACCOUNTS];
    int queued[HISTORY_MESSAGES_MAX];
    int64_t uids[1000]; /* the highest promised of each mailbox */
    int unknown; /* messages that are of no history: drafts */
    int wrong;
};

static void wrong(struct checking *check, const char *format, long long a, long long b)
{
    if (check->wrong++ < 5) {
        printf("  ");
        printf(format, a, b);
        printf("\n");
    }
}

static struct ctx unit(struct checking *check, int account)
{
    return (struct ctx){.arena = check->arena,
                        .town = check->town,
                        .place = &check->town->place,
                        .db = check->town->db,
                        .now = check->now,
                        .trace = STR(""),
                        .actor = {.person = account + 1, .session = 1, .rights = permission_of_role(ROLE_AGENT),
                                  .address = str_of(history_address(account)), .name = STR("")}};
}

static bool is(struct checking *check, enum status status, const char *what)
{
    if (status != OK && check->wrong++ < 5)
        printf("  %s: %s\n", what, status_name(status));
    return status == OK;
}

/* ---- what is there ---- */

struct rows {
    message_row at[ROWS_MAX];
    size_t count;
};

static enum status gather(void *with, const struct sql_message_each_row *row)
{
    struct rows *rows = with;
    if (rows->count == ROWS_MAX)
        return LIMIT;
    memcpy(&rows->at[rows->count++], row, sizeof *row);
    return OK;
}

static void look_at(struct checking *check, struct ctx *ctx, int account, const message_row *row)
{
    email_row email;
    struct str text;
    struct arena *arena ARENA_SCOPE = arena_create(4 << 20);
    struct ctx own = *ctx;
    own.arena = arena;
    if (!is(check, sql_message_email_get(ctx->db, arena, (struct sql_message_email_get){.id = row->email}, &email),
            "email") ||
        !is(check, store_message(&own, email.body, &text), "body"))
        return;
    int message = history_number(text);
    if (message < 0 || message >= check->history->message_count) {
        check->unknown++;
        return;
    }
    struct seen *seen = &check->seen[message][account];
    seen->times++;
    seen->is_altered |= !str_ends(text, history_text(arena, message)) || row->size != (int64_t)text.len;
    seen->mailbox = row->mailbox;
    seen->uid = row->uid;
    seen->flags = row->flags & (MESSAGE_SEEN | MESSAGE_FLAGGED | MESSAGE_ANSWERED);
}

static void look(struct checking *check, int account)
{
    struct ctx ctx = unit(check, account);
    mailbox_row *mailboxes;
    size_t count;
    struct rows *rows = calloc(1, sizeof *rows);
    if (rows == NULL || !is(check, mailbox_list(&ctx, account + 1, &mailboxes, &count), "folders"))
        return;
    for (size_t i = 0; i < count; i++) {
        struct sql_message_each in = {.mailbox = mailboxes[i].id, .first = 1, .last = INT32_MAX};
        rows->count = 0;
        (void)is(check, sql_message_each(ctx.db, in, gather, rows), "messages");
        if ((int64_t)rows->count != mailboxes[i].message_count)
            wrong(check, "folder %lld counts wrongly (%lld)", mailboxes[i].id, mailboxes[i].message_count);
        for (size_t r = 0; r < rows->count; r++)
            look_at(check, &ctx, account, &rows->at[r]);
    }
    free(rows);
}

/* What waits is worked on until only what goes to another town is left. */
static void work_outbox(struct checking *check)
{
    struct sql_outbox_due_row *rows;
    size_t count;
    for (int round = 0; round < 50; round++) {
        struct ctx ctx = unit(check, 0);
        bool is_done = true;
        if (!is(check, outbox_due(&ctx, &rows, &count), "outbox"))
            return;
        for (size_t i = 0; i < count; i++) {
            bool is_new = rows[i].destination.len == 0;
            if (!is_new && !str_eq(rows[i].destination, STR("beauval.example")))
                continue;
            is_done = false;
            writer_job_begin(check->town->writer);
            enum status done = is_new ? outbox_split(&ctx, rows[i].id) : outbox_deliver_here(&ctx, rows[i].id);
            (void)is(check, writer_job_end(check->town->writer, done), "outbox row");
        }
        (void)is(check, writer_commit(check->town->writer), "commit");
        if (is_done)
            return;
    }
}

static void look_at_outbox(struct checking *check)
{
    struct sql_outbox_due_row *rows;
    struct ctx ctx = unit(check, 0);
    size_t count;
    if (!is(check, outbox_due(&ctx, &rows, &count), "outbox"))
        return;
    for (size_t i = 0; i < count; i++) {
        outbox_row row;
        struct str text;
        if (!is(check, outbox_get(&ctx, rows[i].id, &row), "outbox row") ||
            !is(check, store_message(&ctx, row.body, &text), "outbox body"))
            continue;
        int message = history_number(text);
        if (message < 0 || message >= check->history->message_count ||
            !str_ends(text, history_text(check->arena, message)))
            wrong(check, "row %lld of the outbox is altered", rows[i].id, 0);
        else
            check->queued[message]++;
    }
}

/* Whoever had no answer sends again: who had it before has it once. */
static void accept_again(struct checking *check)
{
    const struct history *history = check->history;
    for (size_t i = 0; i < history->version_count; i++) {
        const struct history_version *version = &history->versions[i];
        struct buf statuses BUF_SCOPE = BUF_INIT(4096);
        bool came = history->is_accepted[version->message] && version->state == HISTORY_THERE;
        if (!came || version->turn > check->turn + 1 || version->account != 0)
            continue;
        struct ctx ctx = unit(check, 0);
        struct accept accept = {.key = history_key(check->arena, version->message),
                                .sender = STR("b@clairmont.example"),
                                .recipients = STR("accueil@beauval.example\n"),
                                .message = history_text(check->arena, version->message)};
        writer_job_begin(check->town->writer);
        enum status done = writer_job_end(check->town->writer, accept_mail(&ctx, &accept, &statuses));
        (void)is(check, done, "accepted again");
        (void)is(check, writer_commit(check->town->writer), "commit");
    }
}

/* ---- against what was promised ---- */

static bool is_as(const struct seen *seen, const struct history_version *version, int queued)
{
    if (version == NULL || version->state == HISTORY_ABSENT)
        return seen->times == 0 && queued == 0;
    if (version->state == HISTORY_QUEUED)
        return queued == 1;
    bool is_once = seen->times == 1 && !seen->is_altered;
    if (version->state == HISTORY_SOMEWHERE)
        return is_once;
    return is_once && seen->mailbox == version->mailbox && seen->uid == version->uid && seen->flags == version->flags;
}

static void compare(struct checking *check, int message, int account)
{
    const struct history *history = check->history;
    const struct history_version *promised = NULL, *next = NULL;
    struct seen *seen = &check->seen[message][account];
    for (size_t i = 0; i < history->version_count; i++) {
        const struct history_version *version = &history->versions[i];
        if (version->message != message || version->account != account)
            continue;
        if (version->turn <= check->turn)
            promised = version;
        else if (version->turn == check->turn + 1)
            next = version;
    }
    if (promised != NULL && promised->state == HISTORY_THERE && promised->mailbox < 1000 &&
        promised->uid > check->uids[promised->mailbox])
        check->uids[promised->mailbox] = promised->uid;
    int queued = account == 0 ? check->queued[message] : 0;
    if (seen->is_altered)
        wrong(check, "message %lld is altered for %lld", message, account);
    if (is_as(seen, promised, queued))
        return;
    struct history_version somewhere = {.state = HISTORY_SOMEWHERE};
    bool came_again = next != NULL && (next->was_refused || history->is_accepted[message]);
    if ((next != NULL && is_as(seen, next, queued)) || (came_again && is_as(seen, &somewhere, queued)))
        return;
    if (promised == NULL || promised->state == HISTORY_ABSENT)
        wrong(check, "message %lld is there, %lld times, and must not be", message, seen->times + queued);
    else if (promised->state == HISTORY_THERE && seen->times == 1)
        wrong(check, "message %lld is elsewhere, or marked otherwise, for %lld", message, account);
    else
        wrong(check, "message %lld was promised, and is there %lld times", message, seen->times + queued);
}

static void compare_drafts(struct checking *check)
{
    const struct history *history = check->history;
    struct ctx ctx = unit(check, 0);
    for (size_t i = 0; i < history->draft_count; i++) {
        const struct history_draft *one = &history->drafts[i];
        struct mail_draft draft;
        bool is_last = one->turn <= check->turn;
        bool may_follow = false;
        for (size_t j = i + 1; j < history->draft_count; j++) {
            is_last &= history->drafts[j].id != one->id || history->drafts[j].turn > check->turn;
            may_follow |= history->drafts[j].id == one->id && history->drafts[j].turn == check->turn + 1;
        }
        if (!is_last || !is(check, mail_draft_get(&ctx, one->id, &draft), "draft"))
            continue;
        bool is_it = str_eq(draft.subject, str_format(check->arena, "revision %lld", (long long)one->revision));
        bool is_next = str_eq(draft.subject, str_format(check->arena, "revision %lld", (long long)one->revision + 1));
        int revision = (int)one->revision + (is_it ? 0 : 1);
        struct str text = history_text(check->arena, revision);
        if (!is_it && !(may_follow && is_next))
            wrong(check, "draft %lld is not its revision %lld", one->id, one->revision);
        else if (str_find(draft.text, str_slice(text, 100, 116)) == SIZE_MAX)
            wrong(check, "draft %lld has another text than its revision %lld", one->id, one->revision);
    }
}

/* Numbers that were told are given to nobody else. */
static void deliver_one(struct checking *check)
{
    struct ctx ctx = unit(check, 0);
    mailbox_row inbox;
    if (!is(check, mailbox_by_use(&ctx, 1, STR("inbox"), &inbox), "inbox"))
        return;
    if (inbox.id < 1000 && inbox.uid_next <= check->uids[inbox.id])
        wrong(check, "UID %lld would be given again (next is %lld)", check->uids[inbox.id], inbox.uid_next);
    writer_job_begin(check->town->writer);
    enum status done = deliver(&ctx, STR("a@outside.example"), STR("accueil@beauval.example"),
                               STR("Subject: new\r\n\r\nx\r\n"));
    (void)is(check, writer_job_end(check->town->writer, done), "a new message");
    (void)is(check, writer_commit(check->town->writer), "its commit");
}

static void check_town(struct checking *check, const char *folder)
{
    static member_row member;
    static const struct str domain = STR_INIT("beauval.example");
    int64_t replayed;
    member = history_member();
    if (!is(check, house_open_town(folder, &member, &domain, 1, &check->town, &replayed), "the town opens"))
        return;
    if (check->turn >= HISTORY_PEOPLE) {
        work_outbox(check);
        accept_again(check);
        for (int account = 0; account < HISTORY_ACCOUNTS; account++)
            look(check, account);
        look_at_outbox(check);
        for (int message = 0; message < check->history->message_count; message++)
            for (int account = 0; account < HISTORY_ACCOUNTS; account++)
                compare(check, message, account);
        compare_drafts(check);
        deliver_one(check);
    }
    house_close_town(check->town);
}

static void check_house(struct checking *check, const char *folder)
{
    struct str refusal = STR("");
    struct house house;
    int64_t member = 0;
    struct str name;
    if (!is(check, house_open(folder, check->now, &house, &refusal), "the house opens"))
        return;
    struct ctx ctx = {.arena = check->arena, .db = house.syndicate, .now = check->now};
    if (check->turn >= HISTORY_MEMBER)
        (void)is(check, member_by_domain(&ctx, STR("beauval.example"), &member, &name), "the member");
    house_close(&house);
    if (check->turn >= HISTORY_MEMBER)
        check_town(check, folder);
}

static void verify(struct checking *check, const char *folder, const char *program)
{
    char command[1000];
    snprintf(command, sizeof command, "%s -d %s town verify beauval >%s/verify.txt 2>&1", program, folder, folder);
    if (system(command) == 0)
        return;
    check->wrong++;
    snprintf(command, sizeof command, "sed 's/^/  verify: /' %s/verify.txt | head -n 5", folder);
    fflush(stdout);
    (void)!system(command);
}

void history_open(int64_t turn, const char *folder)
{
    static const struct str domain = STR_INIT("beauval.example");
    member_row member = history_member();
    struct str refusal;
    struct house house;
    struct town *town;
    int64_t replayed;
    if (turn < HISTORY_HOUSE)
        return;
    enum status done = house_open(folder, clock_now(), &house, &refusal);
    house_close(&house);
    if (done == OK && turn >= HISTORY_MEMBER && house_open_town(folder, &member, &domain, 1, &town, &replayed) == OK)
        house_close_town(town);
}

int history_check(const struct history *history, int64_t turn, const char *folder, const char *proves)
{
    struct checking *check = calloc(1, sizeof *check);
    if (check == NULL)
        abort();
    check->history = history;
    check->turn = turn;
    check->arena = arena_create(ARENA);
    check->now = (struct instant){history->now.ms + 3600 * 1000};
    if (turn >= HISTORY_HOUSE)
        check_house(check, folder);
    if (turn >= HISTORY_PEOPLE && proves != NULL)
        verify(check, folder, proves);
    int found = check->wrong;
    arena_destroy(&check->arena);
    free(check);
    return found;
}
