/* A town's tables and mail go out and come in elsewhere without a byte changed, whatever the messages hold; and what
 * does not fit is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/embed.h"
#include "core/audit.h"
#include "core/export.h"
#include "core/group.h"
#include "core/person.h"
#include "db/handle.h"
#include "os/clock.h"
#include "role/house.h"
#include "service/mail/mail_export.h"
#include "service/mail/mailbox.h"
#include "service/mail/message.h"
#include "service/mail/store.h"
#include "service/mail/verify.h"

EMBED(export_town, "test/corpus/export/town.sql");

enum { FILES_MAX = 200, STEPS_MAX = 1000 };

static char folders[2][64];
static struct arena *arena;
static const struct str domain = STR_INIT("beauval.example");
static member_row member;
static struct town *town; /* of these two, the one that is worked on */
static struct town *towns[2];
static struct instant now;

static struct ctx unit(void)
{
    return (struct ctx){.arena = arena, .town = town, .place = &town->place, .db = town->db, .now = now,
                        .language = LANGUAGE_EN, .actor = {.address = STR(""), .name = STR("")}};
}

#define JOB(call) (writer_job_begin(town->writer), end_job(call))
static enum status end_job(enum status done)
{
    done = writer_job_end(town->writer, done);
    assert_int_equal(writer_commit(town->writer), OK);
    return done;
}

static int set_up(void **state)
{
    (void)state;
    struct str refusal;
    int64_t replayed;
    arena = arena_create(512 << 20);
    now = clock_now();
    member = (member_row){.id = 1, .name = STR("beauval"), .title = STR("Beauval"), .language = STR("en")};
    for (int i = 0; i < 2; i++) {
        snprintf(folders[i], sizeof folders[i], "/tmp/parvis-export-XXXXXX");
        assert_non_null(mkdtemp(folders[i]));
        assert_int_equal(house_create(folders[i], now, &refusal), OK);
        assert_int_equal(house_open_town(folders[i], &member, &domain, 1, &towns[i], &replayed), OK);
    }
    town = towns[0];
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[200];
    house_close_town(towns[0]);
    house_close_town(towns[1]);
    arena_destroy(&arena);
    snprintf(command, sizeof command, "rm -r '%s' '%s'", folders[0], folders[1]);
    return system(command);
}

/* ---- all that goes out ---- */

struct written {
    struct str name;
    struct buf bytes;
};
struct writing {
    struct written files[FILES_MAX];
    size_t count;
};

static void write_more(struct writing *writing, struct str name, struct str bytes)
{
    if (writing->count == 0 || !str_eq(writing->files[writing->count - 1].name, name)) {
        assert_true(writing->count < FILES_MAX);
        writing->files[writing->count++] =
            (struct written){.name = str_copy(arena, name), .bytes = BUF_INIT(16 << 20)};
    }
    buf_add(&writing->files[writing->count - 1].bytes, bytes);
}

static void write_all(struct writing *writing)
{
    const struct export_file *files[EXPORT_FILES_MAX];
    size_t count = export_list(files);
    struct ctx ctx = unit();
    *writing = (struct writing){0};
    for (size_t i = 0; i < count; i++)
        for (int64_t next = 0; next >= 0;) {
            struct buf out BUF_SCOPE = BUF_INIT(16 << 20);
            assert_int_equal(export_write(&ctx, files[i], next, &out, &next), OK);
            write_more(writing, str_of(files[i]->name), buf_str(&out));
        }
    struct mail_export_walk walk = {0};
    enum status more = OK;
    for (int i = 0; more == OK && i < STEPS_MAX; i++) {
        struct buf out BUF_SCOPE = BUF_INIT(16 << 20);
        struct str file;
        more = mail_export_next(&ctx, &walk, &file, &out);
        if (more == OK)
            write_more(writing, file, buf_str(&out));
    }
    assert_int_equal(more, NOT_FOUND);
}

static void finish(struct writing *writing)
{
    for (size_t i = 0; i < writing->count; i++)
        buf_finish(&writing->files[i].bytes);
}

static enum status take_file(struct str name, struct str bytes)
{
    const struct export_file *file = export_find(name);
    bool is_start = true;
    for (;;) {
        struct str piece;
        struct ctx ctx = unit();
        TRY(file != NULL ? export_piece(file, is_start, &bytes, &piece) : mail_export_piece(&bytes, &piece));
        if (piece.len == 0)
            return OK;
        is_start = false;
        TRY(JOB(file != NULL ? export_take(&ctx, file, piece) : mail_export_take(&ctx, name, piece)));
    }
}

/* ---- a town with something of everything ---- */

