#include "service/accounting/spend/spend_form.h"

#include <string.h>

#include "service/accounting/budget/budget_programme_use.h"
#include "service/accounting/budget/budget_programme_use_sql.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/lang.h"
#include "service/accounting/party/party.h"
#include "service/accounting/right/unit.h"
#include "service/accounting/spend/credit_sql.h"

/* Between a party's name and its number in a field. */
#define PART STR_INIT(" · ")
#define NUMBERED STR_INIT("n° ")
static const struct str part = PART, numbered = NUMBERED;

/* ---- parties ---- */

struct str spend_party_words(struct ctx *ctx, int64_t id, struct str name, struct str number)
{
    if (number.len > 0)
        return str_format(ctx->arena, "%.*s%.*s%.*s", STR_ARG(name), STR_ARG(part), STR_ARG(number));
    return str_format(ctx->arena, "%.*s%.*s%.*s%lld", STR_ARG(name), STR_ARG(part), STR_ARG(numbered), (long long)id);
}

enum status spend_field_party(struct spend_view *view, struct spend_page_action *action, struct str value,
                              bool is_required)
{
    struct spend_page_action_field *field =
        spend_field(view, action, "party", T_accounting_party, SPEND_WIDE, value, is_required);
    struct party_found *found;
    size_t count;
    int64_t total = 1;
    TRY(spend_choices(view, field, SPEND_OPTIONS_MAX));
    for (int64_t skip = 0; skip < total && skip < SPEND_OPTIONS_MAX; skip += PARTY_PAGE) {
        TRY(party_find(view->ctx, STR(""), skip, &found, &count, &total));
        for (size_t i = 0; i < count; i++)
            if (found[i].is_active)
                spend_choice(field, SPEND_OPTIONS_MAX,
                             spend_party_words(view->ctx, found[i].id, found[i].name, found[i].id_number),
                             found[i].place);
    }
    return OK;
}

static size_t last_part(struct str text)
{
    size_t at = SIZE_MAX;
    for (size_t i = 0; i + part.len <= text.len; i++)
        if (str_starts(str_after(text, i), part))
            at = i;
    return at;
}

/* The one whose name or number is just that, else the only one found. */
static enum status the_one(struct ctx *ctx, struct str words, int64_t *ret_party)
{
    struct party_found *found;
    size_t count;
    int64_t total;
    enum status done = party_find(ctx, words, 0, &found, &count, &total);
    if (done == OK && total == 1) {
        *ret_party = found[0].id;
        return OK;
    }
    for (size_t i = 0; done == OK && i < count; i++)
        if (str_eq(found[i].id_number, words) || str_eq(found[i].name, words)) {
            *ret_party = found[i].id;
            return OK;
        }
    return done == OK || done == LIMIT ? refuse(ctx, INVALID, "accounting.party", T_accounting_party_unknown) : done;
}

enum status spend_read_party(struct ctx *ctx, const struct web_request *request, int64_t *ret_party)
{
    struct str text = str_trim(web_text(request, "party"));
    struct party party;
    *ret_party = 0;
    if (text.len == 0)
        return OK;
    size_t at = last_part(text);
    struct str words = at == SIZE_MAX ? text : str_trim(str_after(text, at + part.len));
    if (!str_starts(words, numbered))
        return the_one(ctx, words, ret_party);
    enum status done = str_to_i64(str_after(words, numbered.len), ret_party) == OK
                           ? party_get(ctx, *ret_party, &party)
                           : NOT_FOUND;
    return done == NOT_FOUND ? refuse(ctx, INVALID, "accounting.party", T_accounting_party_unknown) : done;
}

/* ---- accounts ---- */

enum status spend_field_operation(struct spend_view *view, struct spend_page_action *action,
                                  const struct credit_year *year, enum chart_direction direction, const char *name,
                                  struct str label)
{
    struct str *levels;
    size_t count;
    TRY(credit_operations(view->ctx, year, &levels, &count));
    if (count == 0 || direction != CHART_EXPENSE)
        return OK;
    struct spend_page_action_field *field =
        spend_field(view, action, name, T_accounting_operation_optional, SPEND_WORDS, STR(""), false);
    field->label = label;
    TRY(spend_choices(view, field, count));
    for (size_t i = 0; i < count; i++)
        spend_choice(field, count, str_after(levels[i], strlen(CELL_OPERATION)), STR(""));
    return OK;
}

