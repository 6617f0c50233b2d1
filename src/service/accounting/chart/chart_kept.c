#include "service/accounting/chart/chart_kept.h"

#include <openssl/sha.h>

#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/chart/chart_kept_sql.h"
#include "service/accounting/lang.h"

/* ---- found ---- */

enum status chart_kept_own(struct ctx *ctx, struct str nomenclature, int32_t year, struct chart *ret_chart)
{
    struct sql_chart_kept_get_row row;
    enum status done = chart_shipped(ctx->arena, nomenclature, year, ret_chart);
    if (done != NOT_FOUND)
        return done;
    struct sql_chart_kept_get in = {.nomenclature = nomenclature, .year = year};
    TRY(sql_chart_kept_get(ctx->db, ctx->arena, in, &row));
    done = chart_read(ctx->arena, row.csv, ret_chart);
    return done == INVALID ? CORRUPT : done;
}

enum status chart_kept_find(struct ctx *ctx, struct str nomenclature, int32_t year, struct chart_kept *ret_kept)
{
    struct sql_chart_kept_taken_now_row row;
    struct sql_chart_kept_taken_now in = {.nomenclature = nomenclature, .year = year};
    struct chart *chart = arena_new(ctx->arena, struct chart);
    *ret_kept = (struct chart_kept){.chart = NULL};
    if (chart == NULL)
        return LIMIT;
    enum status done = chart_kept_own(ctx, nomenclature, year, chart);
    if (done == NOT_FOUND) {
        done = sql_chart_kept_taken_now(ctx->db, ctx->arena, in, &row);
        if (done == OK)
            done = chart_kept_own(ctx, nomenclature, (int32_t)row.from_year, chart);
        if (done == OK)
            ret_kept->taken_from = (int32_t)row.from_year;
    }
    chart->year = year; /* accounts removed since its own year are gone */
    if (done == OK)
        ret_kept->chart = chart;
    return done == NOT_FOUND ? OK : done;
}

enum status chart_kept_list(struct ctx *ctx, struct chart_kept_card **ret_cards, size_t *ret_count)
{
    struct sql_chart_kept_list_row *rows;
    TRY(sql_chart_kept_list(ctx->db, ctx->arena, &rows, ret_count));
    *ret_cards = arena_array(ctx->arena, struct chart_kept_card, *ret_count + 1);
    if (*ret_cards == NULL)
        return LIMIT;
    for (size_t i = 0; i < *ret_count; i++)
        (*ret_cards)[i] = (struct chart_kept_card){.id = rows[i].id,
                                                   .nomenclature = rows[i].nomenclature,
                                                   .year = (int32_t)rows[i].year,
                                                   .sha256 = rows[i].sha256,
                                                   .source = rows[i].source,
                                                   .by = rows[i].taken_by,
                                                   .at = {rows[i].taken_ms}};
    return OK;
}

/* ---- brought in ---- */

static struct str digest_of(struct ctx *ctx, struct str text)
{
    unsigned char hash[SHA256_DIGEST_LENGTH];
    struct buf words BUF_SCOPE = BUF_INIT(2 * SHA256_DIGEST_LENGTH + 1);
    SHA256((const unsigned char *)text.at, text.len, hash);
    for (size_t i = 0; i < sizeof hash; i++)
        buf_add_format(&words, "%02x", hash[i]);
    return str_copy(ctx->arena, buf_str(&words));
}

static struct str name_of(struct ctx *ctx, struct str nomenclature, int32_t year)
{
    return str_format(ctx->arena, "%.*s %d", STR_ARG(nomenclature), year);
}

static enum status make_room(struct ctx *ctx, const struct chart_kept_card *card, bool replaces)
{
    struct sql_chart_kept_get_row row;
    struct chart shipped;
    struct sql_chart_kept_get in = {.nomenclature = card->nomenclature, .year = card->year};
    struct sql_chart_kept_drop drop = {.nomenclature = card->nomenclature, .year = card->year};
    if (chart_shipped(ctx->arena, card->nomenclature, card->year, &shipped) != NOT_FOUND)
        return refuse(ctx, CONFLICT, "accounting.chart_with_program", T_accounting_chart_with_program);
    enum status done = sql_chart_kept_get(ctx->db, ctx->arena, in, &row);
    if (done == NOT_FOUND)
        return OK;
    TRY(done);
    if (!replaces)
        return refuse(ctx, CONFLICT, "accounting.chart_there", T_accounting_chart_there);
    return sql_chart_kept_drop(ctx->db, drop);
}

