/* The pages on which somebody proves and manages who they are, asked as a browser asks them: a cookie is kept, each
 * form carries its token, and passwords are hashed by whoever plays the hasher. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "base/base64.h"
#include "base/seeded.h"
#include "core/auth_entry.h"
#include "core/place.h"
#include "core/totp.h"
#include "core/web_table.h"
#include "migrations.h"
#include "service/account/account.h"

#define ADDRESS "accueil%40beauval.example"
#define GOOD "une+longue+phrase"
#define OTHER "une+autre+phrase"

static struct seeded chance;
static void draw(void *into, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((unsigned char *)into)[i] = (unsigned char)seeded_next(&chance);
}

static struct auth auth = {.key = "0123456789abcdef0123456789abcde", .cost = {64, 1}, .member = 7, .entropy = draw};
static struct place place = {.member = 7, .name = STR_INIT("beauval"), .title = STR_INIT("Beauval"),
                             .kind = STR_INIT("commune"), .language = STR_INIT("fr"), .zone = STR_INIT("Europe/Paris"),
                             .desk = STR_INIT(""), .phone = STR_INIT(""), .hours = STR_INIT("")};
static struct arena *arena;
static struct db *db;
static struct web_table *pages;
static struct instant now;

/* One browser. */
struct browser {
    char cookie[64]; /* "": none */
    char language[40];
    struct web_response last;
    struct str body; /* of the page, or where to go */
};
static struct browser here, elsewhere;

static struct ctx make_ctx(void)
{
    return (struct ctx){.arena = arena, .auth = &auth, .place = &place, .db = db, .now = now,
                        .actor = {.address = STR(""), .name = STR("")}, .trace = STR("")};
}

static void verifier_of(struct str password, struct str *ret_verifier)
{
    struct buf out BUF_SCOPE = BUF_INIT(PASSWORD_VERIFIER_MAX);
    assert_int_equal(password_hash(&out, auth.cost, password, (const unsigned char *)"abcdefghijklmnop"), OK);
    *ret_verifier = str_copy(arena, buf_str(&out));
}

static int open_house(void **state)
{
    struct str refusal, verifier;
    struct migrate_plan plan = {
        .database = DATABASE_AUTH, .sets = migration_sets, .set_count = MIGRATION_SET_COUNT, .now = {0}};
    (void)state;
    chance.state = 42;
    now = (struct instant){INT64_C(1790000000000)};
    arena = arena_create(64 << 20);
    here = elsewhere = (struct browser){0};
    assert_int_equal(db_open(NULL, DB_MEMORY, &db), OK);
    assert_int_equal(migrate(db, arena, &plan, &refusal), OK);
    assert_int_equal(web_table_create(arena, service_all, WEB_AUTH, &pages, &refusal), OK);
    assert_int_equal(db_begin(db), OK);
    struct ctx ctx = make_ctx();
    struct auth_person person = {1, STR("accueil@beauval.example"), ROLE_AGENT, true, STR("")};
    assert_int_equal(auth_person_put(&ctx, &person), OK);
    verifier_of(STR("une longue phrase"), &verifier);
    assert_int_equal(auth_set_password(&ctx, 1, verifier, 0, false), OK);
    return 0;
}

static int close_house(void **state)
{
    (void)state;
    buf_finish(&here.last.body);
    buf_finish(&elsewhere.last.body);
    db_rollback(db);
    db_close(db);
    arena_destroy(&arena);
    return 0;
}

/* ---- a browser ---- */

/* What front has from auth for a cookie. */
static bool is_known(const struct browser *browser, struct ticket *ret_ticket)
{
    struct ctx ctx = make_ctx();
    return browser->cookie[0] != 0 && auth_ticket(&ctx, str_of(browser->cookie), STR("192.0.2.7"), ret_ticket) == OK;
}

static void keep_cookie(struct browser *browser)
{
    if (!str_is_absent(browser->last.set_cookie))
        snprintf(browser->cookie, sizeof browser->cookie, "%.*s", STR_ARG(browser->last.set_cookie));
}

static void play_hasher(const struct web_response *response, struct web_hash hashes[WEB_HASHES_MAX])
{
    for (size_t i = 0; i < response->hash_count; i++) {
        hashes[i] = response->hashes[i];
        if (str_is_absent(hashes[i].verifier))
            verifier_of(hashes[i].password, &hashes[i].made);
        else
            hashes[i].is_right = password_check(hashes[i].password, hashes[i].verifier);
    }
}

