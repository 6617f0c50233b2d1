/* Game 0, "dialogue": a talk with moyen, whose questions are in the address of the page; each claim is judged. */
#include "service/games/frame.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/talk/games_talk_html.h"
#include "service/games/machine.h"
#include "service/games/paper/paper.h"
#include "service/games/talk/talk_claims.h"
#include "service/games/talk/talk_step.h"

const struct game game_talk = {
    .number = 0, .slug = "talk", GAME_WORDS(talk), GAME_PAPER_WORDS(talk), .paper = paper_talk, .model = "moyen",
    GAME_CARD_WORDS(talk_card), GAME_CARD_RULE(talk_card), .draw = game_talk_draw,
    .bench = "dialogue", .bench_title = T_games_talk_bench, .begins_with_bench = true,
    .has_trial = true};

enum { PATH_MAX_BYTES = 4 * TALKING_WORDS_MAX + 200 };

struct chat {
    struct ctx *ctx;
    const struct table *table;
    struct talking talking; /* the questions of the address, then the one that was typed, where it may be asked */
    size_t count;           /* of the address */
    struct talk_told told;
    int64_t seed;
    enum game_level level;
};

/* ---- the address ---- */

static bool is_question(struct str text)
{
    return text.len > 0 && text.len <= TALKING_QUESTION_MAX && str_find_byte(text, '\n') == SIZE_MAX &&
           str_find_byte(text, '\r') == SIZE_MAX;
}

static enum status read_talk(const struct web_request *request, struct str typed, struct chat *chat)
{
    chat->seed = web_int(request, "seed", 1);
    chat->level = game_level(request);
    if (chat->seed < 0 || chat->seed > GAME_SEED_MAX)
        return INVALID;
    for (size_t i = 0; i < request->fields->count; i++) {
        const struct http_field *field = &request->fields->at[i];
        if (!str_eq(field->name, STR("q")))
            continue;
        if (chat->count == TALKING_TURNS_MAX || !is_question(field->value))
            return INVALID;
        chat->talking.questions[chat->count++] = field->value;
    }
    chat->talking.count = chat->count;
    if (chat->count < TALKING_TURNS_MAX && is_question(typed))
        chat->talking.questions[chat->talking.count++] = typed;
    return OK;
}

/* This talk's address, without a level, and one question more as the field `name` (absent: none). */
static struct str path_with(const struct chat *chat, const char *name, struct str more, const char *after)
{
    struct buf out BUF_SCOPE = BUF_INIT(PATH_MAX_BYTES);
    buf_add_format(&out, "/games/dialogue?seed=%lld", (long long)chat->seed);
    for (size_t i = 0; i < chat->count; i++) {
        buf_add_literal(&out, "&q=");
        html_url_component_add(&out, chat->talking.questions[i]);
    }
    if (!str_is_absent(more)) {
        buf_add_format(&out, "&%s=", name);
        html_url_component_add(&out, more);
    }
    buf_add_c(&out, after);
    return str_copy(chat->ctx->arena, buf_str(&out));
}

/* ---- the page ---- */

static enum status add_claims(const struct chat *chat, const struct talk_turn *turn, struct games_talk_turn *to,
                              struct games_talk_view *view)
{
    struct talk_claims claims;
    claim_read(chat->table, turn->question, turn->answer, claims.at, &claims.count);
    int64_t wrong = talk_claims_count(&claims, MEASURE_FALSE);
    view->judged_count += talk_claims_count(&claims, MEASURE_TRUE) + wrong;
    view->false_count += wrong;
    return talk_claims_view(chat->ctx, &claims, turn->sure, &to->claims);
}

static enum status add_turns(const struct chat *chat, struct games_talk_view *view)
{
    struct ctx *ctx = chat->ctx;
    const struct talk_turn *turns = chat->told.turns;
    size_t told = chat->told.count < chat->count ? chat->told.count : chat->count;
    view->turns = arena_array(ctx->arena, struct games_talk_turn, TALKING_TURNS_MAX);
    view->askeds = arena_array(ctx->arena, struct games_talk_asked, TALKING_TURNS_MAX);
    if (view->turns == NULL || view->askeds == NULL)
        return LIMIT;
    for (size_t i = 0; i < told; i++) {
        struct games_talk_turn *turn = &view->turns[view->turn_count++];
        *turn = (struct games_talk_turn){.question = turns[i].question,
                                         .answer = turns[i].answer,
                                         .least = str_format(ctx->arena, "%.0f\u00A0%%", (double)turns[i].least * 100),
                                         .is_last = i + 1 == told};
        TRY(add_claims(chat, &turns[i], turn, view));
    }
    for (size_t i = 0; i < chat->count; i++)
        view->askeds[view->asked_count++] = (struct games_talk_asked){.text = turns[i].question};
    view->has_turns = told > 0;
    view->is_full = chat->count == TALKING_TURNS_MAX;
    view->is_judged = view->judged_count > 0;
    return OK;
}

