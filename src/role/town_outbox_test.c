/* Rows of an outbox as time goes by: leaving, being taken back, put off, given up; each transaction may be undone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/person.h"
#include "os/clock.h"
#include "role/house.h"
#include "role/town_state.h"
#include "service/mail/accept.h"
#include "service/mail/accept_sql.h"
#include "service/mail/mailbox.h"
#include "service/mail/message.h"
#include "service/mail/outbox.h"
#include "service/mail/store.h"

enum { ACCUEIL = 1, AT_MS = 60 * 1000 };

static char folder[64];
static struct arena *arena;
static const struct str domain = STR_INIT("beauval.example");
static member_row member;
static struct town *town;
static struct instant now;

static struct ctx unit(void)
{
    return (struct ctx){.arena = arena, .town = town, .db = town->db, .now = now};
}

static enum status end_job(enum status done)
{
    done = writer_job_end(town->writer, done);
    assert_int_equal(writer_commit(town->writer), OK);
    return done;
}

static int64_t open_town(void)
{
    int64_t replayed;
    town = NULL;
    assert_int_equal(house_open_town(folder, &member, &domain, 1, &town, &replayed), OK);
    return replayed;
}

static int set_up(void **state)
{
    (void)state;
    struct str refusal;
    int64_t id;
    snprintf(folder, sizeof folder, "/tmp/parvis-outbox-XXXXXX");
    assert_non_null(mkdtemp(folder));
    arena = arena_create(256 << 20);
    now = clock_now();
    member = (member_row){.id = 1, .name = STR("beauval"), .title = STR("Beauval"), .language = STR("fr")};
    assert_int_equal(house_create(folder, now, &refusal), OK);
    open_town();
    struct ctx ctx = unit();
    writer_job_begin(town->writer);
    assert_int_equal(end_job(person_add(&ctx, STR("accueil@beauval.example"), STR("Accueil"), &id)), OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[100];
    house_close_town(town);
    arena_destroy(&arena);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

static enum status put_in(struct ctx *ctx, struct str recipients, int64_t *ret_row)
{
    struct outbox_put put = {.account = ACCUEIL,
                             .sender = STR("accueil@beauval.example"),
                             .recipients = recipients,
                             .leaves = {now.ms + AT_MS},
                             .draft = 77};
    TRY(store_add_body(ctx, STR("From: a\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\n\r\nx\r\n"), &put.body));
    return outbox_put(ctx, &put, ret_row);
}

static int64_t put(const char *recipients)
{
    int64_t row;
    struct ctx ctx = unit();
    writer_job_begin(town->writer);
    assert_int_equal(end_job(put_in(&ctx, str_of(recipients), &row)), OK);
    return row;
}

static size_t due(struct sql_outbox_due_row **ret_rows)
{
    size_t count;
    struct ctx ctx = unit();
    assert_int_equal(outbox_due(&ctx, ret_rows, &count), OK);
    return count;
}

static enum status split(int64_t row)
{
    struct ctx ctx = unit();
    writer_job_begin(town->writer);
    return end_job(outbox_split(&ctx, row));
}

static enum status answer(int64_t row, enum status status, const char *statuses)
{
    struct ctx ctx = unit();
    writer_job_begin(town->writer);
    return end_job(outbox_answered(&ctx, row, status, str_of(statuses)));
}

static int64_t inbox_count(void)
{
    mailbox_row inbox;
    struct ctx ctx = unit();
    enum status found = mailbox_by_use(&ctx, ACCUEIL, STR("inbox"), &inbox);
    return found == OK ? inbox.message_count : 0;
}

/* One row for one other town. */
static int64_t row_of(const char *recipients)
{
    struct sql_outbox_due_row *rows;
    int64_t row = put(recipients);
    now.ms += AT_MS;
    assert_int_equal(split(row), OK);
    assert_int_equal(due(&rows), 1);
    return rows[0].id;
}

static outbox_row get(int64_t id)
{
    outbox_row row;
    struct ctx ctx = unit();
    assert_int_equal(outbox_get(&ctx, id, &row), OK);
    return row;
}