static void dispatch(struct browser *browser, struct web_request *request, const struct ticket *ticket)
{
    struct ctx ctx = make_ctx();
    buf_finish(&browser->last.body);
    browser->last = (struct web_response){.body = BUF_INIT(16 << 20), .set_cookie = STR_NONE};
    if (ticket != NULL)
        ctx.actor = (struct actor){.person = ticket->person, .session = ticket->session, .rights = ticket->rights,
                                   .address = ticket->address, .name = STR("Accueil"), .mandate = ticket->mandate};
    ctx.language = web_language(ticket != NULL ? ticket->language : web_asked_language(request->query),
                                request->accept_language, place.language);
    enum status done = web_dispatch(&ctx, pages, request, &browser->last);
    (void)done; /* the response says it */
}

/* `form` NULL is a GET. What it answers is the code; page or address stand in browser->body. */
static int ask(struct browser *browser, const char *path, const char *form)
{
    struct ticket ticket;
    struct str whole = str_of(path);
    struct web_hash hashes[WEB_HASHES_MAX];
    bool is_signed_in = is_known(browser, &ticket);
    struct str token = is_signed_in ? ticket.form_token : STR("");
    struct str body = form == NULL ? STR("") : str_format(arena, "form_token=%.*s&%s", STR_ARG(token), form);
    struct web_request request = {.method = form != NULL ? WEB_POST : WEB_GET, .path = str_cut(&whole, '?'),
                                  .query = str_is_absent(whole) ? STR("") : whole,
                                  .content_type = STR("application/x-www-form-urlencoded"), .body = body,
                                  .accept_language = str_of(browser->language), .form_token = token,
                                  .remote = STR("192.0.2.7"), .device = STR("Mozilla/5.0 (X11; Linux) Firefox/140.0"),
                                  .host = STR("beauval.localhost")};
    dispatch(browser, &request, is_signed_in ? &ticket : NULL);
    if (browser->last.hash_count > 0) {
        play_hasher(&browser->last, hashes);
        request.hashes = hashes;
        request.hash_count = browser->last.hash_count;
        dispatch(browser, &request, is_signed_in ? &ticket : NULL);
    }
    keep_cookie(browser);
    browser->body = browser->last.code == 303 ? browser->last.location : buf_str(&browser->last.body);
    return browser->last.code;
}

#define assert_has(browser, text) assert_true(str_find((browser).body, STR(text)) != SIZE_MAX)
#define assert_lacks(browser, text) assert_true(str_find((browser).body, STR(text)) == SIZE_MAX)
#define assert_goes(browser, path) assert_true(str_eq((browser).body, STR(path)))

static void sign_in(struct browser *browser)
{
    assert_int_equal(ask(browser, "/sign-in", "login=" ADDRESS "&password=" GOOD "&next=/account"), 303);
}

/* Between two texts of the page; kept. */
static struct str between(const struct browser *browser, const char *before, const char *after)
{
    size_t at = str_find(browser->body, str_of(before));
    assert_true(at != SIZE_MAX);
    struct str rest = str_after(browser->body, at + str_of(before).len);
    size_t end = str_find(rest, str_of(after));
    assert_true(end != SIZE_MAX);
    return str_copy(arena, str_slice(rest, 0, end));
}

/* ---- signing in and out ---- */

static void signing_in_leads_on_and_signing_out_ends_it(void **state)
{
    (void)state;
    struct ticket ticket;
    assert_int_equal(ask(&here, "/account", NULL), 303);
    assert_goes(here, "/sign-in?next=/account");
    assert_int_equal(ask(&here, "/sign-in?next=/account", NULL), 200);
    assert_has(here, "name=\"next\" value=\"/account\"");
    assert_int_equal(ask(&here, "/sign-in", "login=" ADDRESS "&password=faux&next=/account"), 422);
    assert_true(here.last.delay_ms > 0);
    assert_lacks(here, "faux"); /* a password typed never comes back */
    struct str wrong = str_copy(arena, here.body);
    assert_int_equal(ask(&here, "/sign-in", "login=accueix%40beauval.example&password=faux&next=/account"), 422);
    assert_int_equal(wrong.len, here.body.len); /* unknown and wrong are told alike */
    assert_int_equal(here.cookie[0], 0);
    sign_in(&here);
    assert_goes(here, "/account");
    assert_int_equal(ask(&here, "/account", NULL), 200);
    assert_has(here, "accueil@beauval.example");
    assert_int_equal(ask(&here, "/sign-in?next=//evil.example", NULL), 303);
    assert_goes(here, "/"); /* never another host */
    snprintf(elsewhere.cookie, sizeof elsewhere.cookie, "%s", here.cookie);
    assert_int_equal(ask(&here, "/sign-out", ""), 303);
    assert_int_equal(here.cookie[0], 0);
    assert_false(is_known(&elsewhere, &ticket)); /* the cookie kept aside is worth nothing */
}

