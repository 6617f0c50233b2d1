#include "service/games/talk/talk_claims.h"

#include "core/translate.h"
#include "service/games/lang.h"

enum { CODES_SHOWN = 3 };

static struct str codes_of(struct ctx *ctx, const struct table_commune *commune)
{
    struct buf out BUF_SCOPE = BUF_INIT(CODES_SHOWN * 16);
    for (size_t i = 0; i < commune->postal_code_count && i < CODES_SHOWN; i++) {
        buf_add_c(&out, i > 0 ? ", " : "");
        buf_add(&out, commune->postal_codes[i]);
    }
    buf_add_c(&out, commune->postal_code_count > CODES_SHOWN ? ", …" : "");
    return str_copy(ctx->arena, buf_str(&out));
}

static struct str truth_of(struct ctx *ctx, const struct claim *claim)
{
    const struct table_commune *commune = claim->commune;
    if (claim->kind == CLAIM_UNKNOWN)
        return text_of(ctx->language, commune != NULL ? T_games_truth_exists : T_games_truth_rightly_unknown);
    if (claim->verdict == MEASURE_UNCLEAR && commune == NULL)
        return text_of(ctx->language, T_games_truth_open);
    if (claim->verdict == MEASURE_TRUE)
        return text_of(ctx->language, T_games_truth_stands);
    if (commune == NULL)
        return text_of(ctx->language, T_games_truth_no_commune);
    struct text_arg said[] = {TEXT_ARG("department", commune->department->name),
                              TEXT_ARG("codes", codes_of(ctx, commune)), NUMBER_ARG("population", commune->population)};
    return text_with(ctx->arena, ctx->language, T_games_truth_register, said, 3);
}

struct str talk_claims_field(struct ctx *ctx, enum measure_field field, struct str value, const float *sure)
{
    static const enum text_key names[MEASURE_FIELDS] = {T_games_claim_department, T_games_claim_code,
                                                        T_games_claim_population};
    struct text_arg named[] = {TEXT_ARG("said", value)};
    struct str said = text_with(ctx->arena, ctx->language, names[field], named, 1);
    if (sure == NULL)
        return said;
    struct text_arg doubt[] = {NUMBER_ARG("sure", (int)(sure[field] * 100 + 0.5F))};
    struct str more = text_with(ctx->arena, ctx->language, T_games_claim_sure, doubt, 1);
    return str_format(ctx->arena, "%.*s %.*s", STR_ARG(said), STR_ARG(more));
}

static struct str said_of(struct ctx *ctx, const struct claim *claim, const float *sure)
{
    static const enum text_key names[] = {[CLAIM_LARGER] = T_games_claim_larger,
                                          [CLAIM_NAME] = T_games_claim_name,
                                          [CLAIM_UNKNOWN] = T_games_claim_unknown,
                                          [CLAIM_NOTHING] = T_games_claim_nothing};
    if (claim->kind <= CLAIM_POPULATION)
        return talk_claims_field(ctx, (enum measure_field)claim->kind, claim->said, sure);
    if (claim->kind == CLAIM_UNKNOWN && str_is_absent(claim->said))
        return text_of(ctx->language, T_games_claim_unknown_it);
    struct text_arg said[] = {TEXT_ARG("said", str_is_absent(claim->said) ? STR("") : claim->said)};
    return text_with(ctx->arena, ctx->language, names[claim->kind], said, 1);
}

enum status talk_claims_view(struct ctx *ctx, const struct talk_claims *claims, const float *sure,
                             struct games_claims_view *ret_view)
{
    struct games_claims_view view = {.claims = arena_array(ctx->arena, struct games_claims_claim, CLAIMS_MAX)};
    if (view.claims == NULL)
        return LIMIT;
    for (size_t i = 0; i < claims->count; i++) {
        const struct claim *claim = &claims->at[i];
        view.claims[view.claim_count++] = (struct games_claims_claim){.said = said_of(ctx, claim, sure),
                                                                      .truth = truth_of(ctx, claim),
                                                                      .is_true = claim->verdict == MEASURE_TRUE,
                                                                      .is_false = claim->verdict == MEASURE_FALSE,
                                                                      .is_refused = claim->verdict == MEASURE_REFUSED,
                                                                      .is_open = claim->verdict == MEASURE_UNCLEAR};
    }
    *ret_view = view;
    return OK;
}

int64_t talk_claims_count(const struct talk_claims *claims, enum measure_verdict verdict)
{
    int64_t some = 0;
    for (size_t i = 0; i < claims->count; i++)
        some += claims->at[i].verdict == verdict;
    return some;
}
