/* What a town holds is proven, damage is found, what is derived comes back, what was deleted goes after its time, and
 * compaction loses nothing, wherever the process dies. On real files, with segments of a few messages each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base64.h"
#include "core/audit.h"
#include "core/person.h"
#include "db/handle.h"
#include "os/clock.h"
#include "os/file.h"
#include "role/house.h"
#include "service/mail/audit_mail.h"
#include "service/mail/compact.h"
#include "service/mail/deliver.h"
#include "service/mail/mailbox.h"
#include "service/mail/message.h"
#include "service/mail/quota.h"
#include "service/mail/rebuild.h"
#include "service/mail/store.h"
#include "service/mail/undelete.h"
#include "service/mail/verify.h"

enum { MESSAGES = 40, ROLL = 4 << 10, STEPS_MAX = 1000 };
#define DAY_MS (86400 * INT64_C(1000))

static char folder[64];
static struct arena *arena;
static const struct str domain = STR_INIT("beauval.example");
static member_row member;
static struct town *town;
static int64_t replayed;
static struct instant now;

static struct ctx unit(void)
{
    return (struct ctx){.arena = arena, .town = town, .place = &town->place, .db = town->db, .now = now,
                        .language = LANGUAGE_EN, .actor = {.address = STR(""), .name = STR("")}};
}

static void open_town(void)
{
    assert_int_equal(house_open_town(folder, &member, &domain, 1, &town, &replayed), OK);
    struct ctx ctx = unit();
    store_set_roll(&ctx, ROLL);
}

static void reopen(void)
{
    house_close_town(town);
    open_town();
}

#define JOB(call) (writer_job_begin(town->writer), end_job(call))
static enum status end_job(enum status done)
{
    done = writer_job_end(town->writer, done);
    assert_int_equal(writer_commit(town->writer), OK);
    return done;
}

static void deliver_one(int number)
{
    struct ctx ctx = unit();
    struct str message = str_format(arena, "Subject: n%d\r\nMessage-ID: <%d@x>\r\n\r\n%0*d\r\n", number, number, 400,
                                    number);
    assert_int_equal(JOB(deliver(&ctx, STR("a@outside.example"), STR("accueil@beauval.example\n"), message)), OK);
}

static int set_up(void **state)
{
    (void)state;
    int64_t id;
    struct str refusal;
    snprintf(folder, sizeof folder, "/tmp/parvis-upkeep-XXXXXX");
    assert_non_null(mkdtemp(folder));
    arena = arena_create(512 << 20);
    now = clock_now();
    member = (member_row){.id = 1, .name = STR("beauval"), .title = STR("Beauval"), .language = STR("en")};
    assert_int_equal(house_create(folder, now, &refusal), OK);
    open_town();
    struct ctx ctx = unit();
    assert_int_equal(JOB(person_add(&ctx, STR("accueil@beauval.example"), STR("Accueil"), &id)), OK);
    for (int i = 1; i <= MESSAGES; i++)
        deliver_one(i);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[100];
    house_close_town(town);
    arena_destroy(&arena);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

/* ---- looking ---- */

static mailbox_row inbox(void)
{
    mailbox_row found;
    struct ctx ctx = unit();
    assert_int_equal(mailbox_by_use(&ctx, 1, STR("inbox"), &found), OK);
    return found;
}

/* Everything verify finds, rows and bodies. */
static struct str findings(int64_t *ret_bodies)
{
    struct buf out BUF_SCOPE = BUF_INIT(1 << 20);
    struct verify_walk walk = {0};
    struct ctx ctx = unit();
    assert_int_equal(mail_verify(&ctx, &out), OK);
    enum status more;
    while ((more = mail_verify_bodies(&ctx, &walk, &out)) == OK)
        continue;
    assert_int_equal(more, NOT_FOUND);
    *ret_bodies = walk.bodies;
    return str_copy(arena, buf_str(&out));
}

