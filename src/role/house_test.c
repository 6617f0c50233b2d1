/* What a power cut takes from the database, the journal gives back: a town is opened with rows older than its
 * segments, as after a cut that lost the end of the write-ahead log. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/person.h"
#include "os/clock.h"
#include "os/file.h"
#include "role/house.h"
#include "role/house_search.h"
#include "service/mail/deliver.h"
#include "service/mail/import.h"
#include "service/mail/import_sql.h"
#include "service/mail/mailbox.h"
#include "service/mail/message.h"
#include "service/mail/search.h"

static char folder[64];
static struct arena *arena;
static const struct str domain = STR_INIT("beauval.example");
static member_row member;
static struct town *town;
static int64_t replayed;

static struct ctx unit(void)
{
    return (struct ctx){.arena = arena, .town = town, .db = town->db, .now = clock_now()};
}

static void open_town(void)
{
    assert_int_equal(house_open_town(folder, &member, &domain, 1, &town, &replayed), OK);
}

static enum status deliver_to(const char *address, const char *message)
{
    struct ctx ctx = unit();
    writer_job_begin(town->writer);
    enum status done = deliver(&ctx, STR("a@outside.example"), str_of(address), str_of(message));
    done = writer_job_end(town->writer, done);
    assert_int_equal(writer_commit(town->writer), OK);
    return done;
}

static void add_person(const char *address)
{
    int64_t id;
    struct ctx ctx = unit();
    writer_job_begin(town->writer);
    enum status done = person_add(&ctx, str_of(address), STR("Accueil"), &id);
    assert_int_equal(writer_job_end(town->writer, done), OK);
    assert_int_equal(writer_commit(town->writer), OK);
}

static int set_up(void **state)
{
    (void)state;
    struct str refusal;
    snprintf(folder, sizeof folder, "/tmp/parvis-house-XXXXXX");
    assert_non_null(mkdtemp(folder));
    arena = arena_create(256 << 20);
    member = (member_row){.id = 1, .name = STR("beauval"), .title = STR("Beauval")};
    assert_int_equal(house_create(folder, clock_now(), &refusal), OK);
    open_town();
    add_person("accueil@beauval.example");
    return 0;
}

static void remove_file(const char *name)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (unlink(path) != 0)
        rmdir(path);
}

static int tear_down(void **state)
{
    (void)state;
    static const char *const names[] = {"members/beauval/segments/00000001", "members/beauval/segments",
                                        "members/beauval/town.db",           "members/beauval/town.db-wal",
                                        "members/beauval/town.db-shm",       "members/beauval/town.db.old",
                                        "members/beauval/search.db",         "members/beauval/search.db-wal",
                                        "members/beauval/search.db-shm",     "members/beauval/search.db.damaged",
                                        "members/beauval",                   "members",
                                        "run/lock",                          "run",
                                        "syndicate.db",                      "parvis.conf",
                                        "tls/certificate.pem",               "tls/key.pem",
                                        "tls",                               "key"};
    house_close_town(town);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        remove_file(names[i]);
    arena_destroy(&arena);
    return rmdir(folder);
}

static const char *in_town(const char *name)
{
    return str_format(arena, "%s/members/beauval/%s", folder, name).at;
}

/* Puts the rows back to when `town.db.old` was copied; the segments stay as they are. */
static void lose_rows(void)
{
    house_close_town(town);
    unlink(in_town("town.db-wal"));
    unlink(in_town("town.db-shm"));
    assert_int_equal(file_rename(in_town("town.db.old"), in_town("town.db")), OK);
    open_town();
}

static mailbox_row inbox(void)
{
    mailbox_row found;
    struct ctx ctx = unit();
    assert_int_equal(mailbox_by_use(&ctx, 1, STR("inbox"), &found), OK);
    return found;
}

static struct str subject_of(int64_t uid)
{
    message_row message;
    email_row email;
    struct ctx ctx = unit();
    assert_int_equal(message_get(&ctx, inbox().id, uid, &message), OK);
    struct sql_message_email_get in = {.id = message.email};
    assert_int_equal(sql_message_email_get(town->db, arena, in, &email), OK);
    return email.subject;
}

