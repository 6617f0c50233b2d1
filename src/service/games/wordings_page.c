/* The bench of game 6: one question in five wordings, an answer a page, put to moyen in the role model; and how it did
 * over the whole deck. */
#include "base/utf8.h"
#include "service/games/asked.h"
#include "service/games/frame.h"
#include "service/games/games_service.h"
#include "service/games/games_wordings_html.h"
#include "service/games/lang.h"
#include "service/games/machine.h"
#include "service/games/talk/talk_ask.h"
#include "service/games/talk/talk_claims.h"
#include "service/games/wordings.h"

enum { NAME_MAX = 60, SUGGEST_MAX = 8, SAID_MAX = 40 };

struct asking {
    struct ctx *ctx;
    const struct wordings *deck;
    const struct table *table;
    struct variant_case asked;
    struct str suggest; /* typed; "": one is drawn */
    struct str said;    /* the value it gave to the plain wording, as the address has it; "": none; absent: not known */
    int64_t seed, step;
    enum game_level level;
    struct talking talking;
    struct talk_told told;
    struct str questions[WORDINGS];
    struct talk_turn turns[WORDINGS];
    struct variant_answer answers[WORDINGS];
    int64_t answered; /* of the wordings before the step */
};

/* ---- the address ---- */

static bool is_name(struct str text)
{
    return text.len > 0 && text.len <= NAME_MAX && utf8_is_valid(text) && str_find_byte(text, '\n') == SIZE_MAX &&
           str_find_byte(text, '\r') == SIZE_MAX;
}

/* Digits, and A and B for Corsica. */
static bool is_suggestion(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!ascii_is_digit(text.at[i]) && text.at[i] != 'A' && text.at[i] != 'B')
            return false;
    return text.len <= SUGGEST_MAX;
}

/* Without a commune one of the deck is proposed. */
static enum status read_asking(const struct web_request *request, struct asking *asking)
{
    struct str commune = str_trim(web_text(request, "commune"));
    asking->level = game_level(request);
    asking->seed = web_int(request, "seed", 1);
    asking->step = web_int(request, "step", 0);
    asking->said = web_value(request, "said");
    asking->suggest = str_trim(web_text(request, "suggest"));
    asking->asked = (struct variant_case){.field = MEASURE_POSTAL_CODE, .name = commune};
    if (asking->seed < 0 || asking->seed > GAME_SEED_MAX || asking->step < 0 || asking->step > WORDINGS ||
        asking->said.len > SAID_MAX || asked_field(web_text(request, "field"), &asking->asked.field) != OK)
        return INVALID;
    if (commune.len == 0) {
        struct seeded seeded = {(uint64_t)asking->seed};
        asking->asked.name = asking->deck->cases[seeded_below(&seeded, asking->deck->count)].asked.name;
        asking->step = 0;
    }
    return OK;
}

static struct str path_at(const struct asking *asking, int64_t step)
{
    struct buf name BUF_SCOPE = BUF_INIT(4 * NAME_MAX), said BUF_SCOPE = BUF_INIT(4 * SAID_MAX);
    html_url_component_add(&name, asking->asked.name);
    if (step > 1 && !str_is_absent(asking->said)) {
        buf_add_literal(&said, "&said=");
        html_url_component_add(&said, asking->said);
    }
    return str_format(asking->ctx->arena,
                      "/games/wordings?seed=%lld&commune=%.*s&field=%.*s&suggest=%.*s&step=%lld%.*s",
                      (long long)asking->seed, STR_ARG(buf_str(&name)), STR_ARG(asked_field_word(asking->asked.field)),
                      STR_ARG(asking->suggest), (long long)step, STR_ARG(buf_str(&said)));
}

/* ---- asking ---- */

/* Later wordings suggest something, and what is drawn for that hangs on what was said to the plain one. A request may
 * ask once; so the address carries what was said, and it is checked when the answer comes with the others. */
static enum status write_questions(struct asking *asking)
{
    struct seeded seeded = {(uint64_t)asking->seed};
    struct str said = asking->said.len > 0 ? asking->said : STR_NONE;
    TRY(variant_suggest(asking->table, asking->ctx->arena, &seeded, said, &asking->asked));
    if (asking->suggest.len > 0)
        asking->asked.suggested = asking->suggest;
    for (enum wording wording = VARIANT_PLAIN; wording < WORDINGS; wording++) {
        struct buf question BUF_SCOPE = BUF_INIT(VARIANT_QUESTION_MAX);
        variant_question(&question, &asking->asked, wording);
        TRY(buf_status(&question));
        asking->questions[wording] = str_copy(asking->ctx->arena, buf_str(&question));
    }
    return OK;
}

/* Each wording begins a talk of its own, but for the pressure, which answers the plain one. Without what was said only
 * that is asked for. */
