#include "proto/mime/message_id.h"

#include "base/arena.h"
#include "base/buf.h"
#include "proto/mime/test_text.h"

static void ids_compare_however_they_are_written(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct str rest = STR("Your message of today <a@b> (<c@d>)\r\n <\"a\"@ b (x)> <> <open <e@f>");
    assert_text(message_id_next(arena, &rest), "a@b");
    assert_text(message_id_next(arena, &rest), "c@d");
    assert_text(message_id_next(arena, &rest), "a@b");
    assert_text(message_id_next(arena, &rest), "e@f");
    assert_true(str_is_absent(message_id_next(arena, &rest)));
}

static void threading_gets_its_facts(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct thread_facts facts;
    assert_int_equal(thread_facts_of(arena,
                                     STR("Message-Id: <3@x>\r\nReferences: <1@x>\r\n <2@x>\r\n"
                                         "In-Reply-To: <0@x> <9@x>\r\n\r\n"),
                                     &facts),
                     OK);
    assert_text(facts.id, "3@x");
    assert_text(facts.in_reply_to, "0@x");
    assert_int_equal(facts.references.count, 2);
    assert_text(facts.references.at[1], "2@x");
    assert_int_equal(thread_facts_of(arena, STR("In-Reply-To: <0@x> <9@x>\r\n"), &facts), OK);
    assert_true(str_is_absent(facts.id));
    assert_int_equal(facts.references.count, 1);
    assert_text(facts.references.at[0], "0@x");
}

static void a_long_chain_keeps_its_root_and_its_end(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct buf header BUF_SCOPE = BUF_INIT(1 << 20);
    struct thread_facts facts;
    buf_add_literal(&header, "References:");
    for (int i = 0; i <= MESSAGE_IDS_MAX; i++)
        buf_add_format(&header, " <%d@x>", i);
    assert_int_equal(thread_facts_of(arena, buf_str(&header), &facts), OK);
    assert_int_equal(facts.references.count, MESSAGE_IDS_MAX);
    assert_text(facts.references.at[0], "0@x");
    assert_text(facts.references.at[1], "2@x");
    assert_text(facts.references.at[MESSAGE_IDS_MAX - 1], "200@x");
}

static void an_endless_id_is_none(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct buf value BUF_SCOPE = BUF_INIT(5000);
    buf_add_byte(&value, '<');
    for (int i = 0; i < MESSAGE_ID_MAX; i++)
        buf_add_byte(&value, 'i');
    buf_add_literal(&value, "><b@c>");
    struct str rest = buf_str(&value);
    assert_int_equal(message_id_next(arena, &rest).len, MESSAGE_ID_MAX);
    buf_clear(&value);
    buf_add_byte(&value, '<');
    for (int i = 0; i < MESSAGE_ID_MAX + 1; i++)
        buf_add_byte(&value, 'i');
    buf_add_literal(&value, "><b@c>");
    rest = buf_str(&value);
    assert_text(message_id_next(arena, &rest), "b@c");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_compare_however_they_are_written),
        cmocka_unit_test(threading_gets_its_facts),
        cmocka_unit_test(a_long_chain_keeps_its_root_and_its_end),
        cmocka_unit_test(an_endless_id_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
