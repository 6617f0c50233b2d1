#include "service/accounting/listing/listing.h"

#include "proto/csv/csv.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/lang.h"
#include "service/accounting/listing/listing_sql.h"

enum { HEADS_MAX = 16 };

struct str listing_word(enum text_key key)
{
    return text_of(LANGUAGE_FR, key);
}

struct str listing_text(struct ctx *ctx, struct str text)
{
    return budget_harmless(ctx, text);
}

struct str listing_number(struct ctx *ctx, int64_t number)
{
    return number == 0 ? STR("") : str_format(ctx->arena, "%lld", (long long)number);
}

struct str listing_day(struct ctx *ctx, int64_t days)
{
    return spend_iso(ctx, (struct date){(int32_t)days});
}

int64_t listing_from(const struct web_request *request)
{
    int64_t from = web_int(request, "from", 0);
    return from < 0 ? 0 : from;
}

void listing_begin(struct ctx *ctx, const struct web_request *request, struct web_response *response, const char *name,
                 int32_t year, const enum text_key *heads, size_t count)
{
    struct str words[HEADS_MAX];
    int64_t from = listing_from(request);
    REQUIRE(count <= HEADS_MAX);
    for (size_t i = 0; i < count; i++)
        words[i] = listing_word(heads[i]);
    csv_write(&response->body, words, count);
    struct str of = year == 0 ? STR("") : str_format(ctx->arena, "-%d", year);
    struct str part = from == 0 ? STR("") : str_format(ctx->arena, "-%lld", (long long)from + 1);
    response->content_type = STR("text/csv; charset=utf-8");
    response->file_name = str_format(ctx->arena, "%s%.*s%.*s.csv", name, STR_ARG(of), STR_ARG(part));
}

/* ---- on a page ---- */

enum status listing_links(struct spend_view *view, const struct credit_year *year, enum listing_kind kind)
{
    static const char *const paths[] = {"/engagements.csv", "/bills.csv", "/orders.csv", "/titles.csv", "/slips.csv"};
    struct ctx *ctx = view->ctx;
    struct sql_listing_size_row size;
    struct str path = spend_path(ctx, year, paths[kind]);
    TRY(sql_listing_size(ctx->db, ctx->arena,
                       (struct sql_listing_size){.kind = kind, .budget = year->budget, .year = year->year}, &size));
    spend_link(view, path, T_accounting_listing_csv);
    for (int64_t from = LISTING_ROWS; from < size.number; from += LISTING_ROWS) {
        const struct text_arg row = NUMBER_ARG("row", from + 1);
        spend_more(view, str_format(ctx->arena, "%.*s?from=%lld", STR_ARG(path), (long long)from),
                   text_with(ctx->arena, ctx->language, T_accounting_listing_csv_from, &row, 1));
    }
    return OK;
}
