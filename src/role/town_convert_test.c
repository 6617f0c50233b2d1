/* A town and the role convert: a document is given once its row stands, and its end harms nothing but itself. */
#include "role/test_towns.h"

#include "core/permission.h"
#include "core/web.h"

#define EDGE "----edge"
#define TOKEN "token-of-the-test"

enum { GIVEN_MAX = 4 /* on their way at a time */ };

static struct end convert;

static void close_convert(void)
{
    channel_destroy(convert.channel);
    convert.channel = NULL;
}

static struct str editor(void)
{
    struct ticket ticket = ticket_of(ACCUEIL, 70);
    ticket.rights = permission_of_role(ROLE_ADMINISTRATOR);
    ticket.form_token = STR(TOKEN);
    return sealed(ticket, seats[BEAUVAL].key);
}

static void ask(int64_t method, const char *path, struct str body)
{
    struct message_web web = {.handle = 3,
                              .member = 1,
                              .method = method,
                              .ticket = editor(),
                              .path = str_of(path),
                              .query = STR(""),
                              .content_type = STR("multipart/form-data; boundary=" EDGE),
                              .accept_language = STR("fr"),
                              .remote = STR("192.0.2.1"),
                              .device = STR(""),
                              .host = STR("beauval.localhost"),
                              .trace = STR("t"),
                              .size = (int64_t)body.len,
                              .body = body};
    assert_int_equal(message_send(seats[BEAUVAL].front.channel, MESSAGE_WEB, &web, -1), OK);
}

static struct str field(const char *name, const char *value)
{
    return str_format(arena, "--" EDGE "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", name, value);
}

/* Gives a document and tells the path of its page. */
static struct str give(void)
{
    struct message_web_answer answer;
    struct str token = field("form_token", TOKEN), title = field("title", "Foire"), authors = field("authors", "C"),
               licence = field("licence", "acte-officiel");
    ask(WEB_POST, "/sources",
        str_format(arena, "%.*s%.*s%.*s%.*s--" EDGE "\r\nContent-Disposition: form-data; name=\"file\"; "
                   "filename=\"f.pdf\"\r\n\r\n%%PDF-1.4 etc.\r\n--" EDGE "--\r\n",
                   STR_ARG(token), STR_ARG(title), STR_ARG(authors), STR_ARG(licence)));
    take(&seats[BEAUVAL].front, MESSAGE_WEB_ANSWER, &answer);
    assert_int_equal(answer.code, 303);
    assert_true(str_starts(answer.location, STR("/sources/reading/")));
    return answer.location;
}

static void assert_page(struct str path, int64_t code, const char *words)
{
    struct message_web_answer answer;
    ask(WEB_GET, str_c(arena, path), STR(""));
    take(&seats[BEAUVAL].front, MESSAGE_WEB_ANSWER, &answer);
    assert_int_equal(answer.code, code);
    assert_true(str_find(code == 303 ? answer.location : answer.body, str_of(words)) != SIZE_MAX);
}

/* The parent's part: the next wish is heard, and a convert comes for it. */
static int64_t wish(void)
{
    struct message_handle want;
    take(&seats[BEAUVAL].parent, MESSAGE_CONVERT_WANT, &want);
    return want.handle;
}

static void come(int64_t handle)
{
    int pair[2];
    struct message_peer peer = {ROLE_CONVERT, handle};
    assert_int_equal(channel_pair(pair), OK);
    assert_int_equal(message_send(seats[BEAUVAL].parent.channel, MESSAGE_PEER, &peer, pair[1]), OK);
    listen_to(&convert, pair[0]);
}

static void answer_words(int64_t handle, struct str words, int64_t size)
{
    struct message_converted answer = {.handle = handle, .title = STR(""), .words = words, .size = size};
    assert_int_equal(message_send(convert.channel, MESSAGE_CONVERTED, &answer, -1), OK);
    settle();
}

static void what_it_says_becomes_a_source(void **state)
{
    (void)state;
    struct message_convert asked;
    struct str page = give();
    assert_page(page, 200, "en cours de lecture");
    int64_t handle = wish();
    come(handle);
    take(&convert, MESSAGE_CONVERT, &asked);
    assert_int_equal(asked.handle, handle);
    assert_int_equal(asked.size, strlen("%PDF-1.4 etc."));
    answer_words(handle, STR("La foire est en mai.\n"), 21);
    assert_page(page, 303, "/sources/1");
    assert_page(STR("/sources/1"), 200, "La foire est en mai.");
    assert_null(convert.channel); /* the town has let it go */
}

static void its_death_is_an_end_of_its_document(void **state)
{
    (void)state;
    struct str page = give(), other = give();
    come(wish());
    close_convert();
    settle();
    assert_page(page, 200, "n’a pas abouti");
    assert_page(other, 200, "en cours de lecture");
    assert_int_equal(hand_in(good_ticket()), OK); /* mail goes on */
}

/* Words that are none, of another size, or another message: it is not believed. */
static void one_that_lies_is_not_believed(void **state)
{
    (void)state;
    struct str page = give();
    int64_t handle = wish();
    come(handle);
    answer_words(handle, STR("La foire"), 3);
    assert_page(page, 200, "n’a pas abouti");
    struct message_handle nothing = {0};
    page = give();
    come(wish());
    assert_int_equal(message_send(convert.channel, MESSAGE_READY, &nothing, -1), OK);
    settle();
    assert_page(page, 200, "n’a pas abouti");
    assert_int_equal(hand_in(good_ticket()), OK);
}

/* A wish for none of the town's documents gets nothing. */
static void a_convert_nobody_wants_is_let_go(void **state)
{
    (void)state;
    struct str page = give();
    come(wish() + 1000);
    settle();
    assert_null(convert.channel);
    assert_page(page, 200, "en cours de lecture");
}

static void too_many_are_told_so(void **state)
{
    (void)state;
    for (int i = 0; i < GIVEN_MAX; i++)
        assert_page(give(), 200, "en cours de lecture");
    assert_page(give(), 200, "Trop de documents");
}

static void what_the_parent_refuses_is_told(void **state)
{
    (void)state;
    struct str page = give();
    struct message_converted busy = {.handle = wish(), .end = WORDING_BUSY, .title = STR(""), .words = STR("")};
    assert_int_equal(message_send(seats[BEAUVAL].parent.channel, MESSAGE_CONVERTED, &busy, -1), OK);
    settle();
    assert_page(page, 200, "Trop de documents");
}

static int end_of_case(void **state)
{
    close_convert();
    return tear_down(state);
}

#undef CASE
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, end_of_case)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(what_it_says_becomes_a_source),   CASE(its_death_is_an_end_of_its_document),
        CASE(one_that_lies_is_not_believed),   CASE(a_convert_nobody_wants_is_let_go),
        CASE(too_many_are_told_so),            CASE(what_the_parent_refuses_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