static void a_form_without_its_token_does_nothing(void **state)
{
    (void)state;
    struct ticket ticket;
    sign_in(&here);
    assert_true(is_known(&here, &ticket));
    struct web_request request = {.method = WEB_POST,
                                  .path = STR("/account/language"),
                                  .query = STR(""),
                                  .content_type = STR("application/x-www-form-urlencoded"),
                                  .body = STR("language=en&form_token=guess"),
                                  .accept_language = STR(""),
                                  .form_token = ticket.form_token,
                                  .remote = STR(""),
                                  .device = STR(""),
                                  .host = STR("")};
    dispatch(&here, &request, &ticket);
    assert_int_equal(here.last.code, 403);
    assert_true(is_known(&here, &ticket));
    assert_true(str_eq(ticket.language, STR("")));
}

/* ---- settings ---- */

static void a_language_is_chosen_and_taken_back(void **state)
{
    (void)state;
    snprintf(here.language, sizeof here.language, "en-GB,fr;q=0.5");
    sign_in(&here);
    assert_int_equal(ask(&here, "/account", NULL), 200);
    assert_has(here, "<html lang=\"en\">"); /* the browser's */
    assert_int_equal(ask(&here, "/account/language", "language=fr&back=/account/sessions"), 303);
    assert_goes(here, "/account/sessions");
    assert_int_equal(ask(&here, "/account", NULL), 200);
    assert_has(here, "<html lang=\"fr\">"); /* the person's goes first */
    assert_int_equal(ask(&here, "/account/language", "language=fr&back=//evil.example"), 303);
    assert_goes(here, "/account?saved");
    assert_int_equal(ask(&here, "/account/language", "language=de"), 422);
    assert_int_equal(ask(&here, "/account/language", "language="), 303);
    assert_int_equal(ask(&here, "/account", NULL), 200);
    assert_has(here, "<html lang=\"en\">");
    here.language[0] = 0;
    assert_int_equal(ask(&here, "/account", NULL), 200);
    assert_has(here, "<html lang=\"fr\">"); /* the town's */
}

/* Whoever is not signed in yet switches by the page's own form, which keeps what the address said. */
static void the_language_is_switched_without_losing_the_way(void **state)
{
    struct str code;
    struct ctx ctx = make_ctx();
    (void)state;
    assert_int_equal(ask(&here, "/sign-in?next=/mail&language=en", NULL), 200);
    assert_has(here, "<html lang=\"en\">");
    assert_has(here, "<form action=\"/sign-in\"><input type=\"hidden\" name=\"next\" value=\"/mail\"><button "
                     "name=\"language\" value=\"fr\"");
    assert_int_equal(
        auth_mandate_put(&ctx, 5, STR("exploitation@syndicat.example"), (struct instant){now.ms + 3600000}), OK);
    assert_int_equal(auth_entry_make(&ctx, STR("exploitation@syndicat.example"), &code), OK);
    assert_int_equal(ask(&here, str_format(arena, "/entrance?code=%.*s", STR_ARG(code)).at, NULL), 200);
    struct str form = between(&here, "<form action=\"/entrance\">", "</form>");
    assert_true(str_find(form, str_format(arena, "name=\"code\" value=\"%.*s\"", STR_ARG(code))) != SIZE_MAX);
    assert_int_equal(ask(&here, str_format(arena, "/entrance?code=%.*s&language=en", STR_ARG(code)).at, NULL), 200);
    assert_has(here, "<html lang=\"en\">");
    assert_int_equal(ask(&here, "/entrance", str_format(arena, "code=%.*s", STR_ARG(code)).at), 303);
    assert_int_equal(ask(&here, "/account", NULL), 403); /* under a mandate there is no account */
    assert_int_equal(ask(&elsewhere, str_format(arena, "/entrance?code=%.*s", STR_ARG(code)).at, NULL), 410);
}

