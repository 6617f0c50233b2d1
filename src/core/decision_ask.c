#include "core/decision_ask.h"

#include "core/house_ask.h"

static enum status asking_line(struct ctx *ctx, const struct provider_card *card, struct str text, struct str *ret_line)
{
    struct buf line BUF_SCOPE = BUF_INIT(HOUSE_WORDS_MAX);
    struct provider_ask ask = {.name = card->name, .address = card->address, .model = card->model,
                               .is_outside = card->is_outside, .text = text};
    house_line_add(&line, &provider_ask_shape, &ask);
    if (text.len > PROVIDER_TEXT_MAX || buf_status(&line) != OK)
        return NOT_FOUND;
    *ret_line = str_copy(ctx->arena, buf_str(&line));
    return str_is_absent(*ret_line) ? LIMIT : OK;
}

/* A role that answers what it may not say is one that is not there. */
static enum status read_state(struct ctx *ctx, const struct web_request *request, struct provider_state *state)
{
    struct str lines = request->house->lines;
    enum status done = house_line_take(ctx->arena, &lines, &provider_state_shape, state);
    bool is_sound = done == OK && state->stage >= PROVIDER_WAITS && state->stage <= PROVIDER_FULL &&
                    state->failure >= PROVIDER_WELL && state->failure < PROVIDER_FAILURES;
    return is_sound ? OK : GONE;
}

enum status decision_ask(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                         const struct decision *decision, struct str text, struct provider_state *ret_state)
{
    struct str line;
    TRY(asking_line(ctx, &decision->card, text, &line));
    if (request->house != NULL && !str_eq(request->house->words, line)) {
        *ret_state = (struct provider_state){.stage = PROVIDER_WAITS, .place = 1, .said = STR(""), .energy_uwh = -1};
        return OK;
    }
    enum status done = web_house_ask(ctx, request, response,
                                     (struct web_house){.kind = HOUSE_COMPLETE, .member = STR(""), .words = line});
    if (done != OK && request->house == NULL)
        return done; /* not asked before */
    if (done == OK)
        done = read_state(ctx, request, ret_state);
    ctx->failure = (struct failure){0};
    if (done != OK)
        *ret_state = (struct provider_state){.stage = PROVIDER_DONE, .failure = PROVIDER_AWAY, .said = STR(""),
                                             .energy_uwh = -1};
    return OK;
}

enum text_key decision_ask_failure(const struct provider_state *state)
{
    static const enum text_key sentences[PROVIDER_FAILURES] = {
        [PROVIDER_WELL] = T_none,           [PROVIDER_AWAY] = T_provider_away,       [PROVIDER_SLOW] = T_provider_slow,
        [PROVIDER_ILL] = T_provider_ill,    [PROVIDER_REFUSED] = T_provider_refused, [PROVIDER_LONG] = T_provider_long,
        [PROVIDER_MOVED] = T_provider_moved, [PROVIDER_ODD] = T_provider_odd,
        [PROVIDER_CHANGED] = T_provider_changed};
    if (state->stage == PROVIDER_FULL)
        return T_provider_full;
    return state->stage == PROVIDER_DONE ? sentences[state->failure] : T_none;
}