static void assert_sound(int64_t bodies)
{
    int64_t found;
    struct str text = findings(&found);
    if (text.len > 0)
        print_error("%.*s", STR_ARG(text));
    assert_int_equal(text.len, 0);
    assert_int_equal(found, bodies);
}

static void assert_finds(const char *words)
{
    int64_t bodies;
    struct str text = findings(&bodies);
    if (str_find(text, str_of(words)) == SIZE_MAX)
        print_error("'%s' is not in: %.*s\n", words, STR_ARG(text));
    assert_true(str_find(text, str_of(words)) != SIZE_MAX);
}

static void assert_message(int64_t uid)
{
    message_row message;
    email_row email;
    struct str bytes;
    struct ctx ctx = unit();
    assert_int_equal(message_get(&ctx, inbox().id, uid, &message), OK);
    struct sql_message_email_get in = {.id = message.email};
    assert_int_equal(sql_message_email_get(town->db, arena, in, &email), OK);
    assert_int_equal(store_message(&ctx, email.body, &bytes), OK);
    struct str tail = str_format(arena, "\r\n\r\n%0*d\r\n", 400, (int)uid);
    assert_true(str_ends(bytes, tail));
}

static void script(const char *sql)
{
    assert_int_equal(sqlite3_exec(town->db->sqlite, sql, NULL, NULL, NULL), SQLITE_OK);
}

static size_t segment_count(void)
{
    int64_t *segments;
    size_t count;
    struct ctx ctx = unit();
    assert_int_equal(store_segments(&ctx, &segments, &count), OK);
    return count;
}

/* ---- acting ---- */

/* All but every fourth message. */
static void delete_most(void)
{
    for (int uid = 1; uid <= MESSAGES; uid++) {
        message_row message;
        struct ctx ctx = unit();
        if (uid % 4 == 0)
            continue;
        assert_int_equal(message_get(&ctx, inbox().id, uid, &message), OK);
        assert_int_equal(JOB(message_expunge(&ctx, &message)), OK);
    }
}

static void sweep_all(void)
{
    enum status more = OK;
    for (int i = 0; more == OK && i < STEPS_MAX; i++) {
        struct ctx ctx = unit();
        more = JOB(undelete_sweep(&ctx));
    }
    assert_int_equal(more, NOT_FOUND);
}

/* A whole round; the number of its steps. */
static int compact_all(void)
{
    enum status more = OK;
    int steps = 0;
    for (; more == OK && steps < STEPS_MAX; steps++) {
        struct ctx ctx = unit();
        more = JOB(compact_step(&ctx));
    }
    assert_int_equal(more, NOT_FOUND);
    return steps;
}

static void rebuild_all(void)
{
    struct rebuild_walk walk = {0};
    enum status more = OK;
    for (int i = 0; more == OK && i < STEPS_MAX; i++) {
        struct ctx ctx = unit();
        more = JOB(mail_rebuild(&ctx, &walk));
    }
    assert_int_equal(more, NOT_FOUND);
    assert_int_equal(walk.emails, MESSAGES);
}

/* ---- verify and rebuild ---- */

static void what_was_delivered_is_proven(void **state)
{
    (void)state;
    assert_true(segment_count() > 3);
    assert_sound(MESSAGES);
    reopen();
    assert_int_equal(replayed, 0);
    assert_sound(MESSAGES);
}