static void choose(struct asking *asking)
{
    struct talking *talking = &asking->talking;
    int64_t wordings = str_is_absent(asking->said) && asking->step > 1 ? 1 : asking->step;
    for (enum wording wording = VARIANT_PLAIN; (int64_t)wording < wordings; wording++) {
        if (wording == VARIANT_PRESSURE) {
            talking->begins[talking->count] = true;
            talking->questions[talking->count++] = asking->questions[VARIANT_PLAIN];
        }
        talking->begins[talking->count] = wording != VARIANT_PRESSURE;
        talking->questions[talking->count++] = asking->questions[wording];
    }
}

static void take_answers(struct asking *asking)
{
    for (size_t i = 0; i < asking->told.count; i++) {
        bool is_again = i == VARIANT_PRESSURE;
        enum wording wording = (enum wording)(i > VARIANT_PRESSURE ? VARIANT_PRESSURE : i);
        if (is_again)
            continue;
        asking->turns[wording] = asking->told.turns[i];
        asking->answers[wording] = variant_read(asking->table, &asking->asked, asking->turns[wording].answer);
        asking->answered = (int64_t)wording + 1;
    }
}

/* CONFLICT: the address says of the plain answer what it was not, or nothing; asking->said is now what it was. */
static enum status check_said(struct asking *asking)
{
    struct str value = asking->answers[VARIANT_PLAIN].value;
    struct str said = str_is_absent(value) ? STR("") : str_slice(value, 0, SAID_MAX); /* no longer one is ever drawn */
    bool is_known = !str_is_absent(asking->said);
    if (asking->answered == 0 || (is_known && str_eq(asking->said, said)))
        return OK;
    asking->said = said;
    return asking->step > 1 || is_known ? CONFLICT : write_questions(asking);
}

static enum status ask_all(struct asking *asking, const struct web_request *request, struct web_response *response)
{
    if (asking->step < 2)
        asking->said = STR_NONE;
    TRY(write_questions(asking));
    choose(asking);
    TRY(talk_put(asking->ctx, request, response, &asking->talking, &asking->told));
    take_answers(asking);
    TRY(check_said(asking));
    return asking->told.stage == TALKING_TOO_LONG ? LIMIT : OK;
}

/* ---- the page ---- */

static struct str said_of(const struct asking *asking, enum wording wording)
{
    struct str value = asking->answers[wording].value;
    return str_is_absent(value) ? STR("")
                                : talk_claims_field(asking->ctx, asking->asked.field, value,
                                                    asking->turns[wording].sure);
}

static enum status add_turns(const struct asking *asking, struct games_wordings_view *view)
{
    struct ctx *ctx = asking->ctx;
    view->turns = arena_array(ctx->arena, struct games_wordings_turn, WORDINGS);
    if (view->turns == NULL)
        return LIMIT;
    for (enum wording wording = VARIANT_PLAIN; (int64_t)wording < asking->answered; wording++)
        view->turns[view->turn_count++] =
            (struct games_wordings_turn){.wording = text_of(ctx->language, asked_wording_name(wording)),
                                         .question = asking->questions[wording],
                                         .answer = asking->turns[wording].answer,
                                         .is_last = (int64_t)wording + 1 == asking->answered,
                                         .verdict = asked_verdict(asking->answers[wording].verdict),
                                         .said = said_of(asking, wording)};
    view->has_turns = asking->answered > 0;
    return OK;
}

static void add_end(const struct asking *asking, struct games_wordings_view *view)
{
    enum language language = asking->ctx->language;
    bool is_missing = asking->told.stage == TALKING_THINKS;
    struct str self = path_at(asking, asking->step);
    view->is_missing = is_missing;
    view->thinking = talk_thinking(asking->ctx, &asking->told, asking->answered, asking->step,
                                   str_format(asking->ctx->arena, "%.*s%s", STR_ARG(self),
                                              game_level_more(asking->level)));
    view->is_done = asking->step == WORDINGS && !is_missing;
    view->is_more = asking->step > 0 && asking->step < WORDINGS && !is_missing;
    struct str next = path_at(asking, asking->step + 1);
    if (view->is_more) {
        view->is_insisting = asking->step == VARIANT_PRESSURE;
        view->next_wording = text_of(language, asked_wording_name((enum wording)asking->step));
        view->next_question = asking->questions[asking->step];
        view->next = str_format(asking->ctx->arena, "%.*s%s#last", STR_ARG(next), game_level_more(asking->level));
    }
    if (!view->is_done)
        return;
    variant_pairs(asking->answers, &view->same, &view->read);
    view->ending = text_of(language, asked_end_sentence(variant_end(&asking->asked, asking->answers)));
    view->truth = asked_truth(asking->ctx, asking->table, asking->asked.name, &view->is_alike);
}

/* ---- the whole deck ---- */

