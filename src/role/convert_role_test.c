/* The convert role behind its walls: what it answers, and that its death is an end of one document. */
#include "document/test_wording.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "document/wording.h"
#include "os/file.h"
#include "os/process.h"
#include "role/convert_role.h"
#include "role/convert_sheets.h"
#include "role/message.h"
#include "role/prologue.h"
#include "role/test_sheets.h"

enum { WAIT_MS = 10 * 1000 };

static struct arena *arena;
static struct loop *loop;
static struct loop_timer *limit;
static struct channel *channel;
static pid_t pid;
static struct str words, title;
static int64_t end, handle;
static bool has_answer, is_late;

static void on_frame(void *with, uint16_t kind, struct str payload, int fd)
{
    struct message_converted answer;
    struct str said;
    (void)with;
    assert_int_equal(kind, MESSAGE_CONVERTED);
    assert_int_equal(message_take(kind, payload, &answer), OK);
    assert_int_equal(convert_words(&answer, fd, CONVERT_SHEETS_MAX, &said), OK);
    words = str_copy(arena, said);
    title = str_copy(arena, answer.title);
    convert_words_end(&answer, said);
    end = answer.end;
    handle = answer.handle;
    has_answer = true;
    file_close(&fd);
    loop_stop(loop);
}

static void on_closed(void *with)
{
    (void)with;
    loop_stop(loop);
}

static void on_late(void *with)
{
    (void)with;
    is_late = true;
    loop_stop(loop);
}

static int set_up(void **state)
{
    int pair[2];
    struct prologue prologue = {.role = ROLE_CONVERT, .folder = "/", .member = STR("")};
    (void)state;
    arena = arena_create(64 << 20);
    loop = loop_create();
    limit = loop_timer_create(loop, on_late, NULL);
    has_answer = is_late = false;
    assert_int_equal(channel_pair(pair), OK);
    assert_int_equal(process_fork("parvis-convert", &pair[1], 1, &pid), OK);
    if (pid == 0)
        _exit(prologue_enter(&prologue) == OK ? convert_role_run(pair[1]) : 1);
    close(pair[1]);
    return channel_create(loop, pair[0], on_frame, on_closed, NULL, &channel) != OK;
}

static int tear_down(void **state)
{
    (void)state;
    channel_destroy(channel);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    loop_timer_destroy(limit);
    loop_destroy(loop);
    arena_destroy(&arena);
    return 0;
}

static void send_as(struct str document, int64_t size, enum conversion_kind kind)
{
    int fd = -1;
    struct message_convert ask = {.handle = 7, .size = size, .kind = kind};
    assert_int_equal(file_memory(document, &fd), OK);
    assert_int_equal(message_send(channel, MESSAGE_CONVERT, &ask, fd), OK);
}

static void send(struct str document, int64_t size)
{
    send_as(document, size, CONVERSION_WORDS);
}

static bool answers(void)
{
    loop_timer_set(limit, WAIT_MS);
    loop_run(loop, NULL, NULL);
    assert_false(is_late);
    return has_answer;
}

static void one_document_is_read(void **state)
{
    (void)state;
    struct str odt = ZIP(arena, ODT_TYPE, ODT_OF("<text:p>Le marché est le samedi.</text:p>"),
                         {"meta.xml", STR_INIT("<title>Marché</title>")});
    send(odt, (int64_t)odt.len);
    assert_true(answers());
    assert_int_equal(end, WORDING_DONE);
    assert_int_equal(handle, 7);
    assert_string_equal(words.at, "Le marché est le samedi.\n");
    assert_string_equal(title.at, "Marché");
}

/* Only who asks for sheets gets them: to a town the same file is no document. */
static void an_archive_is_read_where_it_is_asked_for(void **state)
{
    (void)state;
    struct str archive = ZIP(arena, SHEET_GOOD("F1"), {"F2.xml", STR_INIT("<P>")}, SHEET_GOOD("F3"));
    send_as(archive, (int64_t)archive.len, CONVERSION_SHEETS);
    assert_true(answers());
    assert_int_equal(end, WORDING_DONE);
    assert_int_equal(str_count_byte(words, '\n'), 3);
    assert_true(str_find(words, STR("Emprunter à la bibliothèque")) != SIZE_MAX);
}