static void a_password_is_changed_by_who_knows_it(void **state)
{
    (void)state;
    struct ticket ticket;
    sign_in(&here);
    sign_in(&elsewhere);
    assert_int_equal(ask(&here, "/account/password", "old=" GOOD "&new=" OTHER "&again=different"), 422);
    assert_int_equal(ask(&here, "/account/password", "old=" GOOD "&new=court&again=court"), 422);
    assert_int_equal(ask(&here, "/account/password", "old=faux&new=" OTHER "&again=" OTHER), 422);
    assert_true(here.last.delay_ms > 0);
    assert_true(is_known(&elsewhere, &ticket));
    assert_int_equal(ask(&here, "/account/password", "old=" GOOD "&new=" OTHER "&again=" OTHER), 303);
    assert_goes(here, "/account?saved");
    assert_true(is_known(&here, &ticket));
    assert_false(is_known(&elsewhere, &ticket)); /* every other session ends */
    assert_int_equal(ask(&elsewhere, "/sign-in", "login=" ADDRESS "&password=" GOOD), 422);
    assert_int_equal(ask(&elsewhere, "/sign-in", "login=" ADDRESS "&password=" OTHER), 303);
}

/* ---- sessions ---- */

static void sessions_are_listed_and_ended(void **state)
{
    (void)state;
    struct ticket ticket;
    sign_in(&here);
    sign_in(&elsewhere);
    assert_int_equal(ask(&here, "/account/sessions", NULL), 200);
    assert_has(here, "Firefox, Linux");
    assert_lacks(here, "Mozilla");
    assert_has(here, "192.0.2.7");
    assert_true(is_known(&elsewhere, &ticket));
    assert_int_equal(ask(&here, "/account/sessions/end",
                         str_format(arena, "session=%lld", (long long)ticket.session).at), 303);
    assert_false(is_known(&elsewhere, &ticket));
    sign_in(&elsewhere);
    assert_int_equal(ask(&here, "/account/sessions/end-others", ""), 303);
    assert_false(is_known(&elsewhere, &ticket));
    assert_true(is_known(&here, &ticket));
    assert_int_equal(ask(&here, "/account/sessions/end", "session=424242"), 303); /* gone already, or nobody's */
    assert_true(is_known(&here, &ticket));
}

static void nobody_ends_a_session_of_somebody_else(void **state)
{
    (void)state;
    struct ticket ticket;
    struct str verifier;
    struct ctx ctx = make_ctx();
    struct auth_person other = {2, STR("mairie@beauval.example"), ROLE_ADMINISTRATOR, true, STR("")};
    assert_int_equal(auth_person_put(&ctx, &other), OK);
    verifier_of(STR("une longue phrase"), &verifier);
    assert_int_equal(auth_set_password(&ctx, 2, verifier, 0, false), OK);
    assert_int_equal(ask(&elsewhere, "/sign-in", "login=mairie%40beauval.example&password=" GOOD), 303);
    sign_in(&here);
    assert_true(is_known(&elsewhere, &ticket));
    const char *form = str_format(arena, "session=%lld", (long long)ticket.session).at;
    ask(&here, "/account/sessions/end", form);
    ask(&here, "/account/applications/end", form);
    ask(&here, "/account/sessions/end-others", "");
    assert_true(is_known(&elsewhere, &ticket));
}

/* ---- mail programs ---- */

static enum auth_outcome mail_login(struct str password)
{
    struct ctx ctx = make_ctx();
    struct auth_answer answer;
    struct auth_try try = {.door = AUTH_MAIL, .address = STR("accueil@beauval.example"), .password = password,
                           .remote = STR("192.0.2.8"), .device = STR("imap")};
    assert_int_equal(auth_login_begin(&ctx, &try, &answer), OK);
    return answer.outcome;
}

