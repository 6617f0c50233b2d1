/* The desk of a budget year: what waits for somebody, each a link to the doing, and where credits stand. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_opening.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/debt/loan_view.h"
#include "service/accounting/desk/desk_clock.h"
#include "service/accounting/desk/desk_sql.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/slip.h"
#include "service/accounting/spend/slip_view.h"
#include "service/accounting/lang.h"
#include "service/accounting/pes/pes_code.h"

static struct str sum_words(struct ctx *ctx, enum text_key key, int64_t cents, int64_t number)
{
    const struct text_arg args[] = {TEXT_ARG("amount", page_money(ctx, (struct money){cents})),
                                    NUMBER_ARG("count", number)};
    return number == 0 ? text_of(ctx->language, T_accounting_nothing)
                       : text_with(ctx->arena, ctx->language, key, args, 2);
}

static struct str path_to(struct ctx *ctx, const char *what, int64_t number)
{
    return str_format(ctx->arena, "/accounting/%s/%lld", what, (long long)number);
}

/* ---- acts that are voted and whose credits are not open ---- */

static enum status add_unopened(struct spend_view *view, const struct credit_year *year)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct budget_act *acts;
    size_t count;
    TRY(budget_opening_waiting(ctx, year, &acts, &count));
    if (count == 0)
        return OK;
    TRY(spend_table(view, "unopened", T_accounting_unopened, T_accounting_nothing, count, &table));
    spend_note(table, text_of(ctx->language, T_accounting_unopened_text));
    spend_head(view, table, T_accounting_act, SPEND_TEXT);
    spend_head(view, table, T_accounting_decided, SPEND_TEXT);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row =
            spend_row(view, table, budget_act_name(ctx, &acts[i]), budget_act_path(ctx, acts[i].id, ""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, spend_day(ctx, acts[i].decided), SPEND_TEXT);
    }
    return OK;
}

/* ---- what waits for a signature, or for a second person ---- */

static enum status add_slips(struct spend_view *view, const struct credit_year *year)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct sql_desk_slips_row *rows;
    struct slip slip;
    size_t count;
    TRY(sql_desk_slips(ctx->db, ctx->arena, (struct sql_desk_slips){.budget = year->budget, .year = year->year}, &rows,
                       &count));
    size_t total = count > 0 ? (size_t)rows[0].whole : 0;
    spend_fact(view, T_accounting_desk_slips, desk_count(ctx, total), spend_path(ctx, year, "/slips"));
    if (count == 0)
        return OK;
    TRY(spend_table(view, "slips", T_accounting_desk_slips, T_accounting_no_slips, count, &table));
    spend_note(table, desk_some(ctx, count, total));
    spend_head(view, table, T_accounting_slip, SPEND_TEXT);
    spend_head(view, table, T_accounting_day, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_pieces, SPEND_NUMBER);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++) {
        TRY(slip_get(ctx, rows[i].id, &slip));
        struct spend_page_table_row *row =
            spend_row(view, table, slip_name(ctx, &slip), path_to(ctx, "slips", slip.id));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, spend_day(ctx, slip.day), SPEND_OPTIONAL);
        spend_cell(row, spend_number(ctx, (uint64_t)slip.pieces), SPEND_NUMBER);
        spend_cell(row, slip_sum(ctx, &slip), SPEND_NUMBER);
    }
    return OK;
}

static enum status add_banks(struct spend_view *view)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct sql_desk_banks_row *rows;
    size_t count;
    TRY(sql_desk_banks(ctx->db, ctx->arena, &rows, &count));
    size_t total = count > 0 ? (size_t)rows[0].whole : 0;
    spend_fact(view, T_accounting_desk_banks_waiting, desk_count(ctx, total), STR("/accounting/parties"));
    if (count == 0)
        return OK;
    TRY(spend_table(view, "banks", T_accounting_desk_banks, T_accounting_nothing, count, &table));
    spend_note(table, desk_some(ctx, count, total));
    spend_head(view, table, T_accounting_party, SPEND_TEXT);
    spend_head(view, table, T_accounting_desk_bank_by, SPEND_TEXT);
    spend_head(view, table, T_accounting_party_when, SPEND_OPTIONAL);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row =
            spend_row(view, table, rows[i].name, path_to(ctx, "parties", rows[i].party));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, rows[i].entered_name.len > 0 ? rows[i].entered_name
                                                     : text_of(ctx->language, T_accounting_bank_command), SPEND_TEXT);
        spend_cell(row, page_when(ctx, (struct instant){rows[i].entered_ms}), SPEND_OPTIONAL);
    }
    return OK;
}