static void each_damage_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *undo, *words;
    } damages[] = {
        {"UPDATE mailbox SET message_count = message_count + 1", "UPDATE mailbox SET message_count = message_count - 1",
         "counters are wrong"},
        {"UPDATE mailbox SET unseen_count = 7 WHERE unseen_count = 40",
         "UPDATE mailbox SET unseen_count = 40 WHERE unseen_count = 7", "Folders whose counters"},
        {"UPDATE mail_account SET used_bytes = used_bytes + 1", "UPDATE mail_account SET used_bytes = used_bytes - 1",
         "Accounts whose counters"},
        {"UPDATE mailbox SET uid_next = uid_next - 1", "UPDATE mailbox SET uid_next = uid_next + 1",
         "above the last one given"},
        {"UPDATE message SET modseq = modseq + 1000 WHERE uid = 1",
         "UPDATE message SET modseq = modseq - 1000 WHERE uid = 1", "above the last one given"},
        {"UPDATE email SET body = body + 1000 WHERE subject = 'n3'",
         "UPDATE email SET body = body - 1000 WHERE subject = 'n3'", "whose body is missing"},
        {"UPDATE message SET email = email + 1000 WHERE uid = 3",
         "UPDATE message SET email = email - 1000 WHERE uid = 3", "whose message is missing"},
        {"UPDATE message SET thread = thread + 1 WHERE uid = 3", "UPDATE message SET thread = thread - 1 WHERE uid = 3",
         "Conversations that do not say"},
        {"UPDATE conversation SET messages = 2 WHERE thread % 4294967296 = 3",
         "UPDATE conversation SET messages = 1 WHERE thread % 4294967296 = 3", "Conversations that do not say"},
        {"UPDATE mailbox SET account = 2", "UPDATE mailbox SET account = 1", "folder of another account"},
        {"UPDATE mail_account SET next_email = 5", "UPDATE mail_account SET next_email = 41", "given twice"},
        {"UPDATE mail_state SET next_body = 5", "UPDATE mail_state SET next_body = 41", "given twice"},
        {"INSERT INTO mail_account VALUES (9, 1, 0, 0)", "DELETE FROM mail_account WHERE person = 9",
         "without a person"},
        {"INSERT INTO expunged VALUES (1, 3, 0, 1, 1, 0, 0, 0)", "DELETE FROM expunged", "both present and deleted"},
        {"INSERT INTO expunged VALUES (1, 3000, 77, 1, 1, 0, 0, 0)", "DELETE FROM expunged", "facts are missing"},
        {"INSERT INTO outbox VALUES (1, 900, 1, '', '', '', 0, 0, 0, 0, '')", "DELETE FROM outbox",
         "waiting to leave"},
        {"UPDATE body SET position = position + 8 WHERE id = 5", "UPDATE body SET position = position - 8 WHERE id = 5",
         "Body 5 "},
        {"UPDATE body SET hash = zeroblob(32) WHERE id = 40", NULL, "Body 40 "},
    };
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        assert_sound(MESSAGES);
        script(damages[i].sql);
        assert_finds(damages[i].words);
        if (damages[i].undo != NULL)
            script(damages[i].undo);
    }
}

/* One byte anywhere in the body, the facts or the head of a record. */
static void a_changed_byte_is_found(void **state)
{
    (void)state;
    int64_t offsets[] = {5, 9, 20, 40, 70, 100, 300};
    char byte, other;
    size_t got;
    for (size_t i = 0; i < sizeof offsets / sizeof offsets[0]; i++) {
        int fd FILE_SCOPE = -1;
        assert_int_equal(file_open(str_format(arena, "%s/segments/00000002", town->folder).at, FILE_WRITE, &fd), OK);
        assert_int_equal(file_read(fd, offsets[i], &byte, 1, &got), OK);
        other = (char)(byte ^ 0x20);
        assert_int_equal(file_write(fd, offsets[i], (struct str){&other, 1}), OK);
        assert_finds("(segment 2, position 0)");
        assert_int_equal(file_write(fd, offsets[i], (struct str){&byte, 1}), OK);
    }
    assert_sound(MESSAGES);
    assert_int_equal(unlink(str_format(arena, "%s/segments/00000001", town->folder).at), 0);
    reopen();
    assert_finds("(segment 1, position 0)");
}