enum status spend_fields_account(struct spend_view *view, struct spend_page_action *action,
                                 const struct credit_year *year, enum chart_direction direction)
{
    struct ctx *ctx = view->ctx;
    struct sql_credit_account_list_row *rows;
    size_t count;
    struct spend_page_action_field *field =
        spend_field(view, action, "account", T_accounting_account, SPEND_WORDS, STR(""), true);
    TRY(sql_credit_account_list(
        ctx->db, ctx->arena,
        (struct sql_credit_account_list){.budget = year->budget, .year = year->year, .direction = direction}, &rows,
        &count));
    TRY(spend_choices(view, field, count));
    for (size_t i = 0; i < count; i++)
        spend_choice(field, count, rows[i].nature, budget_account_label(year->chart, rows[i].nature));
    spend_field(view, action, "function", T_accounting_function_optional, SPEND_WORDS, STR(""), false);
    return spend_field_operation(view, action, year, direction, "operation",
                                 text_of(ctx->language, T_accounting_operation_optional));
}

struct imputation spend_read_line(const struct web_request *request, struct money net, struct money tax)
{
    return (struct imputation){.nature = str_trim(web_text(request, "account")),
                               .function = str_trim(web_text(request, "function")),
                               .operation = str_trim(web_text(request, "operation")),
                               .net = net,
                               .tax = tax,
                               .level = STR("")};
}

/* ---- programmes ---- */

enum status spend_field_programme(struct spend_view *view, struct spend_page_action *action, int64_t budget)
{
    struct sql_budget_programme_use_choices_row *rows;
    size_t count;
    TRY(sql_budget_programme_use_choices(view->ctx->db, view->ctx->arena,
                                         (struct sql_budget_programme_use_choices){.budget = budget}, &rows, &count));
    if (count == 0)
        return OK;
    struct spend_page_action_field *field =
        spend_field(view, action, "programme", T_accounting_programme_optional, SPEND_WORDS, STR(""), false);
    TRY(spend_choices(view, field, count));
    for (size_t i = 0; i < count; i++)
        spend_choice(field, count, rows[i].number, rows[i].title);
    field = spend_field(view, action, "slice", T_accounting_slice, SPEND_MONEY, STR(""), false);
    spend_hint(view, field, T_accounting_slice_hint);
    return OK;
}

enum status spend_read_programme(struct ctx *ctx, const struct web_request *request, int64_t budget,
                                 int64_t *ret_programme, struct money *ret_slice)
{
    struct str number = str_trim(web_text(request, "programme"));
    bool has_slice = str_trim(web_text(request, "slice")).len > 0;
    *ret_programme = 0;
    *ret_slice = (struct money){0};
    if (has_slice != (number.len > 0))
        return refuse(ctx, INVALID, "accounting.slice", T_accounting_slice_wrong);
    if (number.len == 0)
        return OK;
    TRY(spend_read_money(ctx, request, "slice", ret_slice));
    if (ret_slice->cents <= 0)
        return refuse(ctx, INVALID, "accounting.slice", T_accounting_slice_wrong);
    enum status done = budget_programme_named(ctx, budget, number, ret_programme);
    return done == NOT_FOUND ? refuse(ctx, INVALID, "accounting.programme", T_accounting_programme_unknown) : done;
}

/* ---- rows that are ticked ---- */

enum status spend_read_ticks(const struct web_request *request, uint64_t *numbers, size_t room, size_t *ret_count)
{
    *ret_count = 0;
    for (size_t i = 0; i < request->fields->count; i++) {
        const struct http_field *field = &request->fields->at[i];
        if (!str_eq(field->name, STR("piece")))
            continue;
        if (*ret_count == room)
            return LIMIT;
        if (str_to_u64(field->value, INT64_MAX, &numbers[(*ret_count)++]) != OK)
            return INVALID;
    }
    return OK;
}

void spend_tick(struct spend_view *view, struct spend_page_table_row *row, uint64_t number)
{
    row->has_tick = true;
    row->tick = spend_number(view->ctx, number);
    row->tick_id = str_format(view->ctx->arena, "p%llu", (unsigned long long)number);
}

/* ---- services of the town ---- */

enum status spend_field_unit(struct spend_view *view, struct spend_page_action *action, struct str value)
{
    unit_row *units;
    size_t count;
    struct spend_page_action_field *field =
        spend_field(view, action, "unit", T_accounting_unit_optional, SPEND_WORDS, value, false);
    TRY(unit_list(view->ctx, &units, &count));
    TRY(spend_choices(view, field, count));
    for (size_t i = 0; i < count; i++)
        if (units[i].is_active)
            spend_choice(field, count, units[i].code, units[i].name);
    return OK;
}

enum status spend_read_unit(struct ctx *ctx, const struct web_request *request, int64_t *ret_unit)
{
    struct str code = str_trim(web_text(request, "unit"));
    unit_row unit;
    *ret_unit = 0;
    if (code.len == 0)
        return OK;
    enum status done = unit_by_code(ctx, code, &unit);
    if (done == NOT_FOUND)
        return refuse(ctx, INVALID, "accounting.unit", T_accounting_unit_unknown);
    TRY(done);
    *ret_unit = unit.id;
    return OK;
}
