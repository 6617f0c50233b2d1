/* For tests of budgets: a town in memory, and what is asked of documents that came in. */
#ifndef SERVICE_ACCOUNTING_BUDGET_TEST_BUDGET_H
#define SERVICE_ACCOUNTING_BUDGET_TEST_BUDGET_H

#include "core/test_town.h"

#include "service/accounting/budget/budget_make.h"
#include "service/accounting/budget/test_budget_take.h"
#include "service/accounting/test_shared.h"

#define TOKEN "form_token=" TEST_TOKEN "&"

enum { ARENA = 64 << 20 };

static struct test_town test;
static struct arena *arena;

static inline int set_up(void **state)
{
    (void)state;
    test_town_open(&test);
    test_act_as(&test, test_person(&test, "finances@beauval.example", "Service des finances"), ROLE_AGENT);
    arena = arena_create(ARENA);
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    test_town_close(&test);
    arena_destroy(&arena);
    return 0;
}

static inline enum status take(struct str bytes, bool replaces, size_t lines_most, int64_t *ret_document)
{
    struct test_budget_in in = {.bytes = bytes, .replaces = replaces, .lines_most = lines_most};
    return test_budget_take(&test, arena, in, ret_document);
}

static inline void goes_out_as_it_came(struct str bytes, int64_t document)
{
    struct ctx ctx = test_ctx(&test);
    struct xml *root, *whole;
    struct xml_fault fault;
    struct buf where BUF_SCOPE = BUF_INIT(4096);
    assert_int_equal(budget_make(&ctx, arena, document, &root), OK);
    assert_int_equal(xml_read(arena, bytes, &whole, &fault), OK);
    if (!xml_same(whole, root, &where))
        fail_msg("%.*s", STR_ARG(buf_str(&where)));
}

static inline size_t act_count(void)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_act *acts;
    size_t count;
    assert_int_equal(budget_acts(&ctx, &acts, &count), OK);
    return count;
}

static inline bool has(struct str body, const char *what)
{
    return str_find(body, str_of(what)) != SIZE_MAX;
}

#endif
