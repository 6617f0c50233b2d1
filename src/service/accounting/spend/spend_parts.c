#include "service/accounting/spend/spend_parts.h"

#include <stdio.h>

#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/lang.h"
#include "service/accounting/spend/credit_sql.h"

enum { NAME_MAX_BYTES = 32 };

/* ---- several lines ---- */

/* "account", "account2"; in the arena, since a form keeps it. */
static const char *name_of(struct arena *arena, const char *name, size_t line)
{
    struct str text = line == 1 ? str_of(name) : str_format(arena, "%s%zu", name, line);
    return str_c(arena, text);
}

static size_t lines_sent(struct ctx *ctx, const struct web_request *request)
{
    size_t sent = 1;
    for (size_t i = 2; i <= SPEND_LINES_MAX; i++) {
        const char *name = name_of(ctx->arena, "account", i);
        if (name != NULL && web_has(request, name))
            sent = i;
    }
    return sent;
}

bool spend_wants_line(const struct web_request *request)
{
    return web_has(request, "more");
}

static struct str numbered(struct ctx *ctx, enum text_key label, size_t line)
{
    struct text_arg count = NUMBER_ARG("count", (int64_t)line);
    return text_with(ctx->arena, ctx->language, label, &count, 1);
}

/* Accounts are offered by the list of the first line. */
static enum status add_line(struct spend_view *view, struct spend_page_action *action,
                            const struct credit_year *year, enum chart_direction direction, size_t line)
{
    struct ctx *ctx = view->ctx;
    const char *account = name_of(ctx->arena, "account", line), *function = name_of(ctx->arena, "function", line);
    const char *amount = name_of(ctx->arena, "amount", line), *operation = name_of(ctx->arena, "operation", line);
    if (account == NULL || function == NULL || amount == NULL || operation == NULL)
        return LIMIT;
    struct spend_page_action_field *field =
        spend_field(view, action, account, T_accounting_account, SPEND_WORDS, STR(""), false);
    field->label = numbered(ctx, T_accounting_line_account, line);
    field->has_list = true;
    field->list = str_format(ctx->arena, "%.*s-account-list", STR_ARG(action->id));
    field = spend_field(view, action, function, T_accounting_function_optional, SPEND_WORDS, STR(""), false);
    field->label = numbered(ctx, T_accounting_line_function, line);
    TRY(spend_field_operation(view, action, year, direction, operation,
                              numbered(ctx, T_accounting_line_operation, line)));
    field = spend_field(view, action, amount, T_accounting_amount, SPEND_MONEY, STR(""), false);
    field->label = numbered(ctx, T_accounting_line_amount, line);
    return OK;
}

enum status spend_fields_lines(struct spend_view *view, struct spend_page_action *action,
                               const struct credit_year *year, enum chart_direction direction, enum text_key amount)
{
    size_t count = lines_sent(view->ctx, view->request) + spend_wants_line(view->request);
    TRY(spend_fields_account(view, action, year, direction));
    spend_field(view, action, "amount", amount, SPEND_MONEY, STR(""), true);
    for (size_t i = 2; i <= count && i <= SPEND_LINES_MAX; i++)
        TRY(add_line(view, action, year, direction, i));
    action->has_more = count < SPEND_LINES_MAX;
    action->more = text_of(view->ctx->language, T_accounting_line_go);
    return OK;
}

static enum status read_line(struct ctx *ctx, const struct web_request *request, size_t line,
                             struct imputation *ret_line)
{
    const char *account = name_of(ctx->arena, "account", line), *function = name_of(ctx->arena, "function", line);
    const char *amount = name_of(ctx->arena, "amount", line), *operation = name_of(ctx->arena, "operation", line);
    struct money net;
    if (account == NULL || function == NULL || amount == NULL || operation == NULL)
        return LIMIT;
    struct str said = str_trim(web_text(request, account)), sum = str_trim(web_text(request, amount));
    if (line > 1 && said.len == 0 && sum.len == 0)
        return NOT_FOUND;
    if (line > 1 && (said.len == 0 || sum.len == 0))
        return refuse(ctx, INVALID, "accounting.line", T_accounting_line_wrong);
    TRY(spend_read_money(ctx, request, amount, &net));
    *ret_line = (struct imputation){.nature = said, .function = str_trim(web_text(request, function)),
                                    .operation = str_trim(web_text(request, operation)), .net = net, .level = STR("")};
    return OK;
}

enum status spend_read_lines(struct ctx *ctx, const struct web_request *request,
                             struct imputation ret_lines[SPEND_LINES_MAX], size_t *ret_count)
{
    *ret_count = 0;
    for (size_t i = 1; i <= SPEND_LINES_MAX; i++) {
        enum status done = read_line(ctx, request, i, &ret_lines[*ret_count]);
        if (done == NOT_FOUND)
            continue;
        TRY(done);
        ++*ret_count;
    }
    return OK;
}

/* ---- parts ---- */

/* What acts took: on which lines. */
struct taken {
    const struct sql_credit_taken_row *row;
    bool is_elsewhere; /* on no account of the lines */
};

