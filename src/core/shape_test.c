#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "core/shape.h"

struct sample {
    int64_t number;
    bool is_set;
    struct str text, bytes;
};
static const struct shape_field sample_fields[] = {
    SHAPE_FIELD(sample, number, SHAPE_INT, 1000),
    SHAPE_FIELD(sample, is_set, SHAPE_BOOL, 0),
    SHAPE_FIELD(sample, text, SHAPE_TEXT, 8),
    SHAPE_FIELD(sample, bytes, SHAPE_BYTES, 8),
};
static const struct shape sample_shape = SHAPE_OF(sample, sample_fields);

static struct sample filled(void)
{
    return (struct sample){-42, true, STR("\xC3\xA9t\xC3\xA9"), STR("\xFF\x00z")};
}

static void assert_same(const struct sample *a, const struct sample *b)
{
    assert_int_equal(a->number, b->number);
    assert_int_equal(a->is_set, b->is_set);
    assert_true(str_eq(a->text, b->text) && str_is_absent(a->text) == str_is_absent(b->text));
    assert_true(str_eq(a->bytes, b->bytes));
}

static void what_is_encoded_decodes_the_same(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    struct sample samples[] = {filled(), {0}, {.text = STR("")}}, got;
    for (size_t i = 0; i < 3; i++) {
        buf_clear(&out);
        shape_encode(&out, &sample_shape, &samples[i]);
        assert_int_equal(shape_decode(&sample_shape, buf_str(&out), &got), OK);
        assert_same(&got, &samples[i]);
    }
}

static void every_cut_and_every_tail_is_refused(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    struct sample sample = filled(), got;
    shape_encode(&out, &sample_shape, &sample);
    for (size_t i = 0; i < out.len; i++)
        assert_int_equal(shape_decode(&sample_shape, str_slice(buf_str(&out), 0, i), &got), INVALID);
    buf_add_byte(&out, 0);
    assert_int_equal(shape_decode(&sample_shape, buf_str(&out), &got), INVALID);
}

static void assert_refused(struct sample sample)
{
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    struct sample got;
    shape_encode(&out, &sample_shape, &sample);
    assert_int_equal(shape_decode(&sample_shape, buf_str(&out), &got), INVALID);
}

static void limits_and_bad_text_are_refused(void **state)
{
    (void)state;
    assert_refused((struct sample){.number = 1001});
    assert_refused((struct sample){.number = -1001});
    assert_refused((struct sample){.text = STR("123456789")});
    assert_refused((struct sample){.bytes = STR("123456789")});
    assert_refused((struct sample){.text = STR("\xC3")});
}

static void json_comes_back_the_same(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(10000);
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    struct sample samples[] = {filled(), {0}, {.text = STR("\"\\\n")}}, got;
    for (size_t i = 0; i < 3; i++) {
        buf_clear(&out);
        shape_json(&out, &sample_shape, &samples[i]);
        assert_int_equal(shape_from_json(arena, &sample_shape, buf_str(&out), &got), OK);
        assert_same(&got, &samples[i]);
    }
}

static void json_with_other_fields_is_refused(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(10000);
    struct sample got;
    struct str bad[] = {STR("{}"), STR("[]"), STR("{\"number\":1,\"is_set\":true,\"text\":\"a\",\"other\":\"\"}"),
                        STR("{\"number\":\"1\",\"is_set\":true,\"text\":\"a\",\"bytes\":\"\"}"),
                        STR("{\"number\":1,\"is_set\":true,\"text\":\"a\",\"bytes\":\"%\"}"),
                        STR("{\"number\":1001,\"is_set\":true,\"text\":\"a\",\"bytes\":\"\"}")};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(shape_from_json(arena, &sample_shape, bad[i], &got), INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_encoded_decodes_the_same),
        cmocka_unit_test(every_cut_and_every_tail_is_refused),
        cmocka_unit_test(limits_and_bad_text_are_refused),
        cmocka_unit_test(json_comes_back_the_same),
        cmocka_unit_test(json_with_other_fields_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