/* And only who asks for a PDF invoice gets what it carries. */
static void the_data_of_an_invoice_comes_where_it_is_asked_for(void **state)
{
    (void)state;
    struct str pdf = STR("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names["
                         "(factur-x.xml)4 0 R]>>>>>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                         "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>endobj\n"
                         "4 0 obj<</Type/Filespec/F(factur-x.xml)/EF<</F 5 0 R>>>>endobj\n"
                         "5 0 obj<</Type/EmbeddedFile/Length 4>>stream\n<r/>\nendstream endobj\n"
                         "trailer<</Root 1 0 R>>\n%%EOF\n");
    send_as(pdf, (int64_t)pdf.len, CONVERSION_INVOICE);
    assert_true(answers());
    assert_int_equal(end, WORDING_DONE);
    assert_string_equal(words.at, "<r/>");
    assert_string_equal(title.at, "factur-x.xml");
}

static void an_archive_is_no_document(void **state)
{
    (void)state;
    struct str archive = ZIP(arena, SHEET_GOOD("F1"));
    send(archive, (int64_t)archive.len);
    assert_true(answers());
    assert_int_equal(end, WORDING_UNKNOWN);
}

/* What is longer than a frame comes beside it. */
static void a_long_text_comes_whole(void **state)
{
    (void)state;
    struct buf content BUF_SCOPE = BUF_INIT(8 << 20);
    buf_add_c(&content, ODT_HEAD);
    for (int i = 0; i < 60000; i++)
        buf_add_format(&content, "<text:p>Article %d, du %d.</text:p>", i, i * 7919 % 10007);
    buf_add_c(&content, ODT_FOOT);
    struct str odt = ZIP(arena, ODT_TYPE, {"content.xml", buf_str(&content)});
    send(odt, (int64_t)odt.len);
    assert_true(answers());
    assert_int_equal(end, WORDING_DONE);
    assert_true(words.len > CHANNEL_FRAME_MAX);
    assert_true(str_ends(words, STR("Article 59999, du 9728.\n")));
}

static void a_pdf_is_read_without_a_file(void **state)
{
    (void)state;
    struct str pdf = pdf_of(arena, 1, "", STR("BT /F 9 Tf 9 9 Td (un mot) Tj ET"));
    send(pdf, (int64_t)pdf.len);
    assert_true(answers());
    assert_int_equal(end, WORDING_DONE);
    assert_string_equal(words.at, "un mot\n");
}

/* A gigabyte is refused by its size; what came with it is not mapped. */
static void what_is_too_large_is_refused_unread(void **state)
{
    (void)state;
    send(STR("%PDF-1.4"), (int64_t)1 << 30);
    assert_true(answers());
    assert_int_equal(end, WORDING_TOO_LARGE);
    assert_int_equal(words.len, 0);
}

static void another_size_than_told_is_not_read(void **state)
{
    (void)state;
    send(STR("%PDF-1.4"), 7);
    assert_true(answers());
    assert_int_equal(end, WORDING_BROKEN);
}

static void a_second_document_ends_it(void **state)
{
    (void)state;
    send(STR("{\\rtf1}"), 7);
    assert_true(answers());
    assert_int_equal(end, WORDING_OLD);
    has_answer = false;
    send(STR("{\\rtf1}"), 7);
    assert_false(answers());
}

static void its_death_closes_the_channel(void **state)
{
    (void)state;
    kill(pid, SIGKILL);
    assert_false(answers());
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(one_document_is_read),
        CASE(an_archive_is_read_where_it_is_asked_for),
        CASE(an_archive_is_no_document),
        CASE(the_data_of_an_invoice_comes_where_it_is_asked_for),
        CASE(a_long_text_comes_whole),
        CASE(a_pdf_is_read_without_a_file),
        CASE(what_is_too_large_is_refused_unread),
        CASE(another_size_than_told_is_not_read),
        CASE(a_second_document_ends_it),
        CASE(its_death_closes_the_channel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