static void a_message_is_there_with_its_facts(void **state)
{
    (void)state;
    assert_int_equal(deliver_to("accueil+tag@beauval.example\n", "Subject: one\r\n\r\nx\r\n"), OK);
    assert_int_equal(deliver_to("nobody@beauval.example\n", "Subject: two\r\n\r\nx\r\n"), NOT_FOUND);
    assert_int_equal(inbox().message_count, 1);
    assert_int_equal(inbox().unseen_count, 1);
    assert_true(str_eq(subject_of(1), STR("one")));
}

static void rows_that_were_lost_come_back_once(void **state)
{
    (void)state;
    assert_int_equal(deliver_to("accueil@beauval.example\n", "Subject: kept\r\n\r\nx\r\n"), OK);
    assert_int_equal(db_copy(town->db, in_town("town.db.old")), OK);
    assert_int_equal(deliver_to("accueil@beauval.example\n", "Subject: second\r\n\r\nx\r\n"), OK);
    assert_int_equal(deliver_to("accueil@beauval.example\n", "Subject: third\r\n\r\nx\r\n"), OK);
    mailbox_row before = inbox();
    lose_rows();
    assert_int_equal(replayed, 2);
    assert_int_equal(inbox().message_count, 3);
    assert_int_equal(inbox().uid_next, before.uid_next);
    assert_int_equal(inbox().modseq, before.modseq);
    assert_int_equal(inbox().bytes, before.bytes);
    assert_true(str_eq(subject_of(2), STR("second")) && str_eq(subject_of(3), STR("third")));
    house_close_town(town);
    open_town();
    assert_int_equal(replayed, 0);
    assert_int_equal(deliver_to("accueil@beauval.example\n", "Subject: fourth\r\n\r\nx\r\n"), OK);
    assert_true(str_eq(subject_of(4), STR("fourth")));
}

static void a_torn_record_ends_the_replay(void **state)
{
    (void)state;
    int fd FILE_SCOPE = -1;
    int64_t size;
    assert_int_equal(deliver_to("accueil@beauval.example\n", "Subject: kept\r\n\r\nx\r\n"), OK);
    assert_int_equal(db_copy(town->db, in_town("town.db.old")), OK);
    assert_int_equal(deliver_to("accueil@beauval.example\n", "Subject: whole\r\n\r\nx\r\n"), OK);
    assert_int_equal(deliver_to("accueil@beauval.example\n", "Subject: torn\r\n\r\nx\r\n"), OK);
    assert_int_equal(file_open(in_town("segments/00000001"), FILE_WRITE, &fd), OK);
    assert_int_equal(file_size(fd, &size), OK);
    assert_int_equal(file_truncate(fd, size - 10), OK);
    lose_rows();
    assert_int_equal(replayed, 1);
    assert_int_equal(inbox().message_count, 2);
    assert_int_equal(deliver_to("accueil@beauval.example\n", "Subject: after\r\n\r\nx\r\n"), OK);
    assert_true(str_eq(subject_of(3), STR("after")));
}

/* A delivery that fails after its record was written was answered with a refusal: a crash must not bring it back, nor
 * give its body's number to two messages. */
static void what_was_refused_does_not_come_back(void **state)
{
    (void)state;
    struct ctx ctx = unit();
    assert_int_equal(deliver_to("accueil@beauval.example\n", "Subject: kept\r\n\r\nx\r\n"), OK);
    assert_int_equal(db_copy(town->db, in_town("town.db.old")), OK);
    writer_job_begin(town->writer);
    assert_int_equal(deliver(&ctx, STR("a@outside.example"), STR("accueil@beauval.example"),
                             STR("Subject: refused\r\n\r\nx\r\n")),
                     OK);
    assert_int_equal(writer_job_end(town->writer, LIMIT), LIMIT);
    assert_int_equal(deliver_to("accueil@beauval.example\n", "Subject: next\r\n\r\nx\r\n"), OK);
    lose_rows();
    assert_int_equal(replayed, 1);
    assert_int_equal(inbox().message_count, 2);
    assert_true(str_eq(subject_of(2), STR("next")));
}