/* ---- engaged, and to be collected: five of each, and the sum of all ---- */

struct left {
    int64_t sequence, number, day, cents;
    struct str object, party;
};

static enum status left_table(struct spend_view *view, const char *id, enum text_key caption, const char *where,
                              const struct left *rows, size_t count)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    if (count == 0)
        return OK;
    TRY(spend_table(view, id, caption, T_accounting_nothing, count, &table));
    spend_head(view, table, T_accounting_number, SPEND_TEXT);
    spend_head(view, table, T_accounting_day, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_object, SPEND_TEXT);
    spend_head(view, table, T_accounting_party, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row = spend_row(view, table, spend_number(ctx, (uint64_t)rows[i].number),
                                                     path_to(ctx, where, rows[i].sequence));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, spend_day(ctx, (struct date){(int32_t)rows[i].day}), SPEND_OPTIONAL);
        spend_cell(row, rows[i].object, SPEND_TEXT);
        spend_cell(row, rows[i].party, SPEND_OPTIONAL);
        spend_cell(row, page_money(ctx, (struct money){rows[i].cents}), SPEND_NUMBER);
    }
    return OK;
}

enum { LEFT_SHOWN = 5 };

static enum status add_engagements(struct spend_view *view, const struct credit_year *year)
{
    struct ctx *ctx = view->ctx;
    struct sql_desk_engaged_row sum;
    struct sql_desk_engagements_row *rows;
    struct left left[LEFT_SHOWN];
    size_t count;
    TRY(sql_desk_engaged(ctx->db, ctx->arena, (struct sql_desk_engaged){.budget = year->budget, .year = year->year},
                         &sum));
    TRY(sql_desk_engagements(ctx->db, ctx->arena,
                             (struct sql_desk_engagements){.budget = year->budget, .year = year->year}, &rows,
                             &count));
    spend_fact(view, T_accounting_desk_engaged_left, sum_words(ctx, T_accounting_desk_of, sum.cents, sum.number),
               spend_path(ctx, year, "/engagements?open=1"));
    for (size_t i = 0; i < count; i++)
        left[i] = (struct left){rows[i].sequence, rows[i].number, rows[i].day, rows[i].remains, rows[i].object,
                                rows[i].party_name};
    return left_table(view, "engaged", T_accounting_desk_engagements, "engagements", left, count);
}

static enum status add_titles(struct spend_view *view, const struct credit_year *year)
{
    struct ctx *ctx = view->ctx;
    struct sql_desk_titled_row sum;
    struct sql_desk_titles_row *rows;
    struct left left[LEFT_SHOWN];
    size_t count;
    TRY(sql_desk_titled(ctx->db, ctx->arena, (struct sql_desk_titled){.budget = year->budget, .year = year->year,
                                                                           .internal = STR(PES_PIECE_INTERNAL)},
                        &sum));
    TRY(sql_desk_titles(ctx->db, ctx->arena, (struct sql_desk_titles){.budget = year->budget, .year = year->year,
                                                                           .internal = STR(PES_PIECE_INTERNAL)},
                        &rows, &count));
    spend_fact(view, T_accounting_desk_titles_left, sum_words(ctx, T_accounting_desk_of_titles, sum.cents, sum.number),
               spend_path(ctx, year, "/titles"));
    for (size_t i = 0; i < count; i++)
        left[i] = (struct left){rows[i].sequence, rows[i].number, rows[i].day, rows[i].remains, rows[i].object,
                                rows[i].party_name};
    return left_table(view, "titled", T_accounting_desk_titles, "pieces", left, count);
}

/* ---- the page ---- */

