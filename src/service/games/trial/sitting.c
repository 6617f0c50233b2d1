#include "service/games/trial/sitting.h"

#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/machine.h"

enum { COMMUNE_MAX = 60, URL_MAX = 4 * COMMUNE_MAX };

enum status sitting_open(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                         const struct game *game, struct sitting *ret_sitting)
{
    struct sitting sitting = {.ctx = ctx, .game = game, .level = game_level(request), .typed = STR_NONE,
                              .seed = web_int(request, "seed", 1), .commune = str_trim(web_text(request, "commune"))};
    if (sitting.seed < 0 || sitting.seed > GAME_SEED_MAX)
        return refuse(ctx, NOT_FOUND, "games.trial", T_games_round_wrong);
    enum status done = witness_call(ctx, request, response, &sitting.witness);
    if (done == NOT_FOUND)
        return refuse(ctx, NOT_FOUND, "games.trial", T_games_trial_none);
    TRY(done);
    TRY(machine_table(ctx, &sitting.table));
    /* Nothing that somebody typed is sent: a name of the register, or none. */
    if (sitting.commune.len > COMMUNE_MAX || table_find(sitting.table, sitting.commune) == TABLE_NONE) {
        struct seeded seeded = {(uint64_t)sitting.seed};
        sitting.typed = sitting.commune.len > 0 && sitting.commune.len <= COMMUNE_MAX ? sitting.commune : STR_NONE;
        sitting.commune = sitting.table->communes[seeded_below(&seeded, sitting.table->count)].name;
    }
    *ret_sitting = sitting;
    return OK;
}

struct str sitting_path(const struct sitting *sitting)
{
    struct buf name BUF_SCOPE = BUF_INIT(URL_MAX);
    html_url_component_add(&name, sitting->commune);
    return str_format(sitting->ctx->arena, "/games/%s/trial?seed=%lld&commune=%.*s", sitting->game->slug,
                      (long long)sitting->seed, STR_ARG(buf_str(&name)));
}

struct str sitting_action(const struct sitting *sitting)
{
    const struct witness *witness = &sitting->witness;
    return web_go_on(sitting->ctx, witness->request,
                     str_format(sitting->ctx->arena, "/games/%s/trial", sitting->game->slug));
}

struct games_trial_hidden_view sitting_hidden(const struct sitting *sitting)
{
    return (struct games_trial_hidden_view){
        .form_token = sitting->witness.request->form_token,
        .level = game_level_name(sitting->level),
        .seed = str_format(sitting->ctx->arena, "%lld", (long long)sitting->seed),
        .commune = sitting->commune};
}

struct games_trial_commune_view sitting_commune(const struct sitting *sitting)
{
    struct games_trial_hidden_view hidden = sitting_hidden(sitting);
    bool has_error = !str_is_absent(sitting->typed);
    return (struct games_trial_commune_view){.form_token = hidden.form_token,
                                             .level = hidden.level,
                                             .seed = hidden.seed,
                                             .commune = has_error ? sitting->typed : sitting->commune,
                                             .has_error = has_error};
}

enum status sitting_lead(const struct sitting *sitting, struct str path)
{
    const struct witness *witness = &sitting->witness;
    struct str whole = web_go_on(sitting->ctx, witness->request, path);
    return web_redirect(sitting->ctx, witness->response, "%.*s%s#last", STR_ARG(whole),
                        game_level_more(sitting->level));
}

struct str sitting_other(const struct sitting *sitting)
{
    return str_format(sitting->ctx->arena, "/games/%s/trial?seed=%lld%s", sitting->game->slug,
                      (long long)(sitting->seed + 1) % (GAME_SEED_MAX + 1), game_level_more(sitting->level));
}

/* ---- what it said, or why not ---- */

enum status sitting_look(struct sitting *sitting, struct str sent, struct sitting_heard *ret_heard)
{
    return witness_look(&sitting->witness, sent, &ret_heard->state, &ret_heard->is_asked);
}

bool sitting_is_said(const struct sitting_heard *heard)
{
    return heard->is_asked && heard->state.stage == PROVIDER_DONE && heard->state.failure == PROVIDER_WELL;
}

bool sitting_is_coming(const struct sitting_heard *heard)
{
    return heard->is_asked && (heard->state.stage == PROVIDER_WAITS || heard->state.stage == PROVIDER_RUNS);
}

struct games_trial_witness_view sitting_witness(const struct sitting *sitting, const struct sitting_heard *heard,
                                                struct str sent, struct str self)
{
    const struct provider_state *state = &heard->state;
    struct ctx *ctx = sitting->ctx;
    const struct provider_card *card = &sitting->witness.decision.card;
    struct text_arg place[] = {NUMBER_ARG("place", state->place)};
    return (struct games_trial_witness_view){
        .is_coming = sitting_is_coming(heard),
        .event = state->stage == PROVIDER_WAITS && state->place > 1
                     ? text_with(ctx->arena, ctx->language, T_games_witness_waits, place, 1)
                     : text_of(ctx->language, T_games_witness_comes),
        .self = self,
        .has_failed = heard->is_asked && decision_ask_failure(state) != T_none,
        .failure = text_of(ctx->language, decision_ask_failure(state)),
        .sent = sent,
        .model = card->model,
        .address = card->address,
        .is_outside = card->is_outside};
}

struct str sitting_count(const struct sitting *sitting)
{
    int64_t counts[MEASURE_UNCLEAR + 1];
    witness_count(&sitting->witness, counts);
    struct text_arg args[] = {NUMBER_ARG("right", counts[MEASURE_TRUE]), NUMBER_ARG("wrong", counts[MEASURE_FALSE]),
                              NUMBER_ARG("refused", counts[MEASURE_REFUSED]),
                              NUMBER_ARG("unclear", counts[MEASURE_UNCLEAR])};
    return text_with(sitting->ctx->arena, sitting->ctx->language, T_games_witness_count, args, 4);
}

struct frame sitting_begin(struct page *page, const struct sitting *sitting, struct str path)
{
    const struct witness *witness = &sitting->witness;
    struct frame frame = {.game = sitting->game, .tab = FRAME_TRIAL, .level = sitting->level, .path = path,
                          .seed = sitting->seed};
    frame_begin(page, sitting->ctx, witness->request, witness->response, &frame);
    return frame;
}