static bool is_gone(int64_t id)
{
    outbox_row row;
    struct ctx ctx = unit();
    return outbox_get(&ctx, id, &row) == NOT_FOUND;
}

static enum status take_back(int64_t account, int64_t row, outbox_row *ret_row)
{
    struct ctx ctx = unit();
    writer_job_begin(town->writer);
    return end_job(outbox_take_back(&ctx, account, row, ret_row));
}

static void a_message_can_be_taken_back_until_it_leaves(void **state)
{
    (void)state;
    struct sql_outbox_due_row *rows;
    outbox_row taken;
    int64_t first = put("a@clairmont.example\n"), next_ms;
    struct ctx ctx = unit();
    assert_int_equal(due(&rows), 0);
    assert_int_equal(outbox_next(&ctx, &next_ms), OK);
    assert_int_equal(next_ms, now.ms + AT_MS);
    assert_int_equal(take_back(2, first, &taken), NOT_FOUND); /* somebody else's */
    assert_int_equal(take_back(ACCUEIL, first, &taken), OK);
    assert_int_equal(taken.draft, 77);
    assert_int_equal(take_back(ACCUEIL, first, &taken), NOT_FOUND);
    int64_t second = put("a@clairmont.example\n");
    now.ms += AT_MS;
    assert_int_equal(take_back(ACCUEIL, second, &taken), GONE);
    assert_int_equal(split(second), OK);
    assert_int_equal(due(&rows), 1);
    assert_int_equal(take_back(ACCUEIL, rows[0].id, &taken), GONE);
    now.ms += 1;
    ctx = unit();
    assert_int_equal(outbox_next(&ctx, &next_ms), OK);
    assert_int_equal(next_ms, INT64_MAX);
}

static void splitting_makes_a_row_for_each_domain(void **state)
{
    (void)state;
    struct sql_outbox_due_row *rows;
    int64_t row = put("a@clairmont.example\nb@Beauval.example\nc@rochefleur.example\nd@CLAIRMONT.example\n");
    now.ms += AT_MS;
    assert_int_equal(split(row), OK);
    assert_int_equal(due(&rows), 3);
    assert_true(str_eq(get(rows[0].id).recipients, STR("a@clairmont.example\nd@CLAIRMONT.example\n")));
    assert_true(str_eq(get(rows[1].id).recipients, STR("b@Beauval.example\n")));
    assert_true(str_eq(get(rows[2].id).destination, STR("rochefleur.example")));
    assert_true(is_gone(row));
    assert_int_equal(split(row), NOT_FOUND);
}

/* One town takes no more than so many at once; a message has no more than so many at all. */
static void many_recipients_go_in_several_rows(void **state)
{
    (void)state;
    struct sql_outbox_due_row *rows;
    struct buf lines BUF_SCOPE = BUF_INIT(64 << 10);
    for (int i = 0; i < OUTBOX_RECIPIENTS_MAX; i++)
        buf_add_format(&lines, "p%d@clairmont.example\n", i);
    int64_t id, row = put(str_copy(arena, buf_str(&lines)).at);
    now.ms += AT_MS;
    assert_int_equal(split(row), OK);
    assert_int_equal(due(&rows), OUTBOX_RECIPIENTS_MAX / ACCEPT_RECIPIENTS_MAX);
    assert_true(str_starts(get(rows[1].id).recipients, STR("p100@clairmont.example\n")));
    assert_true(str_ends(get(rows[1].id).recipients, STR("\np199@clairmont.example\n")));
    buf_add_literal(&lines, "one.more@clairmont.example\n");
    struct ctx ctx = unit();
    writer_job_begin(town->writer);
    assert_int_equal(end_job(put_in(&ctx, buf_str(&lines), &id)), LIMIT);
    assert_string_equal(ctx.failure.code, "mail.send.recipients");
}

