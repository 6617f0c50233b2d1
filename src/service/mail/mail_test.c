/* Mail as a person has it, through mail.h and the pages. */
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "core/test_town.h"

#include "service/mail/conversation.h"
#include "service/mail/deliver.h"
#include "service/mail/mail.h"
#include "service/mail/mail_slot.h"
#include "service/mail/store.h"
#include "service/mail/verify.h"

#define TOKEN "form_token=" TEST_TOKEN "&"

static struct test_town test;
static int64_t desk, finance;
static char folder[64];

static int set_up(void **state)
{
    (void)state;
    struct store *store;
    int64_t replayed;
    test_town_open(&test);
    snprintf(folder, sizeof folder, "/tmp/parvis-mail-XXXXXX");
    assert_non_null(mkdtemp(folder));
    test.town.folder = folder;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, store_open(&ctx, &store, &replayed)), OK);
    desk = test_person(&test, "accueil@beauval.example", "Accueil");
    finance = test_person(&test, "finances@beauval.example", "Service finances");
    test_act_as(&test, desk, ROLE_AGENT);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[200];
    store_close(test.town.state[MAIL_STORE_SLOT]);
    test_town_close(&test);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

static void receive(const char *to, const char *id, const char *reference, const char *subject, const char *text)
{
    char message[4000];
    snprintf(message, sizeof message,
             "From: =?utf-8?q?Tr=C3=A9sorerie?= <tresorerie@compta.example>\r\nTo: <%s>\r\nSubject: %s\r\n"
             "Message-ID: <%s@compta.example>\r\n%s%s%s\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n",
             to, subject, id, reference ? "References: <" : "X-Nothing: ", reference ? reference : "here",
             reference ? "@compta.example>" : "", text);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, deliver(&ctx, STR("tresorerie@compta.example"), str_of(to), str_of(message))), OK);
    test.now.ms += 1000;
}

static int64_t folder_of(enum mail_role role)
{
    struct ctx ctx = test_ctx(&test);
    int64_t id = 0;
    assert_int_equal(DO(&test, mail_folder_by_role(&ctx, role, &id)), OK);
    return id;
}

static struct mail_page list(int64_t id)
{
    struct ctx ctx = test_ctx(&test);
    struct mail_page page;
    struct mail_page_ask ask = {.folder = id, .limit = 50};
    assert_int_equal(DO(&test, mail_list(&ctx, &ask, &page)), OK);
    return page;
}

static int64_t changed_by(enum status (*act)(struct ctx *, const struct mail_selection *, int64_t *), int64_t in,
                          int64_t id)
{
    struct ctx ctx = test_ctx(&test);
    struct mail_selection selection = {.folder = in, .ids = &id, .count = 1};
    int64_t changed = -1;
    assert_int_equal(DO(&test, act(&ctx, &selection, &changed)), OK);
    return changed;
}

static void lists_conversations(void **state)
{
    (void)state;
    receive("accueil@beauval.example", "1", NULL, "Titres", "Bonjour, un.");
    receive("accueil@beauval.example", "2", NULL, "Autre", "Deux.");
    receive("accueil@beauval.example", "3", "1", "Re: Titres", "Trois.");
    struct mail_page page = list(folder_of(MAIL_INBOX));
    assert_int_equal(page.count, 2);
    assert_int_equal(page.total, 2);
    assert_int_equal(page.unread, 3);
    assert_true(str_eq(page.at[0].subject, STR("Titres")));
    assert_int_equal(page.at[0].messages, 2);
    assert_true(str_eq(page.at[0].people, STR("Trésorerie")));
    assert_true(page.at[0].is_unread);
    assert_int_equal(list(folder_of(MAIL_TRASH)).count, 0);
}

/* Rows kept beside each change say what the messages say. */
static void assert_proven(void)
{
    struct ctx ctx = test_ctx(&test);
    struct buf findings BUF_SCOPE = BUF_INIT(1 << 16);
    assert_int_equal(DO(&test, mail_verify(&ctx, &findings)), OK);
    assert_string_equal(str_copy(test.arena, buf_str(&findings)).at, "");
}

