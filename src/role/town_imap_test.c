/* IMAP in a town: what it owes clients is bounded, whatever they ask for. */
#include "role/test_towns.h"

#include "proto/imap/imap_wire.h"

enum { IDLERS = 120, SHOWN = 300, KEYWORDS = 40 };

static struct imap_arg atom(const char *text)
{
    return (struct imap_arg){.kind = IMAP_ATOM, .text = str_of(text)};
}

static void command(int64_t handle, const char *name, struct imap_arg *args, size_t count)
{
    struct buf wire BUF_SCOPE = BUF_INIT(64 << 10);
    struct imap_command what = {.tag = STR("t"), .name = str_of(name), .args = args, .count = count};
    imap_wire_write(&wire, &what);
    struct message_imap_command ask = {
        .handle = handle, .command = buf_str(&wire), .ticket = good_ticket(), .literal = STR_NONE};
    assert_int_equal(message_send(seats[BEAUVAL].front.channel, MESSAGE_IMAP_COMMAND, &ask, -1), OK);
}

static void open_imap(int64_t handle, bool is_idle)
{
    struct imap_arg inbox = atom("INBOX");
    struct message_imap_bytes bytes;
    struct message_imap_open ask = {.handle = handle, .ticket = good_ticket()};
    assert_int_equal(message_send(seats[BEAUVAL].front.channel, MESSAGE_IMAP_OPEN, &ask, -1), OK);
    command(handle, "SELECT", &inbox, 1);
    take(&seats[BEAUVAL].front, MESSAGE_IMAP_BYTES, &bytes);
    assert_true(bytes.is_last && str_ends(bytes.bytes, STR("SELECT completed\r\n")));
    if (!is_idle)
        return;
    command(handle, "IDLE", NULL, 0);
    take(&seats[BEAUVAL].front, MESSAGE_IMAP_BYTES, &bytes);
    assert_false(bytes.is_last);
}

/* More than a channel holds is to be told to who idles. */
static void a_flood_of_flags_ends_sessions_and_not_the_town(void **state)
{
    (void)state;
    struct message_imap_bytes bytes;
    struct imap_arg words[KEYWORDS], args[] = {atom("1:*"), atom("+FLAGS.SILENT"), {.kind = IMAP_LIST}};
    for (int i = 0; i < SHOWN; i++)
        assert_int_equal(submitted(good_ticket(), "accueil@beauval.example", "accueil@beauval.example\n",
                                   mail_of("flagged")), OK);
    for (int i = 0; i < KEYWORDS; i++)
        words[i] = atom(str_format(arena, "a_keyword_as_long_as_any_may_be_%028d", i).at);
    args[2].items = words;
    args[2].count = KEYWORDS;
    for (int64_t i = 0; i < IDLERS; i++)
        open_imap(i, true);
    open_imap(IDLERS, false);
    command(IDLERS, "STORE", args, 3);
    do
        take(&seats[BEAUVAL].front, MESSAGE_IMAP_BYTES, &bytes);
    while (bytes.handle != IDLERS || !str_ends(bytes.bytes, STR("STORE completed\r\n")));
    connect_end(&seats[BEAUVAL], &seats[BEAUVAL].front, ROLE_FRONT);
    assert_int_equal(hand_in(good_ticket()), OK);
}

static void hand_in_large(size_t size)
{
    struct message_delivered answer;
    struct str message = str_format(arena, "From: accueil@beauval.example\r\n\r\n%0*d\r\n", (int)size, 0);
    int fd;
    struct message_deliver ask = {.handle = 1, .sender = STR("accueil@beauval.example"),
                                  .recipients = STR("accueil@beauval.example\n"), .source = STR("submission"),
                                  .trace = STR(""), .ticket = good_ticket(), .outbox_key = STR(""),
                                  .size = (int64_t)message.len, .body = STR_NONE};
    assert_int_equal(file_memory(message, &fd), OK);
    assert_int_equal(message_send(seats[BEAUVAL].front.channel, MESSAGE_DELIVER, &ask, fd), OK);
    take(&seats[BEAUVAL].front, MESSAGE_DELIVERED, &answer);
    assert_int_equal(answer.status, OK);
}