static void what_is_derived_comes_back(void **state)
{
    (void)state;
    email_row email;
    script("UPDATE mailbox SET message_count = 0, unseen_count = 9, bytes = 1; UPDATE mail_account SET used_bytes = 0;"
           "DELETE FROM conversation WHERE thread % 2 = 0; INSERT INTO conversation VALUES (99, 1, 1, 1, 1, 1);"
           "UPDATE email SET subject = 'x', envelope = '', preview = ''");
    rebuild_all();
    assert_sound(MESSAGES);
    struct sql_message_email_get in = {.id = INT64_C(1) << 32 | 7};
    assert_int_equal(sql_message_email_get(town->db, arena, in, &email), OK);
    assert_true(str_eq(email.subject, STR("n7")));
    assert_true(email.envelope.len > 0 && email.preview.len > 0);
}

/* ---- undelete ---- */

static void what_was_deleted_comes_back_for_30_days(void **state)
{
    (void)state;
    int64_t restored, all = 0;
    struct quota quota;
    delete_most();
    assert_int_equal(inbox().message_count, MESSAGES / 4);
    sweep_all(); /* nothing is old enough */
    now.ms += 29 * DAY_MS;
    sweep_all();
    struct ctx ctx = unit();
    enum status more;
    while ((more = JOB(undelete(&ctx, 1, (struct instant){now.ms - 30 * DAY_MS}, &restored))) == OK && restored > 0)
        all += restored;
    assert_int_equal(more, NOT_FOUND);
    assert_int_equal(all, MESSAGES * 3 / 4);
    assert_int_equal(inbox().message_count, MESSAGES);
    assert_int_equal(quota_get(&ctx, 1, &quota), OK);
    assert_int_equal(quota.messages, MESSAGES);
    now.ms += 31 * DAY_MS;
    sweep_all(); /* what came back stays */
    assert_sound(MESSAGES);
}

static void after_30_days_it_is_gone(void **state)
{
    (void)state;
    int64_t restored;
    delete_most();
    now.ms += 31 * DAY_MS;
    sweep_all();
    struct ctx ctx = unit();
    assert_int_equal(JOB(undelete(&ctx, 1, (struct instant){0}, &restored)), NOT_FOUND);
    assert_sound(MESSAGES / 4);
    for (int uid = 4; uid <= MESSAGES; uid += 4)
        assert_message(uid);
}

/* ---- quota ---- */

static void a_quota_is_a_limit(void **state)
{
    (void)state;
    struct quota quota;
    bool has;
    struct ctx ctx = unit();
    assert_int_equal(quota_get(&ctx, 1, &quota), OK);
    assert_true(quota.used > 0 && quota.limit == 0);
    struct person_change change = {.id = 1, .display_name = STR("Accueil"), .department = STR(""), .is_active = true,
                                   .quota_bytes = quota.used + 100, .role = ROLE_AGENT};
    assert_int_equal(JOB(person_set(&ctx, &change)), OK);
    assert_int_equal(quota_has_room(&ctx, 1, 100, &has), OK);
    assert_true(has);
    assert_int_equal(quota_check(&ctx, 1, 101), LIMIT);
    assert_string_equal(ctx.failure.code, "mail.over_quota");
    assert_int_equal(deliver_check(&ctx, STR("accueil@beauval.example"), 101), LIMIT);
    assert_int_equal(deliver_check(&ctx, STR("accueil@beauval.example"), INT64_MAX), LIMIT);
    int64_t bytes;
    assert_int_equal(quota_parse(STR("2G"), &bytes), OK);
    assert_int_equal(bytes, INT64_C(2000000000));
    assert_int_equal(quota_parse(STR("0"), &bytes), OK);
    assert_int_equal(bytes, 0);
    const struct str bad[] = {STR(""), STR("G"), STR("-1"), STR("1g"), STR("1.5G"), STR("99999999999T")};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(quota_parse(bad[i], &bytes), INVALID);
}

/* ---- compaction ---- */