static enum status add_steps(const struct chat *chat, struct games_talk_view *view)
{
    struct ctx *ctx = chat->ctx;
    struct str examples[TALK_STEPS];
    bool done[TALK_STEPS];
    talk_steps_done(chat->table, chat->told.turns, chat->count, done);
    TRY(talk_step_examples(ctx, chat->seed, examples));
    view->steps = arena_array(ctx->arena, struct games_talk_step, TALK_STEPS);
    if (view->steps == NULL)
        return LIMIT;
    for (size_t i = 0; i < TALK_STEPS; i++) {
        view->steps[view->step_count++] =
            (struct games_talk_step){.number = (int64_t)i + 1,
                                     .title = text_of(ctx->language, talk_step_title((enum talk_step)i)),
                                     .example = examples[i],
                                     .path = path_with(chat, "q", examples[i], game_level_more(chat->level)),
                                     .is_done = done[i]};
        view->done += done[i];
    }
    return OK;
}

/* Where turns are missing, the address asks for them again, with what was typed. */
static void add_thinking(const struct chat *chat, struct games_talk_view *view)
{
    bool is_typed = chat->talking.count > chat->count;
    struct str typed = is_typed ? chat->talking.questions[chat->count] : STR_NONE;
    struct str self = path_with(chat, "ask", typed, game_level_more(chat->level));
    view->is_missing = chat->told.stage == TALKING_THINKS;
    view->thinking = talk_thinking(chat->ctx, &chat->told, (int64_t)chat->told.count, (int64_t)chat->talking.count,
                                   self);
    view->can_ask = !view->is_full && !view->is_missing;
}

/* One that has more pieces than the machine hears at once is refused before it gets into the address. */
static enum status put(struct chat *chat, const struct web_request *request, struct web_response *response)
{
    enum status done = talk_put(chat->ctx, request, response, &chat->talking, &chat->told);
    bool is_wrong = chat->told.stage == TALKING_TOO_LONG && chat->told.count < chat->count;
    if (done == LIMIT || done == INVALID || is_wrong)
        return refuse(chat->ctx, NOT_FOUND, "games.talk", T_games_round_wrong);
    return done;
}

static enum status show(const struct chat *chat, const struct web_request *request, struct web_response *response,
                        bool has_error)
{
    struct page page;
    struct ctx *ctx = chat->ctx;
    struct games_talk_view view = {.level = game_level_name(chat->level),
                                   .seed = str_format(ctx->arena, "%lld", (long long)chat->seed),
                                   .fresh = str_format(ctx->arena, "/games/dialogue?seed=%lld%s",
                                                       (long long)(chat->seed + 1) % (GAME_SEED_MAX + 1),
                                                       game_level_more(chat->level)),
                                   .has_error = has_error,
                                   .error = text_of(ctx->language, T_games_talk_long)};
    TRY(add_turns(chat, &view));
    TRY(add_steps(chat, &view));
    add_thinking(chat, &view);
    struct frame frame = {.game = &game_talk,
                          .tab = FRAME_BENCH,
                          .level = chat->level,
                          .path = path_with(chat, "q", STR_NONE, ""),
                          .seed = chat->seed};
    frame_begin(&page, ctx, request, response, &frame);
    games_talk_html(&page.html, &view);
    return frame_end(&page, &frame);
}

enum status games_talk_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct chat chat = {.ctx = ctx};
    struct str typed = str_trim(web_text(request, "ask"));
    if (read_talk(request, typed, &chat) != OK)
        return refuse(ctx, NOT_FOUND, "games.talk", T_games_round_wrong);
    TRY(put(&chat, request, response));
    bool is_typed = chat.talking.count > chat.count;
    if (is_typed && chat.told.stage == TALKING_SAID) {
        struct str path = path_with(&chat, "q", typed, game_level_more(chat.level));
        return web_redirect(ctx, response, "%.*s#last", STR_ARG(path));
    }
    TRY(machine_table(ctx, &chat.table));
    return show(&chat, request, response, typed.len > 0 && chat.told.stage != TALKING_THINKS);
}