enum status chart_kept_put(struct ctx *ctx, struct str csv, struct str source, bool replaces,
                           struct chart_kept_card *ret_card)
{
    struct chart chart;
    if (csv.len > CHART_KEPT_BYTES_MAX || source.len > CHART_KEPT_SOURCE_MAX)
        return refuse(ctx, LIMIT, "accounting.chart_long", T_accounting_chart_long);
    TRY(chart_read(ctx->arena, csv, &chart));
    struct chart_kept_card card = {
        .nomenclature = str_format(ctx->arena, "%.*s-%.*s", STR_ARG(chart.norm), STR_ARG(chart.variant)),
        .year = chart.year,
        .sha256 = digest_of(ctx, csv),
        .source = source,
        .by = ctx->actor.address,
        .at = ctx->now};
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(make_room(ctx, &card, replaces));
    struct sql_chart_kept_add in = {.nomenclature = card.nomenclature,
                                    .year = card.year,
                                    .csv = csv,
                                    .sha256 = card.sha256,
                                    .source = source,
                                    .taken_ms = ctx->now.ms,
                                    .taken_by = card.by.len > 0 ? card.by : STR("")};
    TRY(sql_chart_kept_add(ctx->db, in));
    *ret_card = card;
    return audit_add(ctx, "accounting.chart", name_of(ctx, card.nomenclature, card.year), card.sha256);
}

/* ---- taken over ---- */

enum status chart_taken_decide(struct ctx *ctx, struct str nomenclature, int32_t year, int32_t from_year)
{
    struct chart chart;
    struct sql_chart_kept_taken_end end = {.now = ctx->now.ms, .nomenclature = nomenclature, .year = year};
    struct sql_chart_kept_taken_add in = {.nomenclature = nomenclature,
                                          .year = year,
                                          .from_year = from_year,
                                          .taken_ms = ctx->now.ms,
                                          .taken_by = ctx->actor.address.len > 0 ? ctx->actor.address : STR("")};
    if (year <= from_year || year > from_year + CHART_TAKEN_YEARS)
        return refuse(ctx, INVALID, "accounting.chart_year", T_accounting_chart_year_wrong);
    enum status done = chart_kept_own(ctx, nomenclature, from_year, &chart);
    if (done == NOT_FOUND)
        return refuse(ctx, INVALID, "accounting.chart_none", T_accounting_chart_none);
    TRY(done);
    done = chart_kept_own(ctx, nomenclature, year, &chart);
    if (done == OK)
        return refuse(ctx, CONFLICT, "accounting.chart_known", T_accounting_chart_known);
    if (done != NOT_FOUND)
        return done;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_chart_kept_taken_end(ctx->db, end));
    TRY(sql_chart_kept_taken_add(ctx->db, in));
    return audit_add(ctx, "accounting.chart_taken", name_of(ctx, nomenclature, year),
                     str_format(ctx->arena, "%d", from_year));
}

enum status chart_taken_end(struct ctx *ctx, int64_t id)
{
    struct sql_chart_kept_taken_get_row row;
    TRY(sql_chart_kept_taken_get(ctx->db, ctx->arena, (struct sql_chart_kept_taken_get){.id = id}, &row));
    struct sql_chart_kept_taken_end in = {.now = ctx->now.ms, .nomenclature = row.nomenclature, .year = row.year};
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_chart_kept_taken_end(ctx->db, in));
    return audit_add(ctx, "accounting.chart_taken_ended", name_of(ctx, row.nomenclature, (int32_t)row.year),
                     str_format(ctx->arena, "%lld", (long long)row.from_year));
}

enum status chart_taken_list(struct ctx *ctx, struct chart_taken **ret_taken, size_t *ret_count)
{
    struct sql_chart_kept_taken_list_row *rows;
    TRY(sql_chart_kept_taken_list(ctx->db, ctx->arena, &rows, ret_count));
    *ret_taken = arena_array(ctx->arena, struct chart_taken, *ret_count + 1);
    if (*ret_taken == NULL)
        return LIMIT;
    for (size_t i = 0; i < *ret_count; i++)
        (*ret_taken)[i] = (struct chart_taken){.id = rows[i].id,
                                               .nomenclature = rows[i].nomenclature,
                                               .year = (int32_t)rows[i].year,
                                               .from_year = (int32_t)rows[i].from_year,
                                               .by = rows[i].taken_by,
                                               .at = {rows[i].taken_ms}};
    return OK;
}