static void make_dead_space(void)
{
    delete_most();
    now.ms += 31 * DAY_MS;
    sweep_all();
}

static void assert_all_is_there(void)
{
    assert_sound(MESSAGES / 4);
    assert_int_equal(inbox().message_count, MESSAGES / 4);
    for (int uid = 4; uid <= MESSAGES; uid += 4)
        assert_message(uid);
}

static void dead_space_is_given_back(void **state)
{
    (void)state;
    size_t before = segment_count();
    assert_int_equal(compact_all(), before); /* all alive: each is looked at, none is moved */
    assert_int_equal(segment_count(), before);
    make_dead_space();
    compact_all();
    assert_all_is_there();
    assert_true(segment_count() >= before); /* readers may still look at the old ones */
    now.ms += COMPACT_GRACE_MS;
    struct ctx ctx = unit();
    compact_hold(&ctx, (struct instant){now.ms + 1});
    compact_all();
    assert_true(segment_count() >= before); /* somebody copies them */
    now.ms += 1;
    compact_all();
    assert_true(segment_count() <= before / 2);
    assert_all_is_there();
    deliver_one(41);
    reopen();
    assert_int_equal(replayed, 0);
    assert_sound(MESSAGES / 4 + 1);
}

static void a_damaged_body_stays_where_it_is(void **state)
{
    (void)state;
    make_dead_space();
    int fd FILE_SCOPE = -1;
    int64_t position, segment;
    struct sql_message_body_get_row body;
    assert_int_equal(sql_message_body_get(town->db, arena, (struct sql_message_body_get){.id = 4}, &body), OK);
    segment = body.segment;
    position = body.position;
    assert_int_equal(file_open(str_format(arena, "%s/segments/%08lld", town->folder, (long long)segment).at, FILE_WRITE,
                               &fd), OK);
    assert_int_equal(file_write(fd, position + 300, STR("damaged")), OK);
    bool was_refused = false;
    for (int i = 0; i < 100; i++) {
        struct ctx ctx = unit();
        was_refused |= JOB(compact_step(&ctx)) == CORRUPT;
    }
    assert_true(was_refused);
    assert_int_equal(sql_message_body_get(town->db, arena, (struct sql_message_body_get){.id = 4}, &body), OK);
    assert_int_equal(body.segment, segment);
    assert_int_equal(body.position, position);
    for (int uid = 8; uid <= MESSAGES; uid += 4)
        assert_message(uid);
}

/* A child does so many steps and dies: after a commit, or in the middle of a turn. */
static void die_after(int steps, bool is_committed)
{
    house_close_town(town);
    pid_t pid = fork();
    if (pid == 0) {
        open_town();
        for (int i = 0; i < steps; i++) {
            struct ctx ctx = unit();
            JOB(compact_step(&ctx));
        }
        struct ctx ctx = unit();
        writer_job_begin(town->writer);
        enum status done = writer_job_end(town->writer, compact_step(&ctx));
        if (is_committed)
            done = writer_commit(town->writer);
        (void)done;
        kill(getpid(), SIGKILL);
    }
    int how;
    assert_int_equal(waitpid(pid, &how, 0), pid);
    assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL);
    open_town();
}

static void wherever_it_dies_nothing_is_lost(void **state)
{
    (void)state;
    make_dead_space();
    for (int steps = 0; steps < 24; steps++) {
        die_after(steps % 6, steps % 2 == 0);
        assert_all_is_there();
    }
    compact_all();
    now.ms += COMPACT_GRACE_MS;
    compact_all();
    assert_all_is_there();
}