static void a_mail_programs_password_is_shown_once_and_ended(void **state)
{
    (void)state;
    sign_in(&here);
    assert_int_equal(ask(&here, "/account/applications", "label=+"), 422);
    assert_int_equal(ask(&here, "/account/applications", "label=Thunderbird"), 200);
    struct str made = between(&here, "<p><code>", "</code>");
    assert_int_equal(mail_login(made), AUTH_ALLOWED);
    assert_int_equal(ask(&here, "/account/applications", NULL), 200);
    assert_true(str_find(here.body, made) == SIZE_MAX);
    assert_has(here, "Thunderbird");
    struct str number = between(&here, "name=\"session\" value=\"", "\"");
    assert_int_equal(ask(&here, "/account/applications/end",
                         str_format(arena, "session=%.*s", STR_ARG(number)).at), 303);
    assert_int_not_equal(mail_login(made), AUTH_ALLOWED);
    assert_int_equal(ask(&here, "/account/applications", NULL), 200);
    assert_lacks(here, "<th scope=\"row\">Thunderbird");
}

/* ---- second factor ---- */

static struct str secret_shown(const struct browser *browser)
{
    struct buf secret BUF_SCOPE = BUF_INIT(100), plain BUF_SCOPE = BUF_INIT(100);
    struct str words = between(browser, "secret=", "&");
    buf_add(&plain, words);
    assert_int_equal(base32_decode(&secret, buf_str(&plain)), OK);
    return str_copy(arena, buf_str(&secret));
}

static const char *code_form(struct str secret, int64_t later)
{
    return str_format(arena, "code=%06d&next=/account", (int)totp_code(secret, totp_step(now) + later)).at;
}

static struct str second_on(struct browser *browser, struct str *ret_recovery)
{
    assert_int_equal(ask(browser, "/account/second", NULL), 200);
    assert_int_equal(ask(browser, "/account/second/start", ""), 303);
    assert_int_equal(ask(browser, "/account/second", NULL), 200);
    assert_true(str_find(browser->body, STR("<svg class=\"qr\"")) != SIZE_MAX);
    struct str secret = secret_shown(browser);
    assert_int_equal(ask(browser, "/account/second/confirm", "code=000000"), 422);
    assert_int_equal(ask(browser, "/account/second/confirm", code_form(secret, 0)), 200);
    *ret_recovery = between(browser, "<li><code>", "</code>");
    assert_int_equal(ask(browser, "/account/second", NULL), 200);
    assert_true(str_find(browser->body, *ret_recovery) == SIZE_MAX); /* shown once */
    now.ms += 60 * 1000;                                             /* no code works twice */
    return secret;
}

static void a_second_factor_is_set_up_and_asked_for(void **state)
{
    (void)state;
    struct str recovery;
    struct ticket ticket;
    sign_in(&here);
    struct str secret = second_on(&here, &recovery);
    assert_int_equal(ask(&elsewhere, "/sign-in", "login=" ADDRESS "&password=" GOOD "&next=/account"), 303);
    assert_goes(elsewhere, "/sign-in/second?next=%2Faccount");
    assert_int_equal(ask(&elsewhere, "/account", NULL), 303); /* the password alone is nobody */
    assert_int_equal(ask(&elsewhere, "/sign-in/second?next=/account", NULL), 200);
    char waiting[64];
    memcpy(waiting, elsewhere.cookie, sizeof waiting);
    assert_int_equal(ask(&elsewhere, "/sign-in/second", "code=000000"), 422);
    assert_int_equal(ask(&elsewhere, "/sign-in/second", code_form(secret, 0)), 303);
    assert_goes(elsewhere, "/account");
    assert_string_not_equal(waiting, elsewhere.cookie); /* a cookie seen before is worth nothing */
    assert_int_equal(ask(&elsewhere, "/account", NULL), 200);
    memcpy(elsewhere.cookie, waiting, sizeof waiting);
    assert_false(is_known(&elsewhere, &ticket));
}

static void a_recovery_code_works_once(void **state)
{
    (void)state;
    struct str recovery;
    sign_in(&here);
    second_on(&here, &recovery);
    const char *form = str_format(arena, "code=%.*s", STR_ARG(recovery)).at;
    for (int i = 0; i < 2; i++) {
        elsewhere.cookie[0] = 0;
        assert_int_equal(ask(&elsewhere, "/sign-in", "login=" ADDRESS "&password=" GOOD), 303);
        assert_int_equal(ask(&elsewhere, "/sign-in/second", form), i == 0 ? 303 : 422);
    }
    assert_int_equal(ask(&here, "/account/second", NULL), 200);
    assert_has(here, "9 codes");
    assert_int_equal(ask(&here, "/account/second/recovery", "password=faux"), 422);
    assert_int_equal(ask(&here, "/account/second/recovery", "password=" GOOD), 200);
    assert_true(str_find(here.body, recovery) == SIZE_MAX);
    assert_has(here, "10 codes");
}

