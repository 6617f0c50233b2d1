#include "service/accounting/fault_say.h"
#include "service/accounting/party/party_view.h"

#include "service/accounting/party/party_code.h"

enum { FAULTS_SHOWN = 30 };
#define KIND_NIR STR("04") /* never kept: R31 */

struct str party_path(struct ctx *ctx, int64_t id, const char *rest)
{
    return str_format(ctx->arena, "/accounting/parties/%lld%s", (long long)id, rest);
}

struct str party_whole_name(struct ctx *ctx, struct str name, struct str first_name)
{
    return first_name.len == 0 ? name
                               : str_format(ctx->arena, "%.*s %.*s", STR_ARG(name), STR_ARG(first_name));
}

struct str party_id_words(struct ctx *ctx, struct str kind)
{
    return text_of(ctx->language, party_code_words(PARTY_ID_KINDS, kind));
}

struct party party_asked(const struct web_request *request)
{
    struct party party = {.is_active = web_has(request, "active")};
    for (size_t i = 0; i < PARTY_FIELDS; i++)
        *party_text(&party, i) = web_text(request, party_fields[i].column);
    return party;
}

/* ---- lists to choose from ---- */

static enum status add_categories(struct ctx *ctx, const struct party *party, struct party_form_view *form)
{
    const struct str *codes;
    size_t count;
    TRY(party_codes(ctx->arena, PARTY_CATEGORIES, &codes, &count));
    form->categories = arena_array(ctx->arena, struct party_form_category, count);
    if (form->categories == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        form->categories[form->category_count++] = (struct party_form_category){
            .code = codes[i],
            .words = text_of(ctx->language, party_code_words(PARTY_CATEGORIES, codes[i])),
            .is_chosen = str_eq(codes[i], party->category)};
    return OK;
}

static enum status add_natures(struct ctx *ctx, const struct party *party, struct party_form_view *form)
{
    const struct str *codes;
    size_t count;
    TRY(party_codes(ctx->arena, PARTY_NATURES, &codes, &count));
    form->natures = arena_array(ctx->arena, struct party_form_nature, count);
    if (form->natures == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        form->natures[form->nature_count++] = (struct party_form_nature){
            .code = codes[i],
            .words = text_of(ctx->language, party_code_words(PARTY_NATURES, codes[i])),
            .is_chosen = str_eq(codes[i], party->nature)};
    return OK;
}

static enum status add_kinds(struct ctx *ctx, const struct party *party, struct party_form_view *form)
{
    const struct str *codes;
    size_t count;
    TRY(party_codes(ctx->arena, PARTY_ID_KINDS, &codes, &count));
    form->kinds = arena_array(ctx->arena, struct party_form_kind, count);
    if (form->kinds == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        if (!str_eq(codes[i], KIND_NIR))
            form->kinds[form->kind_count++] = (struct party_form_kind){.code = codes[i],
                                                                       .words = party_id_words(ctx, codes[i]),
                                                                       .is_chosen = str_eq(codes[i], party->id_kind)};
    return OK;
}

static enum status add_faults(struct ctx *ctx, const struct faults *faults, struct party_form_view *form)
{
    form->has_faults = faults != NULL && faults->found > 0;
    form->fault_total = form->has_faults ? (int64_t)faults->found : 0;
    form->faults = arena_array(ctx->arena, struct party_form_fault, FAULTS_SHOWN);
    if (form->faults == NULL)
        return LIMIT;
    for (size_t i = 0; form->has_faults && i < faults->count && i < FAULTS_SHOWN; i++)
        form->faults[form->fault_count++] =
            (struct party_form_fault){.label = text_of(ctx->language, party_label(faults->kept[i].place)),
                                      .mend = fault_say(ctx, &faults->kept[i])};
    return OK;
}

enum status party_form(struct ctx *ctx, const struct web_request *request, const struct party *party,
                       const struct faults *faults, struct party_form_view *ret_form)
{
    struct party_form_view form = {
        .form_token = request->form_token,
        .action = party->id == 0 ? STR("/accounting/parties/new") : party_path(ctx, party->id, ""),
        .is_known = party->id != 0,
        .is_active = party->is_active,
        .is_m = str_eq(party->title, STR("M")),
        .is_mme = str_eq(party->title, STR("MME")),
        .name = party->name,
        .complement = party->complement,
        .first_name = party->first_name,
        .id_number = party->id_number,
        .street_before = party->street_before,
        .street = party->street,
        .street_after = party->street_after,
        .postcode = party->postcode,
        .place = party->place,
        .country = party->country,
        .mail = party->mail,
        .phone = party->phone};
    TRY(add_categories(ctx, party, &form));
    TRY(add_natures(ctx, party, &form));
    TRY(add_kinds(ctx, party, &form));
    TRY(add_faults(ctx, faults, &form));
    *ret_form = form;
    return OK;
}
