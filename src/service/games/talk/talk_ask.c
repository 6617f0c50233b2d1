#include "service/games/talk/talk_ask.h"

#include "core/house_ask.h"
#include "service/games/lang.h"

static enum status take_turn(struct ctx *ctx, struct str *lines, struct talk_turn *turn)
{
    struct talking_turn said;
    TRY(house_line_take(ctx->arena, lines, &talking_turn_shape, &said));
    turn->answer = said.answer;
    turn->sure[MEASURE_DEPARTMENT] = talking_share(said.department);
    turn->sure[MEASURE_POSTAL_CODE] = talking_share(said.postal_code);
    turn->sure[MEASURE_POPULATION] = talking_share(said.population);
    turn->least = talking_share(said.least);
    return OK;
}

static enum status take_turns(struct ctx *ctx, struct str lines, const struct talking *talking, struct talk_told *told)
{
    struct talking_state state;
    TRY(house_line_take(ctx->arena, &lines, &talking_state_shape, &state));
    bool is_all = (size_t)state.count == talking->count;
    if (state.count < 0 || state.stage < 0 || (size_t)state.count > talking->count ||
        is_all != (state.stage == TALKING_SAID))
        return CORRUPT;
    told->stage = (enum talking_stage)state.stage;
    told->count = (size_t)state.count;
    for (size_t i = 0; i < told->count; i++)
        if (take_turn(ctx, &lines, &told->turns[i]) != OK)
            return CORRUPT;
    return OK;
}

enum status talk_put(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                     const struct talking *talking, struct talk_told *ret_told)
{
    struct buf words BUF_SCOPE = BUF_INIT(TALKING_WORDS_MAX);
    *ret_told = (struct talk_told){.stage = talking->count > 0 ? TALKING_THINKS : TALKING_SAID};
    TRY(talking_write(talking, &words));
    for (size_t i = 0; i < talking->count; i++)
        ret_told->turns[i].question = talking->questions[i];
    if (talking->count == 0)
        return OK;
    struct str copy = str_copy(ctx->arena, buf_str(&words));
    enum status done = web_house_ask(ctx, request, response,
                                     (struct web_house){.kind = HOUSE_TALK, .member = STR(""), .words = copy});
    ret_told->is_away = done == GONE;
    if (done == GONE || (done == BUSY && request->house != NULL))
        return OK;
    TRY(done);
    return take_turns(ctx, request->house->lines, talking, ret_told);
}

struct games_thinking_view talk_thinking(struct ctx *ctx, const struct talk_told *told, int64_t count, int64_t all,
                                         struct str self)
{
    struct text_arg counts[] = {NUMBER_ARG("count", count), NUMBER_ARG("all", all)};
    return (struct games_thinking_view){.is_away = told->is_away,
                                        .is_coming = told->stage == TALKING_THINKS && !told->is_away,
                                        .stage = str_format(ctx->arena, "%lld", (long long)count),
                                        .event = text_with(ctx->arena, ctx->language, T_games_talk_thinks, counts, 2),
                                        .self = self};
}