static void who_cannot_now_is_tried_again_later_and_later(void **state)
{
    (void)state;
    struct sql_outbox_due_row *rows;
    int64_t row = row_of("a@clairmont.example\nb@clairmont.example\n"), delay_ms = OUTBOX_FIRST_MS;
    assert_int_equal(answer(row, OK, "ok\nlimit mail.over_quota\n"), OK);
    assert_true(str_eq(get(row).recipients, STR("b@clairmont.example\n")));
    for (int64_t i = 1; i < 12; i++) {
        assert_int_equal(get(row).attempts, i);
        assert_int_equal(get(row).next_ms, now.ms + delay_ms);
        assert_int_equal(due(&rows), 0);
        now.ms += delay_ms;
        assert_int_equal(due(&rows), 1);
        assert_int_equal(answer(row, BUSY, ""), OK);
        delay_ms = 2 * delay_ms < OUTBOX_LAST_MS ? 2 * delay_ms : OUTBOX_LAST_MS;
    }
    assert_int_equal(inbox_count(), 0);
    assert_int_equal(answer(row, OK, "ok\n"), OK);
    assert_true(is_gone(row));
    assert_int_equal(answer(row, OK, "ok\n"), OK); /* said twice */
}

static void who_does_not_answer_is_left_alone(void **state)
{
    (void)state;
    struct sql_outbox_due_row *rows;
    struct ctx ctx;
    int64_t first = row_of("a@clairmont.example\n");
    int64_t whole = put("b@Clairmont.example\nc@clairmont.example\nd@rochefleur.example\n");
    now.ms += AT_MS;
    assert_int_equal(split(whole), OK);
    assert_int_equal(due(&rows), 3);
    int64_t second = rows[1].id, other = rows[2].id;
    ctx = unit();
    writer_job_begin(town->writer);
    assert_int_equal(end_job(outbox_unanswered(&ctx, first)), OK);
    assert_int_equal(get(first).attempts, 1);
    assert_int_equal(get(first).next_ms, now.ms + OUTBOX_SILENT_MS);
    assert_int_equal(get(second).attempts, 0);
    assert_int_equal(get(second).next_ms, now.ms + OUTBOX_SILENT_MS);
    assert_int_equal(due(&rows), 1);
    assert_int_equal(rows[0].id, other);
    assert_int_equal(answer(first, OK, "ok\n"), OK); /* it came after all */
    assert_true(is_gone(first));
    ctx = unit();
    writer_job_begin(town->writer);
    assert_int_equal(end_job(outbox_unanswered(&ctx, first)), OK);
    now.ms += OUTBOX_SILENT_MS;
    assert_int_equal(due(&rows), 2);
}

static void after_two_days_it_comes_back(void **state)
{
    (void)state;
    int64_t row = row_of("a@clairmont.example\n"), made_ms = get(row).created_ms;
    now.ms = made_ms + OUTBOX_LIFE_MS - 1;
    assert_int_equal(answer(row, BUSY, ""), OK);
    assert_int_equal(inbox_count(), 0);
    now.ms = made_ms + OUTBOX_LIFE_MS;
    assert_int_equal(answer(row, BUSY, ""), OK);
    assert_true(is_gone(row));
    assert_int_equal(inbox_count(), 1);
}

static void a_bounce_says_who_and_why(void **state)
{
    (void)state;
    message_row message;
    email_row email;
    mailbox_row inbox;
    struct str text;
    int64_t row = row_of("nobody@clairmont.example\n");
    assert_int_equal(answer(row, NOT_FOUND, ""), OK);
    struct ctx ctx = unit();
    assert_int_equal(mailbox_by_use(&ctx, ACCUEIL, STR("inbox"), &inbox), OK);
    assert_int_equal(message_get(&ctx, inbox.id, 1, &message), OK);
    assert_int_equal(
        sql_message_email_get(town->db, arena, (struct sql_message_email_get){.id = message.email}, &email), OK);
    assert_true(str_eq(email.subject, STR("Message non remis\u00a0: Café")));
    assert_int_equal(store_message(&ctx, email.body, &text), OK);
    assert_true(str_starts(text, STR("Return-Path: <>\r\n")));
    assert_true(str_find(text, STR("Auto-Submitted: auto-replied")) != SIZE_MAX);
    assert_true(str_find(text, STR("nobody@clairmont.example")) != SIZE_MAX);
}

