#include "language/model/model.h"

#include <math.h>

#include "language/model/half.h"
#include "language/model/test_model.h"

enum { FILE_MAX = 4 << 20 };

static void files_go_round(void **state)
{
    (void)state;
    struct test_model *test = test_model_begin(STREAM_LINES, 200);
    struct model read;
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX), again BUF_SCOPE = BUF_INIT(FILE_MAX);
    test_model_train(test_model_trainer(test, 20, 1));
    model_write(&test->model, GGUF_F32, &file);
    assert_int_equal(model_read(test->arena, buf_str(&file), &read), OK);
    assert_memory_equal(read.net.weight, test->model.net.weight, read.net.count * sizeof(float));
    assert_true(str_eq(read.making.name, STR("test")) && read.making.steps == 20 && read.making.seed == 3);
    assert_int_equal(read.pieces.count, test->model.pieces.count);
    for (size_t i = 0; i < read.pieces.count; i++)
        assert_true(str_eq(read.pieces.texts[i], test->model.pieces.texts[i]));
    model_write(&read, GGUF_F32, &again);
    assert_true(str_eq(buf_str(&file), buf_str(&again)));
    test_model_end(test);
}

/* Rounded weights are near, and stay the same when rounded once more. */
static void rounded_files_go_round(void **state)
{
    (void)state;
    const enum gguf_type types[] = {GGUF_F16, GGUF_Q8_0};
    for (size_t t = 0; t < 2; t++) {
        struct test_model *test = test_model_begin(STREAM_LINES, 0);
        struct model read, second;
        struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX), again BUF_SCOPE = BUF_INIT(FILE_MAX);
        test_model_train(test_model_trainer(test, 20, 1));
        model_write(&test->model, types[t], &file);
        assert_int_equal(model_read(test->arena, buf_str(&file), &read), OK);
        assert_int_equal(read.type, types[t]);
        for (size_t i = 0; i < read.net.count; i++)
            assert_true(fabsf(read.net.weight[i] - test->model.net.weight[i]) < 0.005F);
        model_write(&read, types[t], &again);
        assert_int_equal(model_read(test->arena, buf_str(&again), &second), OK);
        for (size_t i = 0; i < read.net.count; i++)
            assert_true(fabsf(read.net.weight[i] - second.net.weight[i]) < 1e-4F);
        test_model_end(test);
    }
}

static void halves_are_exact(void **state)
{
    (void)state;
    for (uint32_t bits = 0; bits < 0x10000; bits++) {
        uint16_t half = (uint16_t)bits;
        char bytes[2];
        memcpy(bytes, &half, sizeof half);
        if ((half >> 10 & 31) != 31)
            assert_int_equal(half_of(half_at(bytes)), half);
    }
    assert_int_equal(half_of(65519.9F), 0x7BFF);
    assert_int_equal(half_of(65520), 0x7C00);
    assert_int_equal(half_of(1.0F + 1.0F / 2048), 0x3C00); /* a tie: to the even one */
    assert_int_equal(half_of(1.0F + 3.0F / 2048), 0x3C02);
    assert_int_equal(half_of(1e-9F), 0);
}

/* Cut anywhere, or with any byte changed, it is refused. */
static void altered_files_are_refused(void **state)
{
    (void)state;
    struct test_model *test = test_model_begin(STREAM_LINES, 0);
    struct model read;
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX);
    test_model_trainer(test, 1, 1);
    model_write(&test->model, GGUF_Q8_0, &file);
    for (size_t at = 0; at < file.len; at = at < 4000 ? at + 1 : at + 487) {
        struct arena *arena ARENA_SCOPE = arena_create(FILE_MAX);
        assert_true(model_read(arena, str_slice(buf_str(&file), 0, at), &read) != OK);
        for (int bit = 0; bit < 8; bit += 7) {
            file.at[at] = (char)(file.at[at] ^ 1 << bit);
            enum status done = model_read(arena, buf_str(&file), &read);
            assert_true(done == CORRUPT || done == CONFLICT || done == LIMIT);
            file.at[at] = (char)(file.at[at] ^ 1 << bit);
        }
    }
    struct arena *full ARENA_SCOPE = arena_create(5000);
    assert_int_equal(model_read(full, buf_str(&file), &read), LIMIT);
    test_model_end(test);
}

/* With a right checksum: whoever makes a file can make that too. */
static void weights_that_are_no_numbers_are_refused(void **state)
{
    (void)state;
    const float wrong[] = {NAN, INFINITY, -INFINITY};
    const enum gguf_type types[] = {GGUF_F32, GGUF_F16};
    struct test_model *test = test_model_begin(STREAM_LINES, 0);
    test_model_trainer(test, 1, 1);
    float *last = &test->model.net.weight[test->model.net.count - 1];
    for (size_t i = 0; i < 6; i++) {
        struct model read;
        struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX);
        *last = wrong[i / 2];
        model_write(&test->model, types[i % 2], &file);
        assert_int_equal(model_read(test->arena, buf_str(&file), &read), CORRUPT);
    }
    test_model_end(test);
}

static void other_versions_are_told_apart(void **state)
{
    (void)state;
    struct test_model *test = test_model_begin(STREAM_LINES, 0);
    struct model read;
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX);
    test_model_trainer(test, 1, 1);
    model_write(&test->model, GGUF_Q8_0, &file);
    size_t at = str_find(buf_str(&file), STR("parvis.format")) + sizeof "parvis.format" - 1 + sizeof(uint32_t);
    file.at[at]++;
    assert_int_equal(model_read(test->arena, buf_str(&file), &read), CONFLICT);
    file.at[at]--;
    file.at[4]++; /* the version of the format itself */
    assert_int_equal(model_read(test->arena, buf_str(&file), &read), CONFLICT);
    test_model_end(test);
}

static void counts_have_maxima(void **state)
{
    (void)state;
    for (int over = 0; over < 2; over++) {
        struct arena *arena ARENA_SCOPE = arena_create(FILE_MAX);
        struct gguf gguf;
        struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX);
        gguf_write_head(&file, 0, GGUF_VALUES_MAX + over);
        for (int i = 0; i < GGUF_VALUES_MAX + over; i++)
            gguf_write_u32(&file, "a", 1);
        assert_int_equal(gguf_read(arena, buf_str(&file), &gguf), over ? LIMIT : OK);
        buf_clear(&file);
        gguf_write_head(&file, 0, 1);
        gguf_write_array(&file, "a", GGUF_ITEM_I32, GGUF_ITEMS_MAX + over);
        for (int i = 0; i < GGUF_ITEMS_MAX + over; i++)
            gguf_write_item_bytes(&file, &i, sizeof i);
        assert_int_equal(gguf_read(arena, buf_str(&file), &gguf), over ? LIMIT : OK);
        buf_clear(&file);
        gguf_write_head(&file, GGUF_TENSORS_MAX + over, 0);
        for (int i = 0; i < GGUF_TENSORS_MAX + over; i++)
            gguf_write_tensor(&file, "a", GGUF_F32, 1, 8, 0);
        for (int i = 0; i < 64; i++)
            buf_add_byte(&file, 0);
        assert_int_equal(gguf_read(arena, buf_str(&file), &gguf), over ? LIMIT : OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_go_round),           cmocka_unit_test(rounded_files_go_round),
        cmocka_unit_test(halves_are_exact),         cmocka_unit_test(altered_files_are_refused),
        cmocka_unit_test(weights_that_are_no_numbers_are_refused),
        cmocka_unit_test(other_versions_are_told_apart), cmocka_unit_test(counts_have_maxima),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