/* A stranger may name any message as an ancestor: what each change costs does not grow with how many did. */
static void a_conversation_has_an_end(void **state)
{
    (void)state;
    char id[16];
    int64_t inbox = folder_of(MAIL_INBOX);
    receive("accueil@beauval.example", "root", NULL, "Titres", "x");
    for (int i = 0; i < CONVERSATION_MESSAGES_MAX + 5; i++) {
        snprintf(id, sizeof id, "f%d", i);
        receive("accueil@beauval.example", id, "root", "Re: Titres", "x");
    }
    struct mail_page page = list(inbox);
    int64_t largest = 0, all = 0;
    for (size_t i = 0; i < page.count; i++) {
        all += page.at[i].messages;
        if (page.at[i].messages > largest)
            largest = page.at[i].messages;
    }
    assert_int_equal(largest, CONVERSATION_MESSAGES_MAX);
    assert_int_equal(all, CONVERSATION_MESSAGES_MAX + 6);
    receive("accueil@beauval.example", "late", "f0", "Re: Titres", "x"); /* of a full one: a conversation of its own */
    assert_int_equal(list(inbox).count, page.count + 1);
    assert_proven();
}

static int64_t flag_on(struct ctx *ctx, int64_t id, bool is_flagged)
{
    int64_t changed = 0;
    struct mail_selection selection = {.folder = folder_of(MAIL_INBOX), .ids = &id, .count = 1};
    assert_int_equal(DO(&test, mail_mark(ctx, &selection, is_flagged ? MAIL_FLAG : MAIL_UNFLAG, &changed)), OK);
    return changed;
}

static void each_change_keeps_the_conversation(void **state)
{
    (void)state;
    receive("accueil@beauval.example", "1", NULL, "Titres", "un");
    receive("accueil@beauval.example", "2", "1", "Re: Titres", "deux");
    struct mail_page page = list(folder_of(MAIL_INBOX));
    int64_t id = page.at[0].id;
    struct ctx ctx = test_ctx(&test);
    assert_proven();
    assert_true(flag_on(&ctx, id, true) > 0);
    assert_true(list(folder_of(MAIL_INBOX)).at[0].is_flagged);
    assert_proven();
    receive("accueil@beauval.example", "3", "2", "Re: Titres", "trois");
    assert_proven();
    assert_true(flag_on(&ctx, id, false) > 0);
    assert_false(list(folder_of(MAIL_INBOX)).at[0].is_flagged);
    assert_proven();
    changed_by(mail_delete, folder_of(MAIL_INBOX), id);
    assert_proven();
}

static void turns_pages(void **state)
{
    (void)state;
    char id[16];
    for (int i = 0; i < 7; i++) {
        snprintf(id, sizeof id, "m%d", i);
        receive("accueil@beauval.example", id, NULL, id, "x");
    }
    struct ctx ctx = test_ctx(&test);
    struct mail_page page;
    struct mail_page_ask ask = {.folder = folder_of(MAIL_INBOX), .limit = 3};
    assert_int_equal(mail_list(&ctx, &ask, &page), OK);
    assert_true(page.has_older && !page.has_newer && page.before == 0 && page.total == 7);
    assert_true(str_eq(page.at[0].subject, STR("m6")));
    ask.cursor = (struct mail_cursor){page.at[2].at.ms, page.at[2].id};
    assert_int_equal(mail_list(&ctx, &ask, &page), OK);
    assert_true(page.has_older && page.has_newer && page.before == 3 && page.count == 3);
    assert_true(str_eq(page.at[0].subject, STR("m3")));
    ask.cursor = (struct mail_cursor){page.at[0].at.ms, page.at[0].id};
    ask.is_newer = true;
    assert_int_equal(mail_list(&ctx, &ask, &page), OK);
    assert_true(page.before == 0 && page.count == 3 && str_eq(page.at[0].subject, STR("m6")));
}