static const struct str messages[] = {
    STR_INIT("Subject: plain\r\n\r\nFrom here\r\n>From there\r\n>>From\r\n"),
    STR_INIT("Subject: LF\n\nFrom here\n>From there\nx\n"),
    STR_INIT("Subject: open\r\n\r\nno line end"),
    STR_INIT("Subject: mixed\r\n\nFrom x\r\r\ny\rz\n\r"),
    STR_INIT(""),
    STR_INIT("\n"),
    STR_INIT("\r\n"),
    STR_INIT("\r"),
    STR_INIT("no head at all"),
    STR_INIT("Status: RO\r\nX-Parvis-Lines: as-is\r\n\r\nfields of its own\r\n"),
    STR_INIT("Subject: bytes\r\n\r\n\0\xff\xfe\x80 end\r\n"),
    STR_INIT("Subject: ends\r\n\r\nx\r\n\r\n\r\n\r\n"),
    STR_INIT("From \r\n"),
};
enum { MESSAGES = sizeof messages / sizeof messages[0] };

static void add_mail(int64_t account, const char *folder)
{
    mailbox_row mailbox;
    struct ctx ctx = unit();
    assert_int_equal(JOB(mailbox_ensure_account(&ctx, account)), OK);
    if (mailbox_by_name(&ctx, account, str_of(folder), &mailbox) != OK)
        assert_int_equal(JOB(mailbox_create(&ctx, account, str_of(folder), STR(""), &mailbox)), OK);
    for (int i = 0; i < MESSAGES; i++) {
        int64_t body, bit;
        writer_job_begin(town->writer);
        assert_int_equal(message_keyword(&ctx, account, i % 2 ? STR("zebra") : STR("$Forwarded"), true, &bit), OK);
        struct store_target target = {.account = account, .mailbox = mailbox.id,
                                      .flags = (i * 7) % 32 | (i % 3 == 0 ? INT64_C(1) << bit : 0)};
        enum status done = store_add(&ctx, messages[i], (struct instant){1000 + i * 86400001}, &target, 1, &body);
        assert_int_equal(end_job(done), OK);
    }
}

static void script(const char *sql)
{
    assert_int_equal(sqlite3_exec(town->db->sqlite, sql, NULL, NULL, NULL), SQLITE_OK);
}

static void fill_town(void)
{
    int64_t first, second, group;
    struct str code;
    struct ctx ctx = unit();
    assert_int_equal(JOB(person_invite(&ctx, STR("mairie@beauval.example"), STR("Secrétariat \"A\", B;"),
                                       ROLE_ADMINISTRATOR, &first, &code)), OK);
    assert_int_equal(JOB(person_add(&ctx, STR("accueil@beauval.example"), STR("Accueil"), &second)), OK);
    assert_int_equal(JOB(person_add_alias(&ctx, STR("contact@beauval.example"), second)), OK);
    assert_int_equal(JOB(group_add(&ctx, STR("tous@beauval.example"), STR("Tous"), &group)), OK);
    assert_int_equal(JOB(group_set(&ctx, group, STR("Tous"), (int64_t[]){first, second}, 2)), OK);
    add_mail(first, "INBOX");
    add_mail(second, "Marchés/2026");
    add_mail(second, "INBOX");
    script(export_town);
}

static void the_same_bytes_come_out_again(void **state)
{
    (void)state;
    struct writing one, two;
    fill_town();
    write_all(&one);
    assert_true(one.count > 12 + 10);
    town = towns[1];
    for (size_t i = 0; i < one.count; i++) {
        enum status taken = take_file(one.files[i].name, buf_str(&one.files[i].bytes));
        if (taken != OK)
            print_error("%.*s: %s\n", STR_ARG(one.files[i].name), status_name(taken));
        assert_int_equal(taken, OK);
    }
    write_all(&two);
    assert_int_equal(one.count, two.count);
    for (size_t i = 0; i < one.count; i++) {
        assert_true(str_eq(one.files[i].name, two.files[i].name));
        bool is_same = str_eq(buf_str(&one.files[i].bytes), buf_str(&two.files[i].bytes));
        if (!is_same)
            print_error("%.*s:\n%.*s\n---\n%.*s\n", STR_ARG(one.files[i].name), STR_ARG(buf_str(&one.files[i].bytes)),
                        STR_ARG(buf_str(&two.files[i].bytes)));
        assert_true(is_same);
    }
    finish(&one);
    finish(&two);
}

/* Not only the same file: the very messages, proven, the log's chain whole, and nobody let in by an old mandate. */
static void what_came_in_is_sound(void **state)
{
    (void)state;
    struct writing one;
    struct audit_head heads[2];
    mailbox_row inbox;
    int64_t entry;
    struct buf findings BUF_SCOPE = BUF_INIT(1 << 16);
    struct ctx ctx = unit();
    fill_town();
    write_all(&one);
    assert_int_equal(audit_head(&ctx, &heads[0]), OK);
    town = towns[1];
    ctx = unit();
    for (size_t i = 0; i < one.count; i++)
        assert_int_equal(take_file(one.files[i].name, buf_str(&one.files[i].bytes)), OK);
    assert_int_equal(audit_head(&ctx, &heads[1]), OK);
    assert_memory_equal(&heads[0], &heads[1], sizeof heads[0]);
    assert_int_equal(audit_verify(&ctx, heads[0].hash, &entry), OK);
    assert_int_equal(mail_verify(&ctx, &findings), OK);
    assert_int_equal(findings.len, 0);
    assert_int_equal(mailbox_by_name(&ctx, 2, STR("INBOX"), &inbox), OK); /* by address: mairie is the second now */
    for (int uid = 1; uid <= MESSAGES; uid++) {
        message_row message;
        email_row email;
        struct str bytes;
        assert_int_equal(message_get(&ctx, inbox.id, uid, &message), OK);
        struct sql_message_email_get in = {.id = message.email};
        assert_int_equal(sql_message_email_get(town->db, arena, in, &email), OK);
        assert_int_equal(store_message(&ctx, email.body, &bytes), OK);
        assert_true(str_eq(bytes, messages[uid - 1]));
    }
    script("SELECT 1");
    finish(&one);
}