/* What rows name must be there: it was on disk before them. */
static void a_journal_cut_short_is_said(void **state)
{
    (void)state;
    int fd FILE_SCOPE = -1;
    int64_t size;
    assert_int_equal(deliver_to("accueil@beauval.example\n", "Subject: one\r\n\r\nx\r\n"), OK);
    assert_int_equal(deliver_to("accueil@beauval.example\n", "Subject: two\r\n\r\nx\r\n"), OK);
    house_close_town(town);
    town = NULL;
    assert_int_equal(file_open(in_town("segments/00000001"), FILE_WRITE, &fd), OK);
    assert_int_equal(file_size(fd, &size), OK);
    assert_int_equal(file_truncate(fd, size - 8), OK);
    assert_int_equal(house_open_town(folder, &member, &domain, 1, &town, &replayed), CORRUPT);
    town = NULL;
    assert_int_equal(file_size(fd, &size), OK);
    assert_int_not_equal(size, 0); /* and nothing more was cut */
}

static enum status import(const struct import_item *items, size_t count, struct import_count *ret_count)
{
    struct buf piece BUF_SCOPE = BUF_INIT(1 << 20);
    struct ctx ctx = unit();
    *ret_count = (struct import_count){0};
    for (size_t i = 0; i < count; i++)
        import_add(&piece, &items[i]);
    writer_job_begin(town->writer);
    enum status done = writer_job_end(town->writer, import_take(&ctx, 1, buf_str(&piece), ret_count));
    assert_int_equal(writer_commit(town->writer), OK);
    return done;
}

static void an_import_comes_in_once(void **state)
{
    (void)state;
    struct import_count count;
    struct import_item items[] = {
        {STR("INBOX"), 0, STR(""), 1000, STR("Subject: one\r\n\r\nx\r\n")},
        {STR("INBOX"), MESSAGE_SEEN, STR("urgent"), 2000, STR("Subject: two\r\n\r\nx\r\n")},
        {STR("March\xc3\xa9s/2026"), MESSAGE_SEEN, STR(""), 3000, STR("Subject: two\r\n\r\nx\r\n")},
    };
    assert_int_equal(import(items, 3, &count), OK);
    assert_int_equal(count.added, 3);
    assert_int_equal(inbox().message_count, 2);
    assert_int_equal(inbox().unseen_count, 1);
    assert_true(str_eq(subject_of(1), STR("one")) && str_eq(subject_of(2), STR("two")));
    assert_int_equal(import(items, 3, &count), OK);
    assert_int_equal(count.added, 0);
    assert_int_equal(count.there_already, 3);
    assert_int_equal(inbox().message_count, 2);
    struct sql_import_bodies_row bodies;
    assert_int_equal(sql_import_bodies(town->db, arena, &bodies), OK);
    assert_int_equal(bodies.number, 2); /* two folders share one */
}

/* Somebody moved or deleted it meanwhile: it does not come back. */
static void what_was_moved_does_not_come_again(void **state)
{
    (void)state;
    struct import_count count;
    message_row message;
    struct import_item item = {STR("INBOX"), 0, STR(""), 1000, STR("Subject: one\r\n\r\nx\r\n")};
    assert_int_equal(import(&item, 1, &count), OK);
    struct ctx ctx = unit();
    assert_int_equal(message_get(&ctx, inbox().id, 1, &message), OK);
    writer_job_begin(town->writer);
    assert_int_equal(writer_job_end(town->writer, message_expunge(&ctx, &message)), OK);
    assert_int_equal(writer_commit(town->writer), OK);
    assert_int_equal(import(&item, 1, &count), OK);
    assert_int_equal(count.there_already, 1);
    assert_int_equal(inbox().message_count, 0);
}