static enum status accept(const char *key, const char *recipients, struct buf *statuses)
{
    struct ctx ctx = unit();
    struct accept in = {.key = str_of(key),
                        .sender = STR("a@clairmont.example"),
                        .recipients = str_of(recipients),
                        .message = STR("Subject: x\r\n\r\nx\r\n")};
    buf_clear(statuses);
    writer_job_begin(town->writer);
    return end_job(accept_mail(&ctx, &in, statuses));
}

/* What a crash between the journal's sync and the commit leaves: the rows are those of before, the journal goes on. */
struct before {
    struct str path, copy;
};

static struct before keep_rows(void)
{
    struct before before = {.path = str_format(arena, "%s/members/beauval/town.db", folder)};
    before.copy = str_format(arena, "%s.old", before.path.at);
    assert_int_equal(db_copy(town->db, before.copy.at), OK);
    return before;
}

static int64_t lose_rows_since(struct before before)
{
    house_close_town(town);
    assert_int_equal(rename(before.copy.at, before.path.at), 0);
    remove(str_format(arena, "%s-wal", before.path.at).at);
    remove(str_format(arena, "%s-shm", before.path.at).at);
    return open_town();
}

/* The rows are lost, the journal makes the message again, and the row of the outbox is still there and is worked on
 * again. */
static void lose_commit(int64_t own, int64_t *ret_replayed)
{
    struct before before = keep_rows();
    struct ctx ctx = unit();
    writer_job_begin(town->writer);
    assert_int_equal(end_job(outbox_deliver_here(&ctx, own)), OK);
    assert_true(is_gone(own));
    *ret_replayed = lose_rows_since(before);
    assert_int_equal(get(own).id, own);
}

static int64_t split_and_deliver(int64_t row)
{
    struct sql_outbox_due_row *rows;
    struct ctx ctx = unit();
    assert_int_equal(split(row), OK);
    assert_int_equal(due(&rows), 1);
    int64_t own = rows[0].id;
    writer_job_begin(town->writer);
    assert_int_equal(end_job(outbox_deliver_here(&ctx, own)), OK);
    return own;
}

/* The split may be lost too, and be made again later. */
static void a_split_made_again_delivers_once(void **state)
{
    (void)state;
    struct buf statuses BUF_SCOPE = BUF_INIT(4096);
    assert_int_equal(accept("2.1.5", "accueil@beauval.example\n", &statuses), OK); /* the account is made */
    int64_t row = put("accueil@beauval.example\n");
    now.ms += AT_MS;
    struct before before = keep_rows();
    assert_true(is_gone(split_and_deliver(row)));
    assert_int_equal(lose_rows_since(before), 1);
    assert_int_equal(inbox_count(), 2);
    now.ms += 5000;
    assert_true(is_gone(split_and_deliver(row)));
    assert_int_equal(inbox_count(), 2);
}

static void what_the_journal_made_again_is_not_made_twice(void **state)
{
    (void)state;
    struct buf statuses BUF_SCOPE = BUF_INIT(4096);
    struct sql_outbox_due_row *rows;
    int64_t replayed, row = put("accueil@beauval.example\nnobody@beauval.example\n");
    assert_int_equal(accept("2.1.5", "accueil@beauval.example\n", &statuses), OK); /* the account is made */
    now.ms += AT_MS;
    assert_int_equal(split(row), OK);
    assert_int_equal(due(&rows), 1);
    int64_t own = rows[0].id;
    lose_commit(own, &replayed);
    assert_int_equal(replayed, 2); /* the message, and the bounce of who is nobody */
    assert_int_equal(inbox_count(), 3);
    struct ctx ctx = unit();
    writer_job_begin(town->writer);
    assert_int_equal(end_job(outbox_deliver_here(&ctx, own)), OK);
    assert_int_equal(inbox_count(), 3);
    assert_true(is_gone(own));
}

/* The same while the account itself was being made: nothing of that turn is kept, and it is done again whole. */
static void a_turn_that_made_the_mailbox_is_done_again(void **state)
{
    (void)state;
    struct sql_outbox_due_row *rows;
    int64_t replayed, row = put("accueil@beauval.example\n");
    now.ms += AT_MS;
    assert_int_equal(split(row), OK);
    assert_int_equal(due(&rows), 1);
    int64_t own = rows[0].id;
    lose_commit(own, &replayed);
    assert_int_equal(replayed, 1); /* passed over */
    assert_int_equal(inbox_count(), 0);
    struct ctx ctx = unit();
    writer_job_begin(town->writer);
    assert_int_equal(end_job(outbox_deliver_here(&ctx, own)), OK);
    assert_int_equal(inbox_count(), 1);
}

