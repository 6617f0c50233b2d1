/* A front that is told to end, with clients at its doors. */
#include "role/test_front.h"

/* Who is being worked for gets the answer; the others hear that it is over. */
static void a_front_that_ends_finishes_what_is_open(void **state)
{
    (void)state;
    struct message_handle stop = {0};
    struct message_deliver one, two;
    int idle = dial(IMAP), fd = lmtp_with("x@beauval.example", "y@clairmont.example");
    hears(idle, "* OK");
    take(&towns[BEAUVAL], MESSAGE_DELIVER, &one);
    take(&towns[CLAIRMONT], MESSAGE_DELIVER, &two);
    give(&parent, MESSAGE_STOP, &stop);
    hears(idle, "* BYE Going down");
    hears_end(idle);
    say(fd, "NOOP\r\n");
    tell_delivered(&towns[BEAUVAL], one.handle, OK, STR(""));
    tell_delivered(&towns[CLAIRMONT], two.handle, OK, STR(""));
    hears(fd, "250 2.0.0");
    hears(fd, "250 2.0.0");
    hears(fd, "421 4.3.2");
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_front_that_ends_finishes_what_is_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