static void a_second_factor_goes_by_the_password(void **state)
{
    (void)state;
    struct str recovery;
    sign_in(&here);
    second_on(&here, &recovery);
    assert_int_equal(ask(&here, "/account/second/off", ""), 422);
    assert_int_equal(ask(&here, "/account/second/off", "password=faux"), 422);
    assert_int_equal(ask(&here, "/account/second/off", "password=" GOOD), 303);
    assert_int_equal(ask(&elsewhere, "/sign-in", "login=" ADDRESS "&password=" GOOD "&next=/account"), 303);
    assert_goes(elsewhere, "/account");
}

/* ---- invitations ---- */

static void an_invitation_gives_a_first_password_once(void **state)
{
    (void)state;
    unsigned char hash[AUTH_CODE_HASH_BYTES];
    struct buf code BUF_SCOPE = BUF_INIT(100);
    struct ctx ctx = make_ctx();
    struct auth_person person = {3, STR("etat-civil@beauval.example"), ROLE_AGENT, true, STR("")};
    assert_int_equal(auth_person_put(&ctx, &person), OK);
    auth_code_make(&code, draw);
    assert_int_equal(auth_code_hash(buf_str(&code), hash), OK);
    assert_int_equal(
        auth_invite(&ctx, 3, (struct str){(const char *)hash, sizeof hash}, (struct instant){now.ms + 3 * 86400000}),
        OK);
    assert_int_equal(ask(&here, str_format(arena, "/invitation?code=%.*s", STR_ARG(buf_str(&code))).at, NULL), 200);
    assert_true(str_eq(between(&here, "id=\"code\" name=\"code\" value=\"", "\""), buf_str(&code)));
    assert_int_equal(ask(&here, "/invitation", "code=AAAA-AAAA&new=" GOOD "&again=" GOOD), 422);
    const char *form = "code=%.*s&new=%s&again=%s";
    assert_int_equal(ask(&here, "/invitation", str_format(arena, form, STR_ARG(buf_str(&code)), GOOD, OTHER).at),
                     422);
    assert_int_equal(ask(&here, "/invitation",
                         str_format(arena, form, STR_ARG(buf_str(&code)), "court", "court").at), 422);
    assert_int_equal(ask(&here, "/invitation", str_format(arena, form, STR_ARG(buf_str(&code)), GOOD, GOOD).at), 303);
    assert_goes(here, "/sign-in");
    assert_int_equal(ask(&here, "/invitation", str_format(arena, form, STR_ARG(buf_str(&code)), OTHER, OTHER).at), 422);
    assert_int_equal(ask(&here, "/sign-in", "login=etat-civil%40beauval.example&password=" GOOD), 303);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(signing_in_leads_on_and_signing_out_ends_it, open_house, close_house),
        cmocka_unit_test_setup_teardown(a_form_without_its_token_does_nothing, open_house, close_house),
        cmocka_unit_test_setup_teardown(a_language_is_chosen_and_taken_back, open_house, close_house),
        cmocka_unit_test_setup_teardown(the_language_is_switched_without_losing_the_way, open_house, close_house),
        cmocka_unit_test_setup_teardown(a_password_is_changed_by_who_knows_it, open_house, close_house),
        cmocka_unit_test_setup_teardown(sessions_are_listed_and_ended, open_house, close_house),
        cmocka_unit_test_setup_teardown(nobody_ends_a_session_of_somebody_else, open_house, close_house),
        cmocka_unit_test_setup_teardown(a_mail_programs_password_is_shown_once_and_ended, open_house, close_house),
        cmocka_unit_test_setup_teardown(a_second_factor_is_set_up_and_asked_for, open_house, close_house),
        cmocka_unit_test_setup_teardown(a_recovery_code_works_once, open_house, close_house),
        cmocka_unit_test_setup_teardown(a_second_factor_goes_by_the_password, open_house, close_house),
        cmocka_unit_test_setup_teardown(an_invitation_gives_a_first_password_once, open_house, close_house),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
