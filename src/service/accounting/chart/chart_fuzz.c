/* Any bytes are a chart, as CSV or as XML, or are refused; one that was read and is written again reads the same. */
#include "service/accounting/chart/chart.h"

enum { ARENA = 32 << 20, CSV_MAX = 8 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a chart is of its own has been checked; what is looked up in it is there. */
static void look_up(const struct chart *chart)
{
    for (size_t i = 0; i < chart->account_count; i++) {
        struct chart_account *account = &chart->accounts[i];
        REQUIRE(chart_account(chart, account->code) == account);
        REQUIRE(account->parent.len == 0 || chart_account(chart, account->parent) != NULL);
        for (int j = 0; j < CHART_KINDS * 2; j++) {
            enum chart_section section = chart_section_of(chart, account->code, STR(""), j / 2, j % 2);
            REQUIRE((section == CHART_NO_SECTION) == (account->chapter[j / 2][j % 2].len == 0));
        }
    }
}

static void go_round(struct arena *arena, const struct chart *chart)
{
    struct buf one BUF_SCOPE = BUF_INIT(CSV_MAX), other BUF_SCOPE = BUF_INIT(CSV_MAX);
    struct chart again;
    look_up(chart);
    chart_write(&one, chart);
    if (buf_status(&one) != OK)
        return;
    enum status done = chart_read(arena, buf_str(&one), &again);
    if (done == LIMIT)
        return; /* the arena */
    REQUIRE(done == OK);
    chart_write(&other, &again);
    REQUIRE(str_eq(buf_str(&one), buf_str(&other)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA), *tree ARENA_SCOPE = arena_create(XML_ARENA);
    struct str bytes = {(const char *)data, size};
    struct xml *root;
    struct xml_fault fault;
    struct chart chart;
    if (chart_read(arena, bytes, &chart) == OK)
        go_round(arena, &chart);
    if (xml_read(tree, bytes, &root, &fault) == OK && chart_of_xml(arena, root, &chart, &fault) == OK)
        go_round(arena, &chart);
    return 0;
}