/* What was checked when it was handed in is what is shown beside "sender of the house". */
static void the_name_of_a_group_is_not_the_senders(void **state)
{
    (void)state;
    struct mail_message message;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, deliver_own(&ctx, STR("accueil@beauval.example"), STR("accueil@beauval.example\n"),
                                           STR("From: \"maire@beauval.example\": Guichet <accueil@beauval.example>;\r\n"
                                               "Subject: x\r\n\r\nx\r\n"))), OK);
    ctx = test_ctx(&test);
    int64_t id = list(folder_of(MAIL_INBOX)).at[0].message;
    assert_int_equal(DO(&test, mail_message_get(&ctx, id, &message)), OK);
    assert_int_equal(message.proof, MAIL_PROOF_HOUSE);
    assert_true(str_eq(message.from_name, STR("Guichet")));
    assert_true(str_eq(message.from_address, STR("accueil@beauval.example")));
}

static void an_address_of_any_bytes_is_shown_as_text(void **state)
{
    (void)state;
    struct mail_message message;
    struct ctx ctx = test_ctx(&test);
    struct str message_bytes =
        STR("From: <\xbf@compta.example>\r\nTo: <\xff\xfe@x.example>, <b@c.example>\r\n\r\nx\r\n");
    assert_int_equal(
        DO(&test, deliver(&ctx, STR("a@b.example"), STR("accueil@beauval.example\n"), message_bytes)), OK);
    struct mail_conversation found = list(folder_of(MAIL_INBOX)).at[0];
    assert_true(utf8_is_valid(found.people) && str_ends(found.people, STR("@compta.example")));
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, mail_message_get(&ctx, found.message, &message)), OK);
    assert_true(utf8_is_valid(message.from_address) && str_ends(message.from_address, STR("@compta.example")));
    assert_true(utf8_is_valid(message.to) && str_ends(message.to, STR("b@c.example")));
}

static void reads_and_marks(void **state)
{
    (void)state;
    struct str body;
    char path[100];
    receive("accueil@beauval.example", "1", NULL, "Titres", "Bonjour <b>vous</b>.");
    int64_t inbox = folder_of(MAIL_INBOX);
    int64_t id = list(inbox).at[0].id;
    snprintf(path, sizeof path, "/mail/%lld/c/%lld", (long long)inbox, (long long)id);
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    assert_has(body, "Bonjour &lt;b&gt;vous&lt;/b&gt;.");
    assert_has(body, "tresorerie@compta.example");
    assert_false(list(inbox).at[0].is_unread);
    assert_int_equal(list(inbox).unread, 0);
    assert_int_equal(test_page(&test, "/mail", NULL, &body), 200);
    assert_has(body, "Titres");
}

static void deletes_and_restores(void **state)
{
    (void)state;
    receive("accueil@beauval.example", "1", NULL, "Titres", "Un.");
    int64_t inbox = folder_of(MAIL_INBOX), trash = folder_of(MAIL_TRASH);
    int64_t id = list(inbox).at[0].id;
    assert_int_equal(changed_by(mail_delete, inbox, id), 1);
    assert_int_equal(list(inbox).count, 0);
    assert_int_equal(list(trash).count, 1);
    assert_int_equal(list(MAIL_FOLDER_DELETED).count, 0);
    assert_int_equal(changed_by(mail_restore, trash, id), 1);
    assert_int_equal(list(inbox).count, 1);
    assert_int_equal(changed_by(mail_delete, inbox, id), 1);
    assert_int_equal(changed_by(mail_delete, trash, id), 1);
    struct mail_page gone = list(MAIL_FOLDER_DELETED);
    assert_int_equal(gone.count, 1);
    assert_int_equal(changed_by(mail_restore, MAIL_FOLDER_DELETED, gone.at[0].id), 1);
    assert_int_equal(list(MAIL_FOLDER_DELETED).count, 0);
    assert_int_equal(list(inbox).count, 1);
    test.now.ms += 31 * 86400 * INT64_C(1000);
    assert_int_equal(changed_by(mail_delete, inbox, id), 1);
    assert_int_equal(changed_by(mail_delete, trash, id), 1);
    test.now.ms += 31 * 86400 * INT64_C(1000);
    assert_int_equal(list(MAIL_FOLDER_DELETED).count, 0);
}

static int64_t save(struct mail_draft draft)
{
    struct ctx ctx = test_ctx(&test);
    int64_t id = 0;
    draft.from = STR("");
    draft.cc = draft.bcc = STR("");
    assert_int_equal(DO(&test, mail_draft_save(&ctx, &draft, NULL, 0, &id)), OK);
    return id;
}