#define PEOPLE_HEAD "address,name,department,language,role,is_active,quota_bytes,created_ms\r\n"
#define MBOX_HEAD "From a\nStatus: RO\nX-Status: \n"
#define MBOX "mail/x@beauval.example/0001.mbox"

static void what_does_not_fit_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *file, *text;
    } bad[] = {
        {"people.csv", "name,address\r\n"},
        {"people.csv", PEOPLE_HEAD "a@b.example,A,,,1,1,0,0\r\n"},
        {"people.csv", PEOPLE_HEAD "A@beauval.example,A,,,1,1,0,0\r\n"},
        {"people.csv", PEOPLE_HEAD "a@beauval.example,A,,,9,1,0,0\r\n"},
        {"people.csv", PEOPLE_HEAD "a@beauval.example,A,,de,1,1,0,0\r\n"},
        {"people.csv", PEOPLE_HEAD "a@beauval.example,A,,,1,1,-1,0\r\n"},
        {"people.csv", PEOPLE_HEAD "a@beauval.example,A,,,1,1,x,0\r\n"},
        {"people.csv", PEOPLE_HEAD "a@beauval.example,A\r\n"},
        {"aliases.csv", "address,person\r\na@beauval.example,nobody@beauval.example\r\n"},
        {"group_members.csv", "address,person\r\nno@beauval.example,x@beauval.example\r\n"},
        {"notices.jsonl", "{}\n"},
        {"assistant-decisions.jsonl", "{}\n"},
        {"notices.jsonl", "{\"title\":\"A\",\"words\":\"B\",\"author\":\"nobody@beauval.example\","
                          "\"posted_ms\":1,\"ends_ms\":1,\"withdrawn_ms\":0}\n"},
        {"notices.jsonl", "no line"},
        {"staff_agents.csv", "id,code,person,made_by,made_ms\r\n1,,,,1\r\n"},
        {"staff_rights.csv", "person,rights\r\nx@beauval.example,16\r\n"},
        {"staff_settings.csv", "name,value\r\n,3\r\n"},
        {"staff_act_texts.jsonl", "{\"act\":0,\"sealed\":\"AA==\"}\n"},
        {"audit.jsonl", "{\"id\":1}\n"},
        {"mail/folders.csv", "account,number,name,special_use,is_subscribed\r\nx@beauval.example,1,a//b,,1\r\n"},
        {"mail/folders.csv", "account,number,name,special_use,is_subscribed\r\nx@beauval.example,1,A,mine,1\r\n"},
        {"mail/settings.jsonl", "{\"account\":\"x@beauval.example\",\"signature\":\"\","
                                "\"page_size\":0,\"undo_s\":0,\"shows_images\":0}\n"},
        {MBOX, "From a\nSubject: x\n\nno fields of ours\n\n"},
        {MBOX, "no mbox"},
        {"mail/x@beauval.example/0999.mbox", "From a\n\n"},
        {"mail/x@beauval.example/1.txt", "From a\n\n"},
        {"mail/nobody@beauval.example/0001.mbox", "From a\n\n"},
        {MBOX, MBOX_HEAD "X-Keywords:\nX-Parvis-Received: x\nX-Parvis-Lines: crlf\n\nA\n\n"},
        {MBOX, MBOX_HEAD "X-Keywords:\nX-Parvis-Received: 1\nX-Parvis-Lines: other\n\nA\n\n"},
        {MBOX, MBOX_HEAD "X-Keywords: a(b\nX-Parvis-Received: 1\nX-Parvis-Lines: crlf\n\nA\n\n"},
    };
    int64_t person;
    struct ctx ctx = unit();
    assert_int_equal(JOB(person_add(&ctx, STR("x@beauval.example"), STR("X"), &person)), OK);
    assert_int_equal(JOB(mailbox_ensure_account(&ctx, person)), OK);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        enum status taken = take_file(str_of(bad[i].file), str_of(bad[i].text));
        if (taken != INVALID)
            print_error("%s: %s: %s\n", bad[i].file, bad[i].text, status_name(taken));
        assert_int_equal(taken, INVALID);
    }
    const char *good = MBOX_HEAD "X-Keywords:\nX-Parvis-Received: 1\nX-Parvis-Lines: crlf\nA: b\n\nA\n\n";
    assert_int_equal(take_file(STR(MBOX), str_of(good)), OK);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {CASE(the_same_bytes_come_out_again), CASE(what_came_in_is_sound),
                                       CASE(what_does_not_fit_is_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
