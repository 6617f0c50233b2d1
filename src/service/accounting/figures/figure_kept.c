#include "service/accounting/figures/figure_kept.h"

#include "base/utf8.h"
#include "core/audit.h"
#include "core/page.h"
#include "core/town.h"
#include "service/accounting/figures/figure_kept_sql.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"

enum { HALF = 6, TEXT_MAX = 40, HUNDRED = 100 };

/* ---- what there is ---- */

static struct date half_year_end(struct date day)
{
    struct civil civil = civil_of_date(day);
    return civil.month <= HALF ? date_of(civil.year, HALF, 30) : date_of(civil.year, 12, 31);
}

static bool begins_half_year(struct date day)
{
    struct civil civil = civil_of_date(day);
    return civil.day == 1 && (civil.month == 1 || civil.month == HALF + 1);
}

enum status figure_kept_list(struct ctx *ctx, struct figure_kept **ret_all, size_t *ret_count)
{
    struct sql_figure_kept_list_row *rows;
    size_t count;
    TRY(sql_figure_kept_list(ctx->db, ctx->arena, &rows, &count));
    struct figure_kept *all = arena_array(ctx->arena, struct figure_kept, count + 1);
    if (all == NULL)
        return LIMIT;
    *ret_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct figure like;
        bool ends;
        enum status done = figure_code(ctx->arena, rows[i].code, &like, &ends);
        if (done == NOT_FOUND)
            continue; /* of a program that knew it */
        TRY(done);
        like.since = (struct date){(int32_t)rows[i].since};
        like.until = ends ? half_year_end(like.since) : (struct date){0};
        like.value = rows[i].value;
        like.source = rows[i].source;
        all[(*ret_count)++] = (struct figure_kept){.figure = like, .by = rows[i].added_by, .at = {rows[i].added_ms}};
    }
    *ret_all = all;
    return OK;
}

static enum status rows_of(struct ctx *ctx, const struct figure_set **ret_rows)
{
    struct figure_kept *kept;
    size_t count;
    TRY(figure_kept_list(ctx, &kept, &count));
    struct figure_set *rows = arena_new(ctx->arena, struct figure_set);
    struct figure *figures = arena_array(ctx->arena, struct figure, count + 1);
    if (rows == NULL || figures == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        figures[i] = kept[i].figure;
    *rows = (struct figure_set){figures, count};
    *ret_rows = rows;
    return OK;
}

enum status figure_take(struct ctx *ctx, struct faults *faults)
{
    return faults->figures != NULL ? OK : rows_of(ctx, &faults->figures);
}

enum status figure_of(struct ctx *ctx, struct str code, struct date day, struct figure *ret_figure)
{
    const struct figure_set *rows;
    TRY(rows_of(ctx, &rows));
    return figure_find(ctx->arena, rows, code, day, ret_figure);
}

struct str figure_words(struct ctx *ctx, const struct figure *figure)
{
    struct str amount = page_money(ctx, (struct money){figure->value});
    const struct text_arg rate = TEXT_ARG("amount", amount);
    if (figure->unit == FIGURE_CENTS)
        return str_format(ctx->arena, "%.*s\xC2\xA0\xE2\x82\xAC", STR_ARG(amount));
    if (figure->unit == FIGURE_HUNDREDTHS)
        return text_with(ctx->arena, ctx->language, T_accounting_figure_rate, &rate, 1);
    return str_format(ctx->arena, "%lld", (long long)figure->value);
}

/* ---- added ---- */

/* With a comma or a point; blanks and a sign of percent are left out. */
static enum status read_value(struct str text, enum figure_unit unit, int64_t *ret_value)
{
    bool is_whole = unit != FIGURE_CENTS && unit != FIGURE_HUNDREDTHS;
    struct buf plain BUF_SCOPE = BUF_INIT(TEXT_MAX);
    struct money money;
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] != ' ' && text.at[i] != '%')
            buf_add_byte(&plain, text.at[i] == ',' ? '.' : text.at[i]);
    if (buf_status(&plain) != OK || money_parse(buf_str(&plain), &money) != OK || money.cents < 0 ||
        money.cents > FIGURE_VALUE_MAX || (is_whole && money.cents % HUNDRED != 0))
        return INVALID;
    *ret_value = is_whole ? money.cents / HUNDRED : money.cents;
    return OK;
}

/* Where the program says what is in force that day and its row ends, or begins with it, it stays so. */
static enum status look_at_program(struct ctx *ctx, const struct figure_given *given, struct faults *faults)
{
    struct figure shipped;
    enum status done = figure_find(ctx->arena, NULL, given->code, given->since, &shipped);
    if (done != OK)
        return done == NOT_FOUND ? OK : done;
    if (shipped.until.days == 0 && shipped.since.days < given->since.days)
        return OK;
    fault_add_dates(faults, "figure.there", "since", given->since, shipped.since);
    return INVALID;
}

static enum status look(struct ctx *ctx, const struct figure_given *given, struct faults *faults, int64_t *ret_value)
{
    struct figure like;
    bool ends;
    enum status done = figure_code(ctx->arena, given->code, &like, &ends);
    if (done == NOT_FOUND)
        return fault_refuse(faults, "figure.code", "code", given->code, STR(""));
    TRY(done);
    if (read_value(given->value, like.unit, ret_value) != OK)
        return fault_refuse(faults, "figure.value", "value", given->value, STR(""));
    if (given->source.len == 0 || !utf8_is_line(given->source, FIGURE_SOURCE_MAX))
        return fault_refuse(faults, "figure.source", "source", given->source, STR(""));
    if (ends && !begins_half_year(given->since)) {
        fault_add_dates(faults, "figure.day", "since", given->since, half_year_end(given->since));
        return INVALID;
    }
    return look_at_program(ctx, given, faults);
}

/* An operator's command has no person. */
static enum status may_add(struct ctx *ctx)
{
    bool is_administrator = permission_allows(ctx->actor.rights, PERMISSION_ADMINISTER);
    return ctx->actor.person == 0 || is_administrator ? OK : right_need(ctx, RIGHT_PREPARE);
}

static enum status need_room(struct ctx *ctx)
{
    struct sql_figure_kept_count_row row;
    TRY(sql_figure_kept_count(ctx->db, ctx->arena, &row));
    return row.count >= FIGURES_KEPT_MAX ? LIMIT : OK;
}

enum status figure_add(struct ctx *ctx, const struct figure_given *given, struct faults *faults)
{
    struct buf day BUF_SCOPE = BUF_INIT(TEXT_MAX);
    int64_t value = 0;
    TRY(may_add(ctx));
    TRY(look(ctx, given, faults, &value));
    TRY(need_room(ctx));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_figure_kept_put(ctx->db, (struct sql_figure_kept_put){.code = given->code, .since = given->since.days,
                                                        .value = value, .source = given->source,
                                                        .added_by = ctx->actor.person, .added_ms = ctx->now.ms}));
    date_write(&day, given->since);
    return audit_add(ctx, "accounting.figure", given->code,
                     str_format(ctx->arena, "%.*s: %.*s", STR_ARG(buf_str(&day)), STR_ARG(given->value)));
}
