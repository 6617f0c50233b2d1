/* Mail between two towns, each of which may die at any moment, as may the front that carries it. */
#include "role/test_towns.h"

#include "base/seeded.h"
#include "service/mail/message.h"

/* Hands a row over as front does, up to the answer of the other town. */
static struct message_delivered relay(const struct message_outbox *row)
{
    struct message_delivered answer;
    struct message_deliver deliver = {.handle = 9,
                                      .sender = row->sender,
                                      .recipients = row->recipients,
                                      .source = STR("town"),
                                      .trace = STR(""),
                                      .ticket = STR(""),
                                      .outbox_key = row->key,
                                      .size = row->size,
                                      .body = row->body};
    assert_int_equal(message_send(seats[CLAIRMONT].front.channel, MESSAGE_DELIVER, &deliver, -1), OK);
    take(&seats[CLAIRMONT].front, MESSAGE_DELIVERED, &answer);
    return answer;
}

static void answer_row(int64_t row, int64_t status, struct str statuses)
{
    struct message_outbox_done done = {row, status, statuses};
    assert_int_equal(message_send(seats[BEAUVAL].front.channel, MESSAGE_OUTBOX_DONE, &done, -1), OK);
    settle();
}

static void write_to(const char *recipients)
{
    assert_int_equal(submitted(good_ticket(), "accueil@beauval.example", recipients, mail_of("between towns")), OK);
}

static void mail_goes_from_town_to_town(void **state)
{
    (void)state;
    struct message_outbox row;
    write_to("etat-civil@beauval.example\naccueil@clairmont.example\n");
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &row);
    assert_true(str_eq(row.destination, STR("clairmont.example")));
    assert_true(str_eq(row.recipients, STR("accueil@clairmont.example\n")));
    struct message_delivered answer = relay(&row);
    assert_int_equal(answer.status, OK);
    assert_true(str_eq(answer.statuses, STR("ok\n")));
    answer_row(row.row, OK, answer.statuses);
    assert_int_equal(count_of(&seats[CLAIRMONT], 1), 1);
    assert_int_equal(count_of(&seats[BEAUVAL], 2), 1);
    assert_false(wait_for(&seats[BEAUVAL].front, 300)); /* nothing is left to send */
}

/* The answer was lost: with its front, with the sender, with the receiver. */
static void a_second_copy_is_dropped(void **state)
{
    (void)state;
    struct message_outbox row, again;
    write_to("accueil@clairmont.example\n");
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &row);
    assert_int_equal(relay(&row).status, OK);
    connect_end(&seats[BEAUVAL], &seats[BEAUVAL].front, ROLE_FRONT); /* front died */
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &again);
    assert_true(str_eq(row.key, again.key));
    assert_int_equal(relay(&again).status, OK);
    kill_town(&seats[BEAUVAL]);
    start_town(&seats[BEAUVAL]);
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &again);
    assert_true(str_eq(row.key, again.key));
    kill_town(&seats[CLAIRMONT]);
    start_town(&seats[CLAIRMONT]);
    struct message_delivered answer = relay(&again);
    assert_true(str_eq(answer.statuses, STR("ok\n")));
    answer_row(again.row, OK, answer.statuses);
    assert_int_equal(count_of(&seats[CLAIRMONT], 1), 1);
    assert_false(wait_for(&seats[BEAUVAL].front, 300));
}

static void who_does_not_exist_comes_back_as_a_bounce(void **state)
{
    (void)state;
    struct message_outbox row;
    write_to("nobody@clairmont.example\naccueil@clairmont.example\n");
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &row);
    struct message_delivered answer = relay(&row);
    assert_int_equal(answer.status, OK);
    assert_true(str_eq(answer.statuses, STR("not_found mail.unknown\nok\n")));
    answer_row(row.row, OK, answer.statuses);
    assert_false(wait_for(&seats[BEAUVAL].front, 300));
    assert_int_equal(count_of(&seats[BEAUVAL], ACCUEIL), 1);
    assert_int_equal(count_of(&seats[CLAIRMONT], ACCUEIL), 1);
}