static void a_draft_keeps_its_number(void **state)
{
    (void)state;
    struct mail_draft draft = {.to = STR("pas une adresse"), .subject = STR("Un"), .text = STR("Premier")};
    draft.id = save(draft);
    draft.text = STR("Second");
    assert_int_equal(save(draft), draft.id);
    struct ctx ctx = test_ctx(&test);
    struct mail_draft got;
    assert_int_equal(mail_draft_get(&ctx, draft.id, &got), OK);
    assert_true(str_eq(got.text, STR("Second")));
    assert_true(str_eq(got.to, STR("pas une adresse")));
    struct mail_page page = list(folder_of(MAIL_DRAFTS));
    assert_int_equal(page.count, 1);
    assert_int_equal(list(MAIL_FOLDER_DELETED).count, 0);
    assert_int_equal(DO(&test, mail_draft_drop(&ctx, draft.id)), OK);
    assert_int_equal(list(folder_of(MAIL_DRAFTS)).count, 0);
}

static void sending_refuses_and_says_why(void **state)
{
    (void)state;
    struct mail_sent sent;
    struct mail_draft draft = {.to = STR(""), .subject = STR("Un"), .text = STR("Texte")};
    draft.id = save(draft);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, mail_send(&ctx, draft.id, &sent)), INVALID);
    assert_string_equal(ctx.failure.code, "mail.send.nobody");
    draft.to = STR("Accueil");
    save(draft);
    assert_int_equal(DO(&test, mail_send(&ctx, draft.id, &sent)), INVALID);
    assert_string_equal(ctx.failure.code, "mail.send.address");
    draft.to = STR("personne@beauval.example");
    save(draft);
    assert_int_equal(DO(&test, mail_send(&ctx, draft.id, &sent)), NOT_FOUND);
    assert_string_equal(ctx.failure.code, "mail.send.unknown");
    assert_int_equal(list(folder_of(MAIL_SENT)).count, 0);
}

static void sends_and_undoes(void **state)
{
    (void)state;
    struct mail_sent sent;
    int64_t back;
    struct mail_draft draft = {
        .to = STR("Service finances <finances@beauval.example>"), .subject = STR("Régie"), .text = STR("Texte")};
    draft.id = save(draft);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, mail_send(&ctx, draft.id, &sent)), OK);
    assert_int_equal(list(folder_of(MAIL_SENT)).count, 1);
    assert_int_equal(list(folder_of(MAIL_DRAFTS)).count, 0);
    assert_int_equal(DO(&test, mail_send_undo(&ctx, sent.outgoing, &back)), OK);
    assert_int_equal(back, draft.id);
    assert_int_equal(list(folder_of(MAIL_SENT)).count, 0);
    assert_int_equal(list(folder_of(MAIL_DRAFTS)).count, 1);
    assert_int_equal(DO(&test, mail_send(&ctx, draft.id, &sent)), OK);
    struct mail_identity *found;
    size_t count;
    assert_int_equal(mail_complete(&ctx, STR("regie"), &found, &count), OK);
    assert_int_equal(count, 0);
    assert_int_equal(mail_complete(&ctx, STR(""), &found, &count), OK);
    assert_int_equal(count, 2);
    assert_true(str_eq(found[0].address, STR("finances@beauval.example")));
    assert_int_equal(mail_complete(&ctx, STR("finan"), &found, &count), OK);
    assert_int_equal(count, 1);
    assert_true(str_eq(found[0].address, STR("finances@beauval.example")));
}

