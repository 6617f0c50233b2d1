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

/* The schema of the State, where it lies beside the checkout, and xmllint. */
static inline void goes_through_the_schema(int64_t document)
{
    struct ctx ctx = test_ctx(&test);
    struct xml *root;
    char path[] = "/tmp/parvis-docbudg-XXXXXX", command[2 * SHARED_PATH_MAX];
    struct buf text BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
    assert_int_equal(budget_make(&ctx, arena, document, &root), OK);
    xml_write(&text, root, XML_ISO_8859_1);
    assert_int_equal(buf_status(&text), OK);
    int fd = mkstemp(path);
    FILE *file = fdopen(fd, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text.at, 1, text.len, file), text.len);
    assert_int_equal(fclose(file), 0);
    snprintf(command, sizeof command,
             "xmllint --nonet --noout --schema %s/data/finance/docbudg_xsd_v95/SchemaDocBudg/DocumentBudgetaire.xsd %s "
             "2>&1 | grep -v 'Skipping import' | grep -q ' validates$'",
             shared_folder(), path);
    int end = system(command);
    assert_int_equal(remove(path), 0);
    assert_int_equal(end, 0);
}

static inline void need_xmllint(const char *what)
{
    shared_need(what);
    if (system("command -v xmllint > /dev/null") == 0)
        return;
    print_message("SKIP %s: xmllint is not here\n", what);
    skip();
}

#endif