static void a_domain_nobody_has_bounces_and_a_town_that_is_down_does_not(void **state)
{
    (void)state;
    struct message_outbox row;
    write_to("accueil@rochefleur.example\n");
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &row);
    answer_row(row.row, BUSY, STR(""));
    assert_int_equal(count_of(&seats[BEAUVAL], ACCUEIL), 0);
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &row); /* again, after its back-off */
    assert_int_equal(row.attempts, 1);
    answer_row(row.row, NOT_FOUND, STR(""));
    assert_false(wait_for(&seats[BEAUVAL].front, 300));
    assert_int_equal(count_of(&seats[BEAUVAL], ACCUEIL), 1);
}

static void a_town_that_does_not_answer_holds_up_no_other(void **state)
{
    (void)state;
    struct message_outbox row = {.destination = STR("")};
    for (int i = 0; i < 12; i++)
        submit(1, "accueil@beauval.example", "accueil@clairmont.example\n", good_ticket(), mail_of("held up"));
    submit(1, "accueil@beauval.example", "accueil@rochefleur.example\n", good_ticket(), mail_of("not held up"));
    while (!str_eq(row.destination, STR("rochefleur.example"))) {
        struct seen seen = next(&seats[BEAUVAL].front);
        if (seen.kind == MESSAGE_OUTBOX)
            assert_int_equal(message_take(seen.kind, seen.payload, &row), OK);
    }
    answer_row(row.row, OK, STR("ok\n"));
}

/* The parent tells what a town has opted into. */
static void opt(struct seat *seat, uint64_t services_on)
{
    struct place *place = &seat->place;
    place->services_on = services_on;
    struct message_member told = {.member = place->member, .services_on = (int64_t)services_on, .name = place->name,
                                  .title = place->title, .kind = place->kind, .language = place->language,
                                  .zone = place->zone, .desk = STR(""), .phone = STR(""), .hours = STR(""),
                                  .domains = seat->domain, .hosts = STR("")};
    assert_int_equal(message_send(seat->parent.channel, MESSAGE_MEMBER, &told, -1), OK);
    settle();
}

static struct message_rcpt_answer ask_rcpt(struct seat *seat, const char *address)
{
    struct message_rcpt_answer answer;
    struct message_rcpt ask = {.handle = 12, .address = str_of(address), .sender = STR("x@outside.example"),
                               .source = STR("smtp"), .ticket = STR("")};
    assert_int_equal(message_send(seat->front.channel, MESSAGE_RCPT, &ask, -1), OK);
    take(&seat->front, MESSAGE_RCPT_ANSWER, &answer);
    return answer;
}

/* Opting out of mail hides and keeps: all doors refuse, other towns hear that it is for good, and what is there
 * stays. */
static void without_mail_nothing_comes_in_and_nothing_is_lost(void **state)
{
    (void)state;
    struct message_outbox row;
    struct message_imap_bytes bytes;
    struct seat *clairmont = &seats[CLAIRMONT];
    write_to("accueil@clairmont.example\n");
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &row);
    assert_true(str_eq(relay(&row).statuses, STR("ok\n")));
    answer_row(row.row, OK, STR("ok\n"));
    assert_int_equal(ask_rcpt(clairmont, "accueil@clairmont.example").status, OK);
    opt(clairmont, 0);
    struct message_rcpt_answer refused = ask_rcpt(clairmont, "accueil@clairmont.example");
    assert_int_equal(refused.status, GONE);
    assert_true(str_eq(refused.code, STR("mail.closed")));
    write_to("accueil@clairmont.example\netat-civil@clairmont.example\n");
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &row);
    struct message_delivered answer = relay(&row);
    assert_int_equal(answer.status, OK);
    assert_true(str_eq(answer.statuses, STR("denied mail.closed\ndenied mail.closed\n")));
    answer_row(row.row, OK, answer.statuses);
    assert_int_equal(count_of(&seats[BEAUVAL], ACCUEIL), 1); /* whoever wrote is told */
    struct message_imap_command command = {.handle = 13, .command = STR(""), .ticket = STR("")};
    assert_int_equal(message_send(clairmont->front.channel, MESSAGE_IMAP_COMMAND, &command, -1), OK);
    take(&clairmont->front, MESSAGE_IMAP_BYTES, &bytes);
    assert_true(bytes.is_over && str_find(bytes.bytes, STR("no mail service")) != SIZE_MAX);
    assert_int_equal(count_of(clairmont, 1), 1); /* kept */
    opt(clairmont, UINT64_MAX);
    assert_int_equal(ask_rcpt(clairmont, "accueil@clairmont.example").status, OK);
}

