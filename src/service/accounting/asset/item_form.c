/* A new asset: by hand, or filled from the mandat that paid it. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/asset/item.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_form.h"

enum { BASES = ASSET_WHOLE_YEAR + 1 };
static const struct str bases[BASES] = {STR_INIT("jours"), STR_INIT("mois"), STR_INIT("entière")};

/* What the law sets a ceiling for (figures.csv, asset.*), as the form has it. */
static const struct {
    struct str kind, word;
} kinds[] = {{STR_INIT("urbanism"), STR_INIT("urbanisme")},
             {STR_INIT("study"), STR_INIT("études")},
             {STR_INIT("research"), STR_INIT("recherche")},
             {STR_INIT("grant_movable"), STR_INIT("subvention mobilier")},
             {STR_INIT("grant_building"), STR_INIT("subvention immobilier")},
             {STR_INIT("grant_national"), STR_INIT("subvention nationale")}};
enum { KINDS = sizeof kinds / sizeof *kinds };

struct str item_kind_word(struct str kind)
{
    for (size_t i = 0; i < KINDS; i++)
        if (str_eq(kind, kinds[i].kind))
            return kinds[i].word;
    return STR("");
}

/* What a mandat says of it; nothing where none is named. */
static enum status preset(struct ctx *ctx, const struct web_request *request, const struct credit_year *year,
                          struct item_waiting *ret_from)
{
    struct item_waiting *all;
    size_t count;
    int64_t piece = web_int(request, "piece", 0);
    *ret_from = (struct item_waiting){.object = STR(""), .nature = STR("")};
    if (piece <= 0)
        return OK;
    TRY(item_waiting(ctx, year->budget, year->year, &all, &count));
    for (size_t i = 0; i < count; i++)
        if (all[i].piece == (uint64_t)piece)
            *ret_from = all[i];
    return OK;
}

static enum status add_fields(struct spend_view *view, struct spend_page_action *action,
                              const struct credit_year *year, const struct item_waiting *from)
{
    struct ctx *ctx = view->ctx;
    bool is_from = from->piece != 0;
    spend_field(view, action, "number", T_accounting_asset_number, SPEND_WORDS,
                is_from ? str_format(ctx->arena, "%d-%u", year->year, from->number) : STR(""), true);
    spend_field(view, action, "label", T_accounting_asset_label, SPEND_WIDE, from->object, true);
    spend_field(view, action, "account", T_accounting_account, SPEND_WORDS, from->nature, true);
    spend_field(view, action, "commissioned", T_accounting_asset_commissioned, SPEND_DATE,
                spend_iso(ctx, is_from ? from->day : ctx_today(ctx)), true);
    spend_field(view, action, "cost", T_accounting_asset_cost, SPEND_MONEY,
                is_from ? page_money(ctx, from->amount) : STR(""), true);
    spend_hint(view, spend_field(view, action, "years", T_accounting_asset_years, SPEND_WORDS, STR(""), true),
               T_accounting_asset_years_hint);
    struct spend_page_action_field *field =
        spend_field(view, action, "basis", T_accounting_asset_basis, SPEND_WORDS, bases[ASSET_DAYS_365], true);
    spend_hint(view, field, T_accounting_asset_basis_hint);
    TRY(spend_choices(view, field, BASES));
    for (size_t i = 0; i < BASES; i++)
        spend_choice(field, BASES, bases[i], STR(""));
    field = spend_field(view, action, "kind", T_accounting_asset_kind, SPEND_WORDS, STR(""), false);
    spend_hint(view, field, T_accounting_asset_kind_hint);
    TRY(spend_choices(view, field, KINDS));
    for (size_t i = 0; i < KINDS; i++)
        spend_choice(field, KINDS, kinds[i].word, STR(""));
    spend_field(view, action, "before", T_accounting_asset_before, SPEND_MONEY, STR("0"), true);
    spend_field(view, action, "before_year", T_accounting_asset_before_year, SPEND_WORDS, STR(""), false);
    spend_field(view, action, "piece", T_accounting_asset_piece, SPEND_WORDS,
                is_from ? spend_number(ctx, from->number) : STR(""), false);
    return OK;
}