static void each_recipient_of_each_row_has_it_once(void **state)
{
    (void)state;
    struct buf statuses BUF_SCOPE = BUF_INIT(4096), many BUF_SCOPE = BUF_INIT(64 << 10);
    assert_int_equal(accept("2.1.5", "accueil@beauval.example\n", &statuses), OK);
    assert_int_equal(accept("2.1.5", "accueil@beauval.example\nnobody@beauval.example\n", &statuses), OK);
    assert_true(str_eq(buf_str(&statuses), STR("ok\nnot_found mail.unknown\n")));
    assert_int_equal(inbox_count(), 1);
    assert_int_equal(accept("2.1.6", "accueil@beauval.example\n", &statuses), OK);
    assert_int_equal(inbox_count(), 2);
    assert_int_equal(accept("", "accueil@beauval.example\n", &statuses), INVALID);
    for (int i = 0; i <= ACCEPT_RECIPIENTS_MAX; i++)
        buf_add_format(&many, "p%d@beauval.example\n", i);
    assert_int_equal(accept("2.1.7", str_copy(arena, buf_str(&many)).at, &statuses), INVALID);
    now.ms += ACCEPT_KEPT_MS + 1;
    struct ctx ctx = unit();
    writer_job_begin(town->writer);
    assert_int_equal(end_job(accept_sweep(&ctx)), OK);
    assert_int_equal(accept("2.1.5", "accueil@beauval.example\n", &statuses), OK);
    assert_int_equal(inbox_count(), 3);
}

/* What operators are told of it: how much, since when, for which domain; no address, no subject. */
static void operators_see_sizes_ages_and_domains(void **state)
{
    (void)state;
    struct buf lines BUF_SCOPE = BUF_INIT(64 << 10);
    struct house_queue queue;
    int64_t row = row_of("a@clairmont.example\nb@clairmont.example\n"), began_ms = now.ms - AT_MS;
    assert_int_equal(answer(row, BUSY, ""), OK);
    now.ms += 1000;
    put("c@rochefleur.example\n");
    struct ctx ctx = unit();
    assert_int_equal(town_state_queues(&ctx, &lines), OK);
    assert_true(str_find_byte(buf_str(&lines), '@') == SIZE_MAX && str_find(buf_str(&lines), STR("Caf")) == SIZE_MAX);
    struct str rest = buf_str(&lines);
    assert_int_equal(house_line_take(arena, &rest, &house_queue_shape, &queue), OK);
    assert_true(str_eq(queue.member, STR("beauval")) && str_eq(queue.destination, STR("clairmont.example")));
    assert_int_equal(queue.messages, 1);
    assert_true(queue.bytes > 0 && queue.oldest_ms >= began_ms && queue.oldest_ms <= now.ms &&
                queue.next_ms > queue.oldest_ms);
    assert_int_equal(queue.attempts, 1);
    assert_int_equal(house_line_take(arena, &rest, &house_queue_shape, &queue), OK);
    assert_int_equal(queue.destination.len, 0); /* may still be taken back */
    assert_int_equal(queue.attempts, 0);
    assert_int_equal(house_line_take(arena, &rest, &house_queue_shape, &queue), NOT_FOUND);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(operators_see_sizes_ages_and_domains),
        CASE(a_message_can_be_taken_back_until_it_leaves),
        CASE(splitting_makes_a_row_for_each_domain),
        CASE(many_recipients_go_in_several_rows),
        CASE(who_cannot_now_is_tried_again_later_and_later),
        CASE(who_does_not_answer_is_left_alone), CASE(after_two_days_it_comes_back),
        CASE(a_bounce_says_who_and_why),
        CASE(a_turn_that_made_the_mailbox_is_done_again),
        CASE(a_split_made_again_delivers_once),
        CASE(what_the_journal_made_again_is_not_made_twice),
        CASE(each_recipient_of_each_row_has_it_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