/* An answer for a row nobody was given, or for a row of long ago, changes nothing. */
static void answers_nobody_asked_for_are_dropped(void **state)
{
    (void)state;
    struct message_outbox row;
    answer_row(1, OK, STR("ok\n"));
    answer_row(0, OK, STR("ok\n"));
    answer_row(-1, 99, STR(""));
    write_to("accueil@clairmont.example\n");
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &row);
    answer_row(row.row + 1, OK, STR("ok\n"));
    struct message_outbox again;
    connect_end(&seats[BEAUVAL], &seats[BEAUVAL].front, ROLE_FRONT);
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &again);
    assert_true(again.row != row.row);
    answer_row(row.row, OK, STR("ok\n")); /* of the sending before this one */
    connect_end(&seats[BEAUVAL], &seats[BEAUVAL].front, ROLE_FRONT);
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &again);
}

enum { KEPT_MAX = 100 * 1000 };

/* Of each message: whether its hand-in was answered and acknowledged, whether the other town took it, and how often it
 * lies in the INBOX. */
static struct {
    bool is_answered, is_acknowledged, is_taken;
    int found;
} kept[KEPT_MAX];

/* The number a message bears as its subject. */
static int64_t number_of(struct str message)
{
    uint64_t number;
    size_t from = str_find(message, STR("Subject: ")) + strlen("Subject: ");
    size_t to = str_find(message, STR("\r\n\r\n"));
    assert_int_equal(str_to_u64(str_slice(message, from, to), KEPT_MAX - 1, &number), OK);
    return (int64_t)number;
}

/* Front between two towns that may die at any moment: relays what came, forgets what was lost. */
static void relay_one(const struct seen *seen, struct channel *to)
{
    struct message_outbox row;
    assert_int_equal(message_take(seen->kind, seen->payload, &row), OK);
    struct message_deliver deliver = {.handle = row.row * KEPT_MAX + number_of(row.body),
                                      .sender = row.sender,
                                      .recipients = row.recipients,
                                      .source = STR("town"),
                                      .trace = STR(""),
                                      .ticket = STR(""),
                                      .outbox_key = row.key,
                                      .size = row.size,
                                      .body = row.body};
    enum status done = to != NULL ? message_send(to, MESSAGE_DELIVER, &deliver, -1) : GONE;
    assert_true(done == OK || done == GONE);
}

static void pump(void)
{
    struct end *from = &seats[BEAUVAL].front, *to = &seats[CLAIRMONT].front;
    struct message_delivered answer;
    while (from->taken < from->count) {
        struct seen seen = from->seen[from->taken++ % SEEN_MAX];
        if (seen.kind == MESSAGE_OUTBOX)
            relay_one(&seen, to->channel);
        else if (message_take(MESSAGE_DELIVERED, seen.payload, &answer) == OK) {
            kept[answer.handle].is_answered = true;
            kept[answer.handle].is_acknowledged = answer.status == OK;
        }
    }
    while (to->taken < to->count) {
        struct seen seen = to->seen[to->taken++ % SEEN_MAX];
        assert_int_equal(message_take(seen.kind, seen.payload, &answer), OK);
        kept[answer.handle % KEPT_MAX].is_taken |= answer.status == OK;
        struct message_outbox_done done = {answer.handle / KEPT_MAX, answer.status, answer.statuses};
        enum status sent =
            from->channel != NULL ? message_send(from->channel, MESSAGE_OUTBOX_DONE, &done, -1) : GONE;
        assert_true(sent == OK || sent == GONE);
    }
}

