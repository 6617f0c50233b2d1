#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "service/payroll/pay/payslip_bytes.h"
#include "service/payroll/pay/test_pay.h"

static struct arena *arena;
static struct law law;
static struct buf one, other;
static struct pay_trace trace;

static void made(const struct law *of, const struct pay_facts *facts, struct buf *out, struct payslip *ret_payslip)
{
    struct pay_law of_month;
    enum law_code missing;
    struct pay_employer employer = {.mobility = {18500, STR_INIT("taux")}, .is_large = true};
    struct payslip_made all = {&of_month, facts, date_of(2026, 3, 1), date_of(2026, 3, 31), ret_payslip, &trace};
    assert_int_equal(pay_law_of(of, &employer, all.month, all.known, &of_month, &missing), OK);
    pay_compute_traced(&of_month, facts, ret_payslip, &trace);
    buf_clear(out);
    assert_int_equal(payslip_bytes_write(&all, out), OK);
}

static void what_is_written_is_read_again(void **state)
{
    (void)state;
    static struct payslip_read read;
    struct seeded random = {20261130};
    for (int i = 0; i < 2000; i++) {
        struct test_room room;
        struct pay_facts facts = test_drawn_whole(&random, &room);
        struct payslip payslip;
        made(&law, &facts, &one, &payslip);
        assert_int_equal(payslip_bytes_read(buf_str(&one), &read), OK);
        assert_memory_equal(&read.payslip, &payslip, sizeof payslip);
        assert_int_equal(read.trace.piece_count, trace.piece_count);
        for (size_t k = 0; k < trace.piece_count; k++)
            assert_int_equal(read.trace.pieces[k].cents, trace.pieces[k].cents);
        for (enum pay_line line = 0; line < PAY_LINES; line++) {
            assert_int_equal(read.versions[line] > 0, read.trace.steps[line].scale > 0);
            if (read.versions[line] > 0)
                assert_int_equal(read.trace.steps[line].exact, trace.steps[line].exact);
        }
        assert_true(read.row_count > 5);
    }
}

/* Rows that come later, for days that come later or known later, change no byte. */
static void later_rows_change_no_byte(void **state)
{
    (void)state;
    struct law more, joined;
    struct law_fault fault;
    struct payslip payslip;
    struct pay_facts facts = test_plain;
    struct str csv = STR("code,since,until,value,unit,known,trust,name,source,link\n"
                         "crds,2026-01-01,,0.006,ratio,2026-04-01,A,CRDS,essai,\n"
                         "pss.month,2027-01-01,,4100,EUR,2026-03-02,A,plafond,essai,\n");
    assert_int_equal(law_read(arena, csv, &more, &fault), OK);
    assert_int_equal(law_joined(arena, &law, &more, &joined), OK);
    made(&law, &facts, &one, &payslip);
    made(&joined, &facts, &other, &payslip);
    assert_true(str_eq(buf_str(&one), buf_str(&other)));
    assert_int_equal(law_joined(arena, &more, &law, &joined), OK); /* whatever the order of rows */
    made(&joined, &facts, &other, &payslip);
    assert_true(str_eq(buf_str(&one), buf_str(&other)));
}

/* What one reads: the whole of a short payslip's first lines. */
static void bytes_are_words(void **state)
{
    (void)state;
    struct payslip payslip;
    struct pay_facts facts = test_plain;
    made(&law, &facts, &one, &payslip);
    struct str first = STR(
        "payslip 1 2026-03-01 2026-03-31\n"
        "line treatment 1 190511 0 387 59073400 120000 100 100 1905117150 point.year cut within\n"
        "line transfer 1 0 0 16700 1 12 100 100 13916666 transfer.c near ceiling\n");
    assert_true(str_starts(buf_str(&one), first));
    struct str row = STR("\nrow point.year 2023-07-01 2023-06-29 59073400 1000000\n");
    assert_true(str_find(buf_str(&one), row) != SIZE_MAX);
}

static void other_bytes_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "", "payslip 1 2026-03-01 2026-03-31", "payslip 2 2026-03-01 2026-03-31\n", "payslip 1 2026-03-01\n",
        "payslip 1 2026-03-01 2026-03-31\nline\n", "payslip 1 2026-03-01 2026-03-31\nword a\n",
        "payslip 1 2026-03-01 2026-03-31\n\n",
        "payslip 1 2026-03-01 2026-03-31\nend 1\n", "payslip 1 2026-03-01 2026-03-31\nend 0\nend 0\n",
        "payslip 1 2026-03-01 2026-03-31\nrow crds 2020-01-01 2020-01-01 1 0\nend 1\n",
        "payslip 1 2026-03-01 2026-03-31\nline treatment 1 1 0 1 1 0 1 1 1 point.year cut within\nend 1\n",
        "payslip 1 2026-03-01 2026-03-31\nline treatment 1 1 0 1 1 1 1 1 1 point.year up within\nend 1\n",
        "payslip 1 2026-03-01 2026-03-31\nline nothing 1 1 0 1 1 1 1 1 1 point.year cut within\nend 1\n",
        "payslip 1 2026-03-01 2026-03-31\nline treatment 1 1 0 1 1 1 1 1 1 point.year cut within more\nend 1\n",
    };
    static struct payslip_read read;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(payslip_bytes_read(str_of(bad[i]), &read), INVALID);
    struct payslip payslip;
    struct pay_facts facts = test_plain;
    made(&law, &facts, &one, &payslip);
    struct str whole = buf_str(&one);
    for (size_t cut = 0; cut < whole.len; cut++)
        assert_int_equal(payslip_bytes_read(str_slice(whole, 0, cut), &read), INVALID);
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(64 << 20);
    one = (struct buf)BUF_INIT(PAYSLIP_BYTES_MAX);
    other = (struct buf)BUF_INIT(PAYSLIP_BYTES_MAX);
    return law_shipped(arena, &law) == OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    buf_finish(&one);
    buf_finish(&other);
    arena_destroy(&arena);
    return 0;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(what_is_written_is_read_again),
        CASE(later_rows_change_no_byte),
        CASE(bytes_are_words),
        CASE(other_bytes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