static void a_form_posted_twice_sends_once(void **state)
{
    (void)state;
    struct mail_sent first, second;
    struct mail_draft draft = {.to = STR("finances@beauval.example"), .subject = STR("Régie"), .text = STR("Texte")};
    struct ctx ctx = test_ctx(&test);
    int64_t once = save(draft), twice = save(draft);
    assert_int_equal(DO(&test, mail_send(&ctx, once, &first)), OK);
    assert_int_equal(DO(&test, mail_send(&ctx, twice, &second)), OK);
    assert_int_equal(DO(&test, mail_send(&ctx, once, &second)), OK);
    assert_int_equal(second.outgoing, first.outgoing);
    assert_int_equal(list(folder_of(MAIL_SENT)).count, 1);
    assert_int_equal(list(folder_of(MAIL_DRAFTS)).count, 0);
    draft.text = STR("Autre texte");
    int64_t other = save(draft);
    assert_int_equal(DO(&test, mail_send(&ctx, other, &second)), OK);
    assert_true(second.outgoing != first.outgoing);
    test.now.ms += 60 * 1000; /* the first has left: who writes the same again means it */
    draft.text = STR("Texte");
    int64_t again = save(draft);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, mail_send(&ctx, again, &second)), OK);
    assert_true(second.outgoing != first.outgoing);
}

static void a_reply_quotes_and_follows(void **state)
{
    (void)state;
    receive("accueil@beauval.example", "1", NULL, "Titres", "Bonjour.");
    struct ctx ctx = test_ctx(&test);
    struct mail_draft draft;
    int64_t about = list(folder_of(MAIL_INBOX)).at[0].message;
    assert_int_equal(mail_draft_begin(&ctx, MAIL_REPLY, about, &draft), OK);
    assert_true(str_eq(draft.subject, STR("Re: Titres")));
    assert_has(draft.to, "tresorerie@compta.example");
    assert_has(draft.text, "> Bonjour.");
}

