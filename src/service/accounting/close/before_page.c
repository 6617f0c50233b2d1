/* The page that opens credits of the next year before its budget is voted. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/close/before.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_form.h"

enum { FIELDS_MAX = SPEND_FIELDS_MAX - 2 /* day and deliberation */ };

/* "amount-21": one field for each level of investment. */
static const char *field_name(struct ctx *ctx, const struct before_level *level)
{
    return str_format(ctx->arena, "amount-%.*s", STR_ARG(level->level)).at;
}

static bool has_field(const struct before_level *level)
{
    return level->section == CELL_INVESTMENT && level->base.cents > 0;
}

static struct str field_label(struct ctx *ctx, const struct before *before, const struct before_level *level)
{
    return str_format(ctx->arena, "%.*s %.*s", STR_ARG(level->level),
                      STR_ARG(credit_level_label(ctx, before->past, level->level)));
}

static enum status add_form(struct spend_view *view, const struct before *before)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    size_t shown = 0;
    TRY(spend_action(view, "before", T_accounting_before_open, T_accounting_before_go,
                     spend_path(ctx, before->past, "/before"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_before_form_text);
    spend_field(view, action, "day", T_accounting_day, SPEND_DATE, spend_iso(ctx, ctx_today(ctx)), true);
    spend_field(view, action, "reference", T_accounting_before_reference, SPEND_WORDS, STR(""), false);
    for (size_t i = 0; i < before->count; i++) {
        const struct before_level *level = &before->levels[i];
        if (!has_field(level))
            continue;
        if (shown++ == FIELDS_MAX)
            return LIMIT;
        struct text_arg args[] = {TEXT_ARG("amount", page_money(ctx, level->base))};
        struct spend_page_action_field *field = spend_field(view, action, field_name(ctx, level), T_accounting_amount,
                                                            SPEND_MONEY, STR("0"), false);
        field->label = field_label(ctx, before, level);
        spend_hint(view, field, T_accounting_before_base);
        field->hint = text_with(ctx->arena, ctx->language,
                                level->is_debt ? T_accounting_before_debt_base : T_accounting_before_base, args, 1);
    }
    return OK;
}

static enum status add_functioning(struct spend_view *view, const struct before *before)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    TRY(spend_table(view, "functioning", T_accounting_before_functioning, T_accounting_no_credits, before->count,
                    &table));
    spend_head(view, table, T_accounting_chapter, SPEND_TEXT);
    spend_head(view, table, T_accounting_label, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    for (size_t i = 0; i < before->count; i++) {
        const struct before_level *level = &before->levels[i];
        if (level->section != CELL_FUNCTIONING || level->base.cents == 0)
            continue;
        struct spend_page_table_row *row = spend_row(view, table, level->level, STR(""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, credit_level_label(ctx, before->past, level->level), SPEND_OPTIONAL);
        spend_cell(row, page_money(ctx, level->base), SPEND_NUMBER);
    }
    return OK;
}

static struct str next_path(struct ctx *ctx, const struct before *before)
{
    return str_format(ctx->arena, "/accounting/years/%lld/%d", (long long)before->past->budget,
                      before->past->year + 1);
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct before *before, const struct faults *faults)
{
    struct spend_view view;
    struct text_arg year = TEXT_ARG("year", str_format(ctx->arena, "%d", before->past->year + 1));
    TRY(spend_begin(&view, ctx, request, before->past, SPEND_NOWHERE,
                    text_with(ctx->arena, ctx->language, T_accounting_before_title, &year, 1)));
    TRY(spend_trouble(&view, faults));
    spend_stand(&view, text_of(ctx->language, T_accounting_before_text));
    spend_fact(&view, T_accounting_functioning_expense, page_money(ctx, before->functioning), STR(""));
    spend_fact(&view, T_accounting_before_investment, page_money(ctx, before->investment), STR(""));
    spend_fact(&view, T_accounting_before_limit, page_money(ctx, before->limit), STR(""));
    spend_fact(&view, T_accounting_before_debt, page_money(ctx, before->debt), STR(""));
    if (before->is_done) {
        spend_tag(&view, T_accounting_before_done, SPEND_GOOD);
        spend_link(&view, next_path(ctx, before), T_accounting_year_link);
    } else if (right_may(ctx, RIGHT_PREPARE))
        TRY(add_form(&view, before));
    TRY(add_functioning(&view, before));
    return spend_end(&view, response);
}

enum status before_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year past;
    struct before before;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_year(ctx, request, &past));
    TRY(before_look(ctx, &past, ctx_today(ctx), faults, &before));
    return show(ctx, request, response, &before, NULL);
}

static enum status open(struct ctx *ctx, const struct web_request *request, struct before *before,
                        struct faults *faults)
{
    struct date day;
    TRY(spend_read_day(ctx, request, "day", &day));
    for (size_t i = 0; i < before->count; i++) {
        const char *name = field_name(ctx, &before->levels[i]);
        if (has_field(&before->levels[i]) && str_trim(web_text(request, name)).len > 0)
            TRY(spend_read_money(ctx, request, name, &before->levels[i].asked));
    }
    return before_open(ctx, before, day, str_trim(web_text(request, "reference")), faults);
}

enum status before_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year past;
    struct before before;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(spend_read_year(ctx, request, &past));
    TRY(before_look(ctx, &past, ctx_today(ctx), faults, &before));
    enum status done = open(ctx, request, &before, faults);
    if (spend_is_refused(done, faults))
        return show(ctx, request, response, &before, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/years/%lld/%d?saved=1", (long long)past.budget, past.year + 1);
}