/* NOT_FOUND: no credits were ever opened. */
static enum status find_year(struct ctx *ctx, const struct web_request *request, const struct credit_year *years,
                             size_t count, struct credit_year *ret_year)
{
    int64_t budget = web_int(request, "budget", 0);
    int32_t now = civil_of(ctx->now, page_offset_minutes(ctx)).year;
    int64_t asked = web_int(request, "year", now);
    const struct credit_year *best = count > 0 ? &years[0] : NULL;
    for (size_t i = count; i-- > 0;)
        if (years[i].year == asked && (budget == 0 || years[i].budget == budget))
            best = &years[i];
    return best == NULL ? NOT_FOUND : credit_year(ctx, best->budget, best->year, ret_year);
}

static void add_more(struct spend_view *view, const struct credit_year *year, const struct credit_year *years,
                     size_t count)
{
    static const struct {
        const char *path;
        enum text_key title;
    } pages[] = {{"/accounting/acts", T_accounting_desk_acts},
                 {"/accounting/parties", T_accounting_party_menu},
                 {"/accounting/services", T_accounting_unit_menu},
                 {"/accounting/programmes", T_accounting_programmes},
                 {"/accounting/cfu", T_accounting_cfu},
                 {"/accounting/charts", T_accounting_charts},
                 {"/accounting/figures", T_accounting_figures}};
    struct ctx *ctx = view->ctx;
    enum { YEARS_SHOWN = 20 };
    for (size_t i = 0; i < count && i < YEARS_SHOWN; i++) {
        const struct text_arg args[] = {TEXT_ARG("year", str_format(ctx->arena, "%d", years[i].year)),
                                        TEXT_ARG("label", years[i].label)};
        spend_more(view, spend_path(ctx, &years[i], ""),
                   text_with(ctx->arena, ctx->language, T_accounting_desk_year, args, 2));
    }
    spend_more(view, spend_path(ctx, year, "/assets"), text_of(ctx->language, T_accounting_assets));
    spend_more(view, spend_path(ctx, year, "/loans"), text_of(ctx->language, T_accounting_loans));
    spend_more(view, spend_path(ctx, year, "/pairs"), text_of(ctx->language, T_accounting_pairs));
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        spend_more(view, str_of(pages[i].path), text_of(ctx->language, pages[i].title));
    if (permission_allows(ctx->actor.rights, PERMISSION_ADMINISTER))
        spend_more(view, STR("/accounting/people"), text_of(ctx->language, T_accounting_right_menu));
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct credit_year *year, const struct credit_year *years, size_t count)
{
    struct spend_view view;
    unsigned rights;
    bool is_open;
    const struct text_arg title[] = {TEXT_ARG("label", year->label),
                                     TEXT_ARG("year", str_format(ctx->arena, "%d", year->year))};
    TRY(right_held(ctx, &rights));
    TRY(spend_begin(&view, ctx, request, year, SPEND_NOWHERE,
                    text_with(ctx->arena, ctx->language, T_accounting_desk_title, title, 2)));
    view.page.is_first = true;
    spend_stand(&view, text_of(ctx->language, T_accounting_desk_text));
    TRY(spend_is_open(&view, year, &is_open));
    if (is_open && (rights & RIGHT_ENGAGE))
        spend_link(&view, spend_path(ctx, year, "/engage"), T_accounting_engage);
    spend_link(&view, STR("/accounting/acts"), T_accounting_desk_acts);
    TRY(desk_clock(&view, year));
    TRY(add_unopened(&view, year));
    TRY(add_slips(&view, year));
    TRY(add_banks(&view));
    TRY(add_engagements(&view, year));
    TRY(add_titles(&view, year));
    TRY(loan_due_table(&view, year));
    TRY(spend_credits(&view, year));
    add_more(&view, year, years, count);
    return spend_end(&view, response);
}

/* Who may not read accounting, and a town that opened no credits, see the list of acts. */
enum status desk_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year *years;
    struct credit_year year;
    size_t count = 0;
    if (!right_may(ctx, RIGHT_READ))
        return budget_list_show(ctx, request, response);
    TRY(credit_years(ctx, &years, &count));
    enum status done = find_year(ctx, request, years, count, &year);
    if (done == NOT_FOUND)
        return budget_list_show(ctx, request, response);
    TRY(done);
    return show(ctx, request, response, &year, years, count);
}