/* Every page of the service, as they stand with some mail. */
static void pages_open(void **state)
{
    (void)state;
    struct str body;
    static const char *const paths[] = {"/mail", "/mail/flagged", "/mail/deleted", "/mail/write", "/mail/folders",
                                        "/mail/settings", "/mail/search", "/mail/search?q=titres",
                                        "/mail/complete?q=fi"};
    receive("accueil@beauval.example", "1", NULL, "Titres", "Bonjour.");
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        assert_int_equal(test_page(&test, paths[i], NULL, &body), 200);
    assert_int_equal(test_page(&test, "/mail/9999", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/mail/nothing", NULL, &body), 404);
}

static void html_is_shown_in_a_frame(void **state)
{
    (void)state;
    struct str body;
    char path[100];
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(
        DO(&test,
           deliver(&ctx, STR("a@b.example"), STR("accueil@beauval.example"),
                   STR("From: a@b.example\r\nSubject: H\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
                       "<p onclick=x>Bonjour <script>alert(1)</script><img src=http://b.example/x.png></p>\r\n"))),
        OK);
    int64_t inbox = folder_of(MAIL_INBOX);
    struct mail_conversation found = list(inbox).at[0];
    snprintf(path, sizeof path, "/mail/%lld/c/%lld", (long long)inbox, (long long)found.id);
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    assert_has(body, "1 image distante");
    assert_has(body, "<iframe");
    assert_lacks(body, "b.example/x.png");
    snprintf(path, sizeof path, "/mail/message/%lld/html", (long long)found.message);
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    assert_has(body, "<p>Bonjour ");
    assert_lacks(body, "b.example/x.png");
    snprintf(path, sizeof path, "/mail/message/%lld/images", (long long)found.message);
    assert_int_equal(test_page(&test, path, TOKEN, &body), 303);
    snprintf(path, sizeof path, "/mail/message/%lld/html", (long long)found.message);
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    assert_has(body, "b.example/x.png");
}

static size_t found_by(const char *query)
{
    struct ctx ctx = test_ctx(&test);
    struct mail_page page;
    struct mail_page_ask ask = {.limit = 50};
    assert_int_equal(mail_search(&ctx, str_of(query), &ask, &page), OK);
    return page.count;
}

static void finds_what_is_there(void **state)
{
    (void)state;
    receive("accueil@beauval.example", "1", NULL, "Factures de gaz", "Les écoles ont reçu les factures.");
    receive("accueil@beauval.example", "2", NULL, "Cantine", "Le repas de midi est compté.");
    receive("finances@beauval.example", "3", NULL, "Cantine", "Pour les finances.");
    assert_int_equal(found_by("facture"), 1);
    assert_int_equal(found_by("ecole"), 1);
    assert_int_equal(found_by("l'école"), 1);
    assert_int_equal(found_by("\"repas de midi\""), 1);
    assert_int_equal(found_by("\"midi de repas\""), 0);
    assert_int_equal(found_by("cantine -repas"), 0);
    assert_int_equal(found_by("cantine"), 1);
    assert_int_equal(found_by("de:tresorerie"), 2);
    assert_int_equal(found_by("objet:gaz"), 1);
    assert_int_equal(found_by("objet:ecoles"), 0);
    assert_int_equal(found_by("avant:2026-11"), 0);
    assert_int_equal(found_by("après:2026-11-20 gaz"), 1);
    assert_int_equal(found_by("est:suivi"), 0);
    assert_int_equal(found_by("est:non-lu"), 2);
}

/* Every number of another account is as one that does not exist. */
static void others_mail_is_not_there(void **state)
{
    (void)state;
    receive("finances@beauval.example", "1", NULL, "Secret", "Pour les finances.");
    test_act_as(&test, finance, ROLE_AGENT);
    int64_t theirs = folder_of(MAIL_INBOX), changed;
    struct mail_page page = list(theirs);
    int64_t thread = page.at[0].id, message = page.at[0].message;
    struct mail_draft draft = {.to = STR(""), .subject = STR("Brouillon"), .text = STR("x")};
    int64_t own = save(draft);
    test_act_as(&test, desk, ROLE_AGENT);
    struct ctx ctx = test_ctx(&test);
    struct mail_page_ask ask = {.folder = theirs, .limit = 50};
    struct mail_selection selection = {.folder = theirs, .ids = &thread, .count = 1};
    struct mail_reading reading;
    struct mail_message got;
    struct str text;
    struct mail_sent sent;
    int64_t inbox = folder_of(MAIL_INBOX);
    assert_int_equal(mail_list(&ctx, &ask, &page), NOT_FOUND);
    assert_int_equal(mail_read(&ctx, thread, theirs, &reading), NOT_FOUND);
    assert_int_equal(mail_read(&ctx, thread, inbox, &reading), NOT_FOUND);
    assert_int_equal(mail_read(&ctx, thread, 0, &reading), NOT_FOUND);
    assert_int_equal(mail_message_get(&ctx, message, &got), NOT_FOUND);
    assert_int_equal(mail_message_source(&ctx, message, &text), NOT_FOUND);
    assert_int_equal(DO(&test, mail_delete(&ctx, &selection, &changed)), NOT_FOUND);
    selection.folder = 0;
    assert_int_equal(DO(&test, mail_move(&ctx, &selection, inbox, &changed)), OK);
    assert_int_equal(changed, 0);
    selection.are_messages = true;
    selection.ids = &message;
    assert_int_equal(DO(&test, mail_mark(&ctx, &selection, MAIL_FLAG, &changed)), OK);
    assert_int_equal(changed, 0);
    selection.folder = MAIL_FOLDER_DELETED;
    assert_int_equal(DO(&test, mail_restore(&ctx, &selection, &changed)), OK);
    assert_int_equal(changed, 0);
    assert_int_equal(mail_draft_get(&ctx, own, &draft), NOT_FOUND);
    assert_int_equal(DO(&test, mail_send(&ctx, own, &sent)), NOT_FOUND);
    assert_int_equal(DO(&test, mail_draft_drop(&ctx, own)), NOT_FOUND);
    assert_int_equal(DO(&test, mail_folder_delete(&ctx, theirs)), NOT_FOUND);
    assert_int_equal(found_by("finances"), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(lists_conversations),
        TEST(a_conversation_has_an_end),
        TEST(each_change_keeps_the_conversation),
        TEST(turns_pages),
        TEST(the_name_of_a_group_is_not_the_senders),
        TEST(an_address_of_any_bytes_is_shown_as_text),
        TEST(reads_and_marks),
        TEST(deletes_and_restores),
        TEST(a_draft_keeps_its_number),
        TEST(sending_refuses_and_says_why),
        TEST(sends_and_undoes),
        TEST(a_form_posted_twice_sends_once),
        TEST(a_reply_quotes_and_follows),
        TEST(pages_open),
        TEST(html_is_shown_in_a_frame),
        TEST(finds_what_is_there),
        TEST(others_mail_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