static void run_for(int64_t wait_ms)
{
    is_late = false;
    loop_timer_set(limit, wait_ms > 0 ? wait_ms : 1);
    while (!is_late) {
        loop_run(loop, NULL, NULL);
        pump();
    }
}

static bool is_all_taken(int64_t sent)
{
    for (int64_t i = 0; i < sent; i++)
        if (kept[i].is_acknowledged && !kept[i].is_taken)
            return false;
    return true;
}

static void count_kept(struct seat *seat)
{
    mailbox_row inbox;
    stop_town(seat);
    struct town *town = open_files(seat);
    struct ctx ctx = {.arena = arena, .town = town, .db = town->db, .now = clock_now()};
    assert_int_equal(mailbox_by_use(&ctx, ACCUEIL, STR("inbox"), &inbox), OK);
    for (int64_t uid = 1; uid < inbox.uid_next; uid++) {
        message_row message;
        email_row email;
        uint64_t number;
        assert_int_equal(message_get(&ctx, inbox.id, uid, &message), OK);
        assert_int_equal(
            sql_message_email_get(town->db, arena, (struct sql_message_email_get){.id = message.email}, &email),
            OK);
        assert_int_equal(str_to_u64(email.subject, KEPT_MAX - 1, &number), OK);
        kept[number].found++;
    }
    house_close_town(town);
}

static void nothing_is_lost_or_doubled_by_kills(void **state)
{
    (void)state;
    struct seeded seeded = {20261124};
    int64_t sent = 0, acknowledged = 0;
    const char *rounds = getenv("PARVIS_KILLS");
    int kills = rounds != NULL ? atoi(rounds) : 30;
    for (int i = 0; i < kills && sent + 3 < KEPT_MAX; i++) {
        for (int j = 0; j < 3; j++, sent++)
            submit(sent, "accueil@beauval.example", "accueil@clairmont.example\n", good_ticket(),
                   mail_of(str_format(arena, "%lld", (long long)sent).at));
        /* Killed at once, or at work: however slow the machine, some are to be acknowledged. */
        for (int j = 0; i % 2 == 1 && j < WAIT_MS / 10 && !kept[sent - 1].is_answered; j++)
            run_for(10);
        run_for((int64_t)seeded_below(&seeded, 30));
        struct seat *seat = &seats[seeded_below(&seeded, TOWNS)];
        kill_town(seat);
        start_town(seat);
        if (seat == &seats[CLAIRMONT]) /* what that town had not answered is sent again to another front */
            connect_end(&seats[BEAUVAL], &seats[BEAUVAL].front, ROLE_FRONT);
    }
    run_for(1500);
    for (int i = 0; i < WAIT_MS / 100 && !is_all_taken(sent); i++) /* a machine at work on other things takes longer */
        run_for(100);
    assert_int_equal(count_of(&seats[BEAUVAL], ACCUEIL), 0); /* no bounce */
    count_kept(&seats[CLAIRMONT]);
    for (int64_t i = 0; i < sent; i++) {
        assert_in_range(kept[i].found, kept[i].is_acknowledged ? 1 : 0, 1);
        acknowledged += kept[i].is_acknowledged;
    }
    printf("%d kills: %lld handed in, %lld acknowledged, none lost, none twice\n", kills, (long long)sent,
           (long long)acknowledged);
    assert_true(acknowledged > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(mail_goes_from_town_to_town),
        CASE(a_second_copy_is_dropped),
        CASE(who_does_not_exist_comes_back_as_a_bounce),
        CASE(a_domain_nobody_has_bounces_and_a_town_that_is_down_does_not),
        CASE(without_mail_nothing_comes_in_and_nothing_is_lost),
        CASE(a_town_that_does_not_answer_holds_up_no_other),
        CASE(answers_nobody_asked_for_are_dropped),
        CASE(nothing_is_lost_or_doubled_by_kills),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