/* "58,7 % [54,6 ; 62,6]" */
static struct str share_of(struct ctx *ctx, double share, uint64_t some, uint64_t all)
{
    double low, high;
    measure_interval(some, all, &low, &high);
    return str_format(ctx->arena, "%.0f\u00A0%% [%.0f\u00A0; %.0f]", share * 100, low * 100, high * 100);
}

static enum status add_rates(struct ctx *ctx, const struct wordings *deck, struct games_wordings_view *view)
{
    static const enum text_key names[] = {T_games_sure_end_held, T_games_sure_end_swayed, T_games_sure_end_changed};
    int64_t pressed = (int64_t)deck->count - deck->sum.ends[VARIANT_UNREAD];
    view->rates = arena_array(ctx->arena, struct games_wordings_rate, VARIANT_ENDS);
    if (view->rates == NULL || pressed == 0)
        return LIMIT;
    for (size_t end = VARIANT_HELD; end < VARIANT_UNREAD; end++)
        view->rates[view->rate_count++] = (struct games_wordings_rate){
            .name = text_of(ctx->language, names[end]),
            .count = deck->sum.ends[end],
            .share = share_of(ctx, (double)deck->sum.ends[end] / (double)pressed, (uint64_t)deck->sum.ends[end],
                              (uint64_t)pressed)};
    return OK;
}

/* The pairs of one question are no independent tries: the interval is that of as many tries as questions. */
static enum status sum_up(struct ctx *ctx, const struct wordings *deck, struct games_wordings_view *view)
{
    const struct wordings_sum *sum = &deck->sum;
    double share = sum->read > 0 ? (double)sum->same / (double)sum->read : 0;
    view->cases = (int64_t)deck->count;
    view->pairs = sum->read;
    view->consistency = share_of(ctx, share, (uint64_t)(share * (double)deck->count + 0.5), deck->count);
    view->kept_right = sum->kept_right;
    view->kept = sum->kept_right + sum->kept_wrong;
    view->left_right = sum->left_right;
    view->left = sum->left_right + sum->left_wrong;
    view->refusals = sum->refusals;
    view->spoke = sum->refusals_left;
    view->unread = sum->ends[VARIANT_UNREAD];
    view->hash = deck->hash;
    view->deck_seed = deck->seed;
    view->deck_path = STR("/games/machine/moyen.wordings.csv");
    return add_rates(ctx, deck, view);
}

static enum status add_form(const struct asking *asking, struct games_wordings_view *view)
{
    struct ctx *ctx = asking->ctx;
    TRY(asked_view(ctx, asking->asked.field, &view->asked));
    view->commune = asking->asked.name;
    view->suggest = asking->suggest;
    view->seed = str_format(ctx->arena, "%lld", (long long)asking->seed);
    view->level = game_level_name(asking->level);
    view->other = str_format(ctx->arena, "/games/wordings?seed=%lld%s",
                             (long long)(asking->seed + 1) % (GAME_SEED_MAX + 1), game_level_more(asking->level));
    return OK;
}

static enum status show(struct asking *asking, const struct web_request *request, struct web_response *response,
                        bool has_error)
{
    struct page page;
    struct games_wordings_view view = {.has_error = has_error};
    TRY(add_form(asking, &view));
    TRY(add_turns(asking, &view));
    add_end(asking, &view);
    TRY(sum_up(asking->ctx, asking->deck, &view));
    struct frame frame = {.game = &game_sure,
                          .tab = FRAME_BENCH,
                          .level = asking->level,
                          .path = path_at(asking, asking->step),
                          .seed = asking->seed};
    frame_begin(&page, asking->ctx, request, response, &frame);
    games_wordings_html(&page.html, &view);
    return frame_end(&page, &frame);
}

enum status games_wordings_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct asking asking = {.ctx = ctx, .told = {.stage = TALKING_SAID}};
    TRY(machine_wordings(ctx, &asking.deck));
    TRY(machine_table(ctx, &asking.table));
    if (read_asking(request, &asking) != OK)
        return refuse(ctx, NOT_FOUND, "games.wordings", T_games_round_wrong);
    if (!is_name(asking.asked.name) || !is_suggestion(asking.suggest)) {
        asking.step = 0;
        asking.suggest = is_suggestion(asking.suggest) ? asking.suggest : STR("");
        asking.asked.name = is_name(asking.asked.name) ? asking.asked.name : STR("Gien");
        return show(&asking, request, response, true);
    }
    enum status done = ask_all(&asking, request, response);
    if (done == CONFLICT) {
        struct str again = path_at(&asking, asking.step);
        return web_redirect(ctx, response, "%.*s%s", STR_ARG(again), game_level_more(asking.level));
    }
    if (done == LIMIT) { /* a name of more pieces than the machine hears at once */
        asking.step = asking.answered = 0;
        asking.told.stage = TALKING_SAID;
        return show(&asking, request, response, true);
    }
    TRY(done);
    return show(&asking, request, response, false);
}
