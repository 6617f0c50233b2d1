/* Mail carried from town to town by a front: it is handed over, and each end is believed for its own alone. */
#include "role/test_front.h"

static struct message_outbox outgoing(int64_t row, struct str destination)
{
    return (struct message_outbox){.row = row, .key = STR("7.1.1"), .destination = destination,
                                   .sender = STR("a@beauval.example"), .recipients = STR("b@clairmont.example\n"),
                                   .trace = STR(""), .size = 4, .body = STR("mail")};
}

static void outbox_mail_is_carried_and_answered(void **state)
{
    (void)state;
    struct message_outbox sent = outgoing(41, STR("clairmont.example")), lost = outgoing(42, STR("nowhere.example"));
    struct message_deliver deliver;
    struct message_outbox_done done;
    give(&towns[BEAUVAL], MESSAGE_OUTBOX, &sent);
    take(&towns[CLAIRMONT], MESSAGE_DELIVER, &deliver);
    assert_true(str_eq(deliver.source, STR("town")) && str_eq(deliver.outbox_key, STR("7.1.1")));
    assert_true(deliver.ticket.len == 0 && str_eq(deliver.body, STR("mail")));
    tell_delivered(&towns[BEAUVAL], deliver.handle, OK, STR("")); /* not theirs to say */
    tell_delivered(&towns[CLAIRMONT], deliver.handle, OK, STR("not_found mail.unknown\n"));
    take(&towns[BEAUVAL], MESSAGE_OUTBOX_DONE, &done);
    assert_true(done.row == 41 && done.status == OK && str_eq(done.statuses, STR("not_found mail.unknown\n")));
    tell_delivered(&towns[CLAIRMONT], deliver.handle, OK, STR("")); /* twice: nobody is told */
    give(&towns[BEAUVAL], MESSAGE_OUTBOX, &lost);
    take(&towns[BEAUVAL], MESSAGE_OUTBOX_DONE, &done);
    assert_true(done.row == 42 && done.status == NOT_FOUND);
    give(&towns[BEAUVAL], MESSAGE_OUTBOX, &sent);
    take(&towns[CLAIRMONT], MESSAGE_DELIVER, &deliver);
    drop_end(&towns[CLAIRMONT]);
    take(&towns[BEAUVAL], MESSAGE_OUTBOX_DONE, &done);
    assert_true(done.row == 41 && done.status == BUSY);
    give(&towns[BEAUVAL], MESSAGE_OUTBOX, &sent);
    take(&towns[BEAUVAL], MESSAGE_OUTBOX_DONE, &done);
    assert_true(done.row == 41 && done.status == BUSY);
}

/* Who was taken over is itself still. */
static void a_town_sends_nothing_as_another(void **state)
{
    (void)state;
    struct message_outbox sent = outgoing(44, STR("clairmont.example"));
    struct message_deliver deliver;
    struct message_outbox_done done;
    sent.sender = STR("maire@clairmont.example");
    give(&towns[BEAUVAL], MESSAGE_OUTBOX, &sent);
    take(&towns[BEAUVAL], MESSAGE_OUTBOX_DONE, &done);
    assert_true(done.row == 44 && done.status == DENIED);
    sent.sender = STR("a@mairie.example"); /* its other domain */
    sent.key = STR("8.1.1");
    give(&towns[BEAUVAL], MESSAGE_OUTBOX, &sent);
    take(&towns[BEAUVAL], MESSAGE_OUTBOX_DONE, &done);
    assert_true(done.row == 44 && done.status == DENIED);
    sent.key = STR("7.1.1");
    give(&towns[BEAUVAL], MESSAGE_OUTBOX, &sent);
    take(&towns[CLAIRMONT], MESSAGE_DELIVER, &deliver);
    sent.sender = STR("");
    give(&towns[BEAUVAL], MESSAGE_OUTBOX, &sent);
    take(&towns[CLAIRMONT], MESSAGE_DELIVER, &deliver);
}

/* A front that has just begun hears towns before it has heard of all of them. */
static void a_domain_not_told_of_yet_is_not_unknown(void **state)
{
    (void)state;
    struct message_outbox early = outgoing(43, STR("rochefleur.example"));
    struct message_outbox_done done;
    give(&towns[BEAUVAL], MESSAGE_OUTBOX, &early);
    take(&towns[BEAUVAL], MESSAGE_OUTBOX_DONE, &done);
    assert_true(done.row == 43 && done.status == BUSY);
    open_doors();
    give(&towns[BEAUVAL], MESSAGE_OUTBOX, &early);
    take(&towns[BEAUVAL], MESSAGE_OUTBOX_DONE, &done);
    assert_true(done.row == 43 && done.status == NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(outbox_mail_is_carried_and_answered),
        CASE(a_town_sends_nothing_as_another),
        cmocka_unit_test_setup_teardown(a_domain_not_told_of_yet_is_not_unknown, set_up_closed, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