static void what_is_no_piece_is_refused(void **state)
{
    (void)state;
    struct import_count count = {0};
    struct import_item bad[] = {{STR("INBOX"), 64, STR(""), 0, STR("x")}, {STR("INBOX"), -1, STR(""), 0, STR("x")},
                                {STR_NONE, 0, STR(""), 0, STR("x")},      {STR("\x01"), 0, STR(""), 0, STR("x")},
                                {STR("INBOX"), 0, STR(""), 0, STR_NONE}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(import(&bad[i], 1, &count), INVALID);
    struct buf piece BUF_SCOPE = BUF_INIT(1 << 20);
    struct import_item good = {STR("INBOX"), 0, STR(""), 0, STR("x\r\n")};
    import_add(&piece, &good);
    for (size_t cut = 1; cut < piece.len; cut++) {
        struct ctx ctx = unit();
        writer_job_begin(town->writer);
        enum status done = import_take(&ctx, 1, str_slice(buf_str(&piece), 0, cut), &count);
        assert_int_equal(writer_job_end(town->writer, done), INVALID);
        assert_int_equal(writer_commit(town->writer), OK);
    }
    struct sql_import_bodies_row bodies;
    assert_int_equal(sql_import_bodies(town->db, arena, &bodies), OK);
    assert_int_equal(bodies.number, 0);
}

static struct str pem(const char *name)
{
    static struct buf text = {.max = TLS_PEM_MAX};
    buf_clear(&text);
    assert_int_equal(file_read_all(str_format(arena, "%s/tls/%s", folder, name).at, &text), OK);
    return str_copy(arena, buf_str(&text));
}

static enum status load_tls(size_t name_count)
{
    static const struct str names[] = {STR_INIT("beauval.localhost"), STR_INIT("beauval.example")};
    struct house house;
    struct str refusal;
    struct tls_context *context = NULL;
    assert_int_equal(house_open(folder, clock_now(), &house, &refusal), OK);
    struct buf certificate BUF_SCOPE = BUF_INIT(TLS_PEM_MAX), key BUF_SCOPE = BUF_INIT(TLS_PEM_MAX);
    struct house_pem pem = {&certificate, &key};
    enum status done = house_tls(&house, names, name_count, clock_now(), &pem, &context);
    tls_context_destroy(context);
    house_close(&house);
    return done;
}

static void a_certificate_of_our_own_follows_the_names(void **state)
{
    (void)state;
    assert_int_equal(load_tls(1), OK);
    struct str first = pem("certificate.pem");
    assert_int_equal(load_tls(1), OK);
    assert_true(str_eq(first, pem("certificate.pem")));
    assert_int_equal(load_tls(2), OK);
    assert_false(str_eq(first, pem("certificate.pem")));
}

static void an_operators_certificate_is_left_alone(void **state)
{
    (void)state;
    assert_int_equal(load_tls(1), OK);
    struct str certificate = pem("certificate.pem"), key = pem("key.pem");
    assert_int_equal(file_rename(str_format(arena, "%s/tls/certificate.pem", folder).at,
                                 str_format(arena, "%s/tls/own.pem", folder).at), OK);
    struct str conf = str_format(arena, "%s/parvis.conf", folder);
    assert_int_equal(file_replace(conf.at, STR("tls.certificate = tls/own.pem\n")), OK);
    assert_int_equal(load_tls(2), OK);
    assert_true(str_eq(certificate, pem("own.pem")));
    assert_true(str_eq(key, pem("key.pem")));
    assert_int_equal(file_replace(str_format(arena, "%s/tls/own.pem", folder).at, STR("nonsense")), OK);
    assert_int_equal(load_tls(2), INVALID);
    assert_true(str_eq(pem("own.pem"), STR("nonsense")));
    remove_file("tls/own.pem");
    assert_int_equal(load_tls(2), NOT_FOUND);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* What is derived never keeps a town from opening: a search database that is none is set aside, and made again. */
static void a_damaged_search_is_set_aside(void **state)
{
    (void)state;
    struct ctx ctx = unit();
    assert_int_equal(deliver_to("accueil@beauval.example", "Subject: Cantine\r\n\r\nLe repas.\r\n"), OK);
    assert_int_equal(search_index_step(&ctx), OK);
    house_close_town(town);
    assert_int_equal(
        file_replace(in_town("search.db"), STR("not a database at all, but long enough to be read as one")), OK);
    open_town();
    struct instant at;
    assert_int_equal(file_modified(in_town("search.db.damaged"), &at), OK);
    ctx = unit();
    assert_int_equal(search_index_step(&ctx), OK);
    assert_int_equal(search_index_step(&ctx), NOT_FOUND);
    house_renew_search(town);
    ctx = unit();
    assert_int_equal(search_index_step(&ctx), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_message_is_there_with_its_facts),
        CASE(rows_that_were_lost_come_back_once),
        CASE(a_torn_record_ends_the_replay),
        CASE(what_was_refused_does_not_come_back),
        CASE(a_journal_cut_short_is_said),
        CASE(a_certificate_of_our_own_follows_the_names),
        CASE(an_operators_certificate_is_left_alone),
        CASE(an_import_comes_in_once),
        CASE(what_was_moved_does_not_come_again),
        CASE(what_is_no_piece_is_refused),
        CASE(a_damaged_search_is_set_aside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
