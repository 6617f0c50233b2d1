/* What a town owes auth is told until auth has answered, whoever dies meanwhile. */
#include "role/test_towns.h"

#include "core/people_task.h"

static void owe_auth(struct seat *seat)
{
    stop_town(seat);
    struct town *town = open_files(seat);
    struct ctx ctx = {.arena = arena, .town = town, .db = town->db, .now = clock_now()};
    struct auth_person person = {2, STR("etat-civil@beauval.example"), ROLE_AGENT, false, STR("")};
    unsigned char hash[AUTH_CODE_HASH_BYTES] = "a hash";
    writer_job_begin(town->writer);
    enum status done = people_task_put(&ctx, &person);
    done = done != OK ? done : people_task_invite(&ctx, 2, hash, (struct instant){ctx.now.ms + 1000});
    done = done != OK ? done : people_task_mandate(&ctx, 5, STR("operateur@syndicat.example"), ctx.now);
    done = done != OK ? done : people_task_mail_password(&ctx, true);
    assert_int_equal(writer_job_end(town->writer, done), OK);
    assert_int_equal(writer_commit(town->writer), OK);
    house_close_town(town);
    start_town(seat);
}

static void say_done(struct seat *seat, int64_t task, int64_t status)
{
    struct message_person_done done = {task, status};
    assert_int_equal(message_send(seat->auth.channel, MESSAGE_PERSON_DONE, &done, -1), OK);
    settle();
}

static void auth_is_told_until_it_has_answered(void **state)
{
    (void)state;
    struct seat *seat = &seats[BEAUVAL];
    struct message_person_put put, put_again;
    struct message_invite invite, invite_again;
    struct message_mandate mandate;
    struct message_mail_password mail_password;
    owe_auth(seat);
    take(&seat->auth, MESSAGE_PERSON_PUT, &put);
    take(&seat->auth, MESSAGE_INVITE, &invite);
    take(&seat->auth, MESSAGE_MANDATE, &mandate);
    take(&seat->auth, MESSAGE_MAIL_PASSWORD, &mail_password);
    assert_int_equal(put.person, 2);
    assert_false(put.is_active);
    assert_int_equal(mandate.mandate, 5);
    assert_true(mail_password.is_allowed);
    say_done(seat, put.handle, OK);
    say_done(seat, mandate.handle, OK);
    say_done(seat, mail_password.handle, INVALID); /* never will be: it goes */
    kill_town(seat);
    start_town(seat);
    take(&seat->auth, MESSAGE_INVITE, &invite_again);
    assert_int_equal(invite_again.handle, invite.handle);
    connect_end(seat, &seat->auth, ROLE_AUTH); /* auth died */
    take(&seat->auth, MESSAGE_INVITE, &invite_again);
    say_done(seat, invite.handle, BUSY); /* not now */
    connect_end(seat, &seat->auth, ROLE_AUTH);
    take(&seat->auth, MESSAGE_INVITE, &invite_again);
    say_done(seat, invite.handle, OK);
    assert_false(wait_for(&seat->auth, 200));
    owe_auth(seat); /* new tasks have new numbers, or an old answer would be taken for theirs */
    take(&seat->auth, MESSAGE_PERSON_PUT, &put_again);
    assert_true(put_again.handle > mail_password.handle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(auth_is_told_until_it_has_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