static enum status show_form(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                             const struct faults *faults)
{
    struct credit_year year;
    struct spend_view view;
    struct spend_page_action *action;
    struct item_waiting from;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(spend_read_year(ctx, request, &year));
    TRY(preset(ctx, request, &year, &from));
    TRY(spend_begin(&view, ctx, request, &year, SPEND_NOWHERE, text_of(ctx->language, T_accounting_asset_new)));
    spend_crumb(&view, spend_path(ctx, &year, "/assets"), text_of(ctx->language, T_accounting_assets));
    TRY(spend_trouble(&view, faults));
    TRY(spend_action(&view, "asset", T_accounting_asset_new, T_accounting_asset_go, spend_path(ctx, &year, "/asset"),
                     &action));
    TRY(add_fields(&view, action, &year, &from));
    return spend_end(&view, response);
}

enum status item_new_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show_form(ctx, request, response, NULL);
}

/* ---- what was written ---- */

static enum status read_basis(struct str text, struct faults *faults, enum asset_basis *ret_basis)
{
    for (size_t i = 0; i < BASES; i++)
        if (str_eq(text, bases[i])) {
            *ret_basis = (enum asset_basis)i;
            return OK;
        }
    return fault_refuse(faults, "item.basis", "basis", text, STR(""));
}

static enum status read_kind(struct str text, struct faults *faults, struct str *ret_kind)
{
    *ret_kind = STR("");
    for (size_t i = 0; i < KINDS; i++)
        if (str_eq(text, kinds[i].word))
            *ret_kind = kinds[i].kind;
    return text.len == 0 || ret_kind->len > 0 ? OK : fault_refuse(faults, "item.kind", "kind", text, STR(""));
}

/* The mandat of that number that waits to be in the inventory; 0 where none is named. */
static enum status read_piece(struct ctx *ctx, const struct web_request *request, const struct credit_year *year,
                              uint64_t *ret_piece)
{
    struct str text = str_trim(web_text(request, "piece"));
    struct item_waiting *all;
    size_t count;
    uint64_t number;
    *ret_piece = 0;
    if (text.len == 0)
        return OK;
    if (str_to_u64(text, UINT32_MAX, &number) != OK)
        return refuse(ctx, INVALID, "accounting.loan_wrong", T_accounting_loan_wrong);
    TRY(item_waiting(ctx, year->budget, year->year, &all, &count));
    for (size_t i = 0; i < count; i++)
        if (all[i].number == number)
            *ret_piece = all[i].piece;
    return OK;
}

static bool read_number(struct str text, int32_t *ret_number)
{
    int64_t number = 0;
    bool is_read = text.len == 0 || (str_to_i64(text, &number) == OK && number >= 0 && number <= INT16_MAX);
    *ret_number = (int32_t)number;
    return is_read;
}

static enum status make(struct ctx *ctx, const struct web_request *request, const struct credit_year *year,
                        struct faults *faults, int64_t *ret_id)
{
    struct item item = {.budget = year->budget, .number = str_trim(web_text(request, "number")),
                        .label = str_trim(web_text(request, "label")),
                        .nature = str_trim(web_text(request, "account"))};
    TRY(spend_read_day(ctx, request, "commissioned", &item.commissioned));
    TRY(spend_read_money(ctx, request, "cost", &item.cost));
    TRY(spend_read_money(ctx, request, "before", &item.before));
    if (!read_number(str_trim(web_text(request, "years")), &item.years) ||
        !read_number(str_trim(web_text(request, "before_year")), &item.before_year))
        return refuse(ctx, INVALID, "accounting.loan_wrong", T_accounting_loan_wrong);
    TRY(read_basis(str_trim(web_text(request, "basis")), faults, &item.basis));
    TRY(read_kind(str_trim(web_text(request, "kind")), faults, &item.kind));
    TRY(read_piece(ctx, request, year, &item.piece));
    return item_add(ctx, year, &item, faults, ret_id);
}

enum status item_new_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    int64_t id = 0;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(spend_read_year(ctx, request, &year));
    enum status done = make(ctx, request, &year, faults, &id);
    if (done == INVALID)
        return show_form(ctx, request, response, faults);
    TRY(done);
    struct str path = spend_path(ctx, &year, "/assets");
    return web_redirect(ctx, response, "%.*s/%lld?saved=1", STR_ARG(path), (long long)id);
}