/* The tables lose what the journal has: moved bodies are found again, and nothing is delivered twice. */
static void a_replay_of_moved_bodies_delivers_nothing(void **state)
{
    (void)state;
    make_dead_space();
    struct str path = str_format(arena, "%s/town.db", town->folder), old = str_format(arena, "%s.old", path.at);
    assert_int_equal(db_copy(town->db, old.at), OK);
    compact_all();
    deliver_one(41);
    house_close_town(town);
    unlink(str_format(arena, "%s-wal", path.at).at);
    assert_int_equal(file_rename(old.at, path.at), OK);
    open_town();
    assert_true(replayed > 1);
    assert_sound(MESSAGES / 4 + 1);
    assert_int_equal(inbox().message_count, MESSAGES / 4 + 1);
    for (int uid = 4; uid <= MESSAGES; uid += 4)
        assert_message(uid);
    assert_message(41);
}

/* ---- after a restore ---- */

static void numbers_begin_anew(void **state)
{
    (void)state;
    mailbox_row made;
    int64_t before = inbox().uid_validity;
    struct ctx ctx = unit();
    assert_int_equal(JOB(mailbox_renumber(&ctx)), OK);
    int64_t first = inbox().uid_validity;
    assert_true(first > before && first >= now.ms / 1000 && first <= UINT32_MAX);
    assert_int_equal(JOB(mailbox_renumber(&ctx)), OK);
    assert_true(inbox().uid_validity > first); /* a clock that stands still does not matter */
    assert_int_equal(JOB(mailbox_create(&ctx, 1, STR("Projets"), STR(""), &made)), OK);
    assert_true(made.uid_validity > inbox().uid_validity);
    assert_sound(MESSAGES);
}

/* ---- the head of the audit log ---- */

static int64_t audit_mails(void)
{
    struct ctx ctx = unit();
    int64_t before = inbox().message_count;
    bool has_sent = JOB(audit_mail_step(&ctx)) == OK;
    assert_true(has_sent == (inbox().message_count > before));
    ctx = unit();
    assert_int_equal(JOB(audit_mail_step(&ctx)), NOT_FOUND);
    return inbox().message_count - MESSAGES;
}

static void administrators_get_the_head_once_a_day(void **state)
{
    (void)state;
    struct audit_head head;
    struct str bytes;
    struct ctx ctx = unit();
    now = (struct instant){INT64_C(1795495200000)}; /* 2026-11-24T04:40:00Z */
    assert_int_equal(clock_zone_set("Europe/Paris"), OK);
    assert_int_equal(audit_mails(), 0); /* nobody administers, and it is night */
    struct person_change change = {.id = 1, .display_name = STR("Accueil"), .department = STR(""), .is_active = true,
                                   .role = ROLE_ADMINISTRATOR};
    assert_int_equal(JOB(person_set(&ctx, &change)), OK);
    assert_int_equal(audit_mails(), 0);
    now.ms += 2 * 3600 * 1000;
    assert_int_equal(audit_mails(), 1);
    assert_int_equal(audit_mails(), 1);
    now.ms += DAY_MS;
    assert_int_equal(audit_mails(), 2);
    assert_int_equal(audit_head(&ctx, &head), OK);
    struct buf hex BUF_SCOPE = BUF_INIT(64);
    hex_encode(&hex, (struct str){(const char *)head.hash, sizeof head.hash});
    assert_int_equal(store_message(&ctx, MESSAGES + 2, &bytes), OK);
    assert_true(str_find(bytes, buf_str(&hex)) != SIZE_MAX);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(what_was_delivered_is_proven),
        CASE(each_damage_is_found),
        CASE(a_changed_byte_is_found),
        CASE(what_is_derived_comes_back),
        CASE(what_was_deleted_comes_back_for_30_days),
        CASE(after_30_days_it_is_gone),
        CASE(a_quota_is_a_limit),
        CASE(dead_space_is_given_back),
        CASE(a_damaged_body_stays_where_it_is),
        CASE(wherever_it_dies_nothing_is_lost),
        CASE(a_replay_of_moved_bodies_delivers_nothing),
        CASE(numbers_begin_anew),
        CASE(administrators_get_the_head_once_a_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