/* A literal that was begun and does not end would swallow all that follows. */
static void what_does_not_fit_an_answer_is_not_begun(void **state)
{
    (void)state;
    struct imap_arg words[] = {atom("BODY.PEEK[]"), atom("BODY.PEEK[TEXT]")},
                    args[] = {atom("1:2"), {.kind = IMAP_LIST, .items = words, .count = 2}};
    struct message_imap_bytes bytes;
    struct message_handle more = {1};
    hand_in_large(600 << 10); /* a chunk of its own */
    hand_in_large(40 << 20);
    open_imap(1, false);
    command(1, "FETCH", args, 2);
    take(&seats[BEAUVAL].front, MESSAGE_IMAP_BYTES, &bytes);
    assert_true(!bytes.is_last && str_is_absent(bytes.bytes) && bytes.size > 600 << 10);
    assert_int_equal(message_send(seats[BEAUVAL].front.channel, MESSAGE_IMAP_MORE, &more, -1), OK);
    take(&seats[BEAUVAL].front, MESSAGE_IMAP_BYTES, &bytes);
    assert_true(bytes.is_last && str_starts(bytes.bytes, STR("t NO [LIMIT] ")));
}

/* What clients asked for and do not take lies in memory: of one account, so much and no more. */
static void answers_nobody_takes_are_bounded(void **state)
{
    (void)state;
    enum { LARGE = 40 << 20, CLIENTS = (256 << 20) / LARGE + 2 };
    struct imap_arg args[] = {atom("1"), atom("BODY.PEEK[]")};
    struct message_imap_bytes bytes;
    hand_in_large(LARGE);
    for (int64_t i = 0; i < CLIENTS; i++) {
        open_imap(i, false);
        command(i, "FETCH", args, 2);
        take(&seats[BEAUVAL].front, MESSAGE_IMAP_BYTES, &bytes);
        assert_true(bytes.is_last && str_is_absent(bytes.bytes) == (i < CLIENTS - 1));
    }
    assert_true(str_starts(bytes.bytes, STR("t NO [LIMIT] ")));
    command(0, "NOOP", NULL, 0); /* it has taken its answer */
    take(&seats[BEAUVAL].front, MESSAGE_IMAP_BYTES, &bytes);
    command(CLIENTS - 1, "FETCH", args, 2);
    take(&seats[BEAUVAL].front, MESSAGE_IMAP_BYTES, &bytes);
    assert_true(bytes.size > LARGE);
    struct message_handle close = {1};
    assert_int_equal(message_send(seats[BEAUVAL].front.channel, MESSAGE_IMAP_CLOSE, &close, -1), OK);
    open_imap(CLIENTS, false);
    command(CLIENTS, "FETCH", args, 2);
    take(&seats[BEAUVAL].front, MESSAGE_IMAP_BYTES, &bytes);
    assert_true(bytes.size > LARGE);
}

/* Of each that was not stored, whole: every other one of many, so that no range shortens the list. */
static void all_that_was_modified_is_named(void **state)
{
    (void)state;
    enum { MESSAGES = 160 };
    struct imap_arg flags[] = {atom("\\Seen")}, unchanged[] = {atom("UNCHANGEDSINCE"), atom("1")},
                    args[] = {atom(""), {.kind = IMAP_LIST, .items = unchanged, .count = 2}, atom("+FLAGS.SILENT"),
                              {.kind = IMAP_LIST, .items = flags, .count = 1}};
    struct buf odd BUF_SCOPE = BUF_INIT(4000);
    struct message_imap_bytes bytes;
    for (int i = 1; i <= MESSAGES; i++) {
        assert_int_equal(submitted(good_ticket(), "accueil@beauval.example", "accueil@beauval.example\n",
                                   mail_of("modified")), OK);
        if (i % 2 == 1)
            buf_add_format(&odd, "%s%d", i > 1 ? "," : "", i);
    }
    args[0] = atom(str_copy(arena, buf_str(&odd)).at);
    args[0].text.len = odd.len;
    open_imap(1, false);
    command(1, "STORE", args, 4);
    take(&seats[BEAUVAL].front, MESSAGE_IMAP_BYTES, &bytes);
    struct str wanted =
        str_format(arena, "t OK [MODIFIED %.*s] Some were changed meanwhile\r\n", STR_ARG(buf_str(&odd)));
    assert_true(str_ends(bytes.bytes, wanted));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_flood_of_flags_ends_sessions_and_not_the_town),
        CASE(what_does_not_fit_an_answer_is_not_begun),
        CASE(answers_nobody_takes_are_bounded),
        CASE(all_that_was_modified_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