static bool is_on(const struct imputation *line, const struct sql_credit_taken_row *row)
{
    return line->section == (enum cell_section)row->section && str_eq(line->nature, row->nature) &&
           str_eq(line->function, row->function) && str_eq(line->operation, row->operation);
}

static struct taken taken_of(const struct imputation *lines, size_t count, const struct sql_credit_taken_row *row)
{
    struct taken taken = {row, true};
    for (size_t i = 0; i < count; i++)
        taken.is_elsewhere = taken.is_elsewhere && !is_on(&lines[i], row);
    return taken;
}

static bool is_of(const struct imputation *line, const struct taken *taken)
{
    return taken->is_elsewhere ? line->section == (enum cell_section)taken->row->section : is_on(line, taken->row);
}

/* It goes from the first such line on. */
static void take_net(const struct imputation *lines, struct money *left, size_t count, const struct taken *taken)
{
    int64_t cents = taken->row->cents;
    for (size_t i = 0; i < count && cents > 0; i++) {
        if (!is_of(&lines[i], taken))
            continue;
        int64_t part = cents < left[i].cents ? cents : left[i].cents;
        left[i].cents -= part;
        cents -= part;
    }
}

/* The tax that is left of such lines, shared among them by what is left of each: none of it is lost. */
static enum status share_tax(struct imputation *lines, const struct money *left, size_t count,
                             const struct taken *taken)
{
    int64_t net = 0, tax = -taken->row->tax;
    for (size_t i = 0; i < count; i++)
        if (is_of(&lines[i], taken)) {
            net += left[i].cents;
            tax += lines[i].tax.cents;
        }
    for (size_t i = 0; i < count; i++) {
        if (!is_of(&lines[i], taken))
            continue;
        lines[i].tax = (struct money){0};
        if (net > 0)
            TRY(money_share((struct money){tax}, left[i].cents, net, &lines[i].tax));
        net -= left[i].cents;
        tax -= lines[i].tax.cents;
    }
    return OK;
}

static enum status take(struct imputation *lines, struct money *left, size_t count,
                        const struct sql_credit_taken_row *rows, size_t row_count, bool is_elsewhere)
{
    for (size_t i = 0; i < row_count; i++) {
        struct taken taken = taken_of(lines, count, &rows[i]);
        if (taken.is_elsewhere != is_elsewhere)
            continue;
        take_net(lines, left, count, &taken);
        TRY(share_tax(lines, left, count, &taken));
    }
    return OK;
}

enum status spend_left_before(struct ctx *ctx, uint64_t sequence, uint64_t before, struct imputation **ret_lines,
                              struct money **ret_left, size_t *ret_count)
{
    struct sql_credit_taken_row *rows;
    size_t count, row_count;
    TRY(credit_lines(ctx, sequence, ret_lines, &count));
    TRY(sql_credit_taken(ctx->db, ctx->arena,
                         (struct sql_credit_taken){.sequence = (int64_t)sequence, .before = (int64_t)before}, &rows,
                         &row_count));
    struct money *left = arena_array(ctx->arena, struct money, count + 1);
    if (left == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        left[i] = (*ret_lines)[i].net;
    TRY(take(*ret_lines, left, count, rows, row_count, false));
    TRY(take(*ret_lines, left, count, rows, row_count, true));
    *ret_left = left;
    *ret_count = count;
    return OK;
}

enum status spend_left(struct ctx *ctx, uint64_t sequence, struct imputation **ret_lines, struct money **ret_left,
                       size_t *ret_count)
{
    return spend_left_before(ctx, sequence, INT64_MAX, ret_lines, ret_left, ret_count);
}

void spend_in_order(struct money *left, size_t count, struct money amount)
{
    for (size_t i = 0; i < count; i++) {
        if (i + 1 == count || left[i].cents > amount.cents)
            left[i] = amount;
        amount.cents -= left[i].cents;
    }
}

void spend_fields_parts(struct spend_view *view, struct spend_page_action *action, const struct imputation *lines,
                        const struct money *parts, size_t count)
{
    struct ctx *ctx = view->ctx;
    for (size_t i = 0; i < count && i < SPEND_LINES_MAX; i++) {
        struct text_arg account = TEXT_ARG("account", lines[i].nature);
        struct spend_page_action_field *field =
            spend_field(view, action, str_c(ctx->arena, str_format(ctx->arena, "part%zu", i + 1)),
                        T_accounting_amount, SPEND_MONEY, page_money(ctx, parts[i]), false);
        field->label = text_with(ctx->arena, ctx->language, T_accounting_order_line, &account, 1);
    }
}

enum status spend_read_parts(struct ctx *ctx, const struct web_request *request, size_t count,
                             struct money **ret_parts)
{
    char name[NAME_MAX_BYTES];
    struct money *parts = arena_array(ctx->arena, struct money, count + 1);
    bool is_sent = false;
    if (parts == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        parts[i] = (struct money){0};
        snprintf(name, sizeof name, "part%zu", i + 1);
        is_sent = is_sent || web_has(request, name);
        if (str_trim(web_text(request, name)).len > 0)
            TRY(spend_read_money(ctx, request, name, &parts[i]));
    }
    *ret_parts = parts;
    return is_sent ? OK : NOT_FOUND;
}
