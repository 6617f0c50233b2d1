/* The trial of game 6: one question in five wordings, put to the model of the town's choice, an answer a page: a button
 * asks, the page then looks. */
#include "service/games/asked.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/trial/games_trial_sure_html.h"
#include "service/games/trial/sitting.h"

struct asking {
    struct sitting sitting;
    struct variant_case asked;
    int64_t step;  /* how many are looked at */
    int64_t heard; /* how many are answered */
    struct str sent[WORDINGS], said[WORDINGS];
    struct variant_answer answers[WORDINGS];
    struct sitting_heard last; /* of the first that is not answered */
    bool is_cut[WORDINGS];
};

/* ---- the address ---- */

static enum status read_asking(const struct web_request *request, struct asking *asking)
{
    asking->step = web_int(request, "step", 0);
    asking->asked = (struct variant_case){.field = MEASURE_POSTAL_CODE, .name = asking->sitting.commune};
    if (asking->step < 0 || asking->step > WORDINGS || 
        asked_field(web_text(request, "field"), &asking->asked.field) != OK)
        return refuse(asking->sitting.ctx, NOT_FOUND, "games.trial", T_games_round_wrong);
    if (!str_is_absent(asking->sitting.typed) || !web_has(request, "commune"))
        asking->step = 0;
    return OK;
}

static struct str path_at(const struct asking *asking, int64_t step)
{
    struct str path = sitting_path(&asking->sitting);
    return str_format(asking->sitting.ctx->arena, "%.*s&field=%.*s&step=%lld", STR_ARG(path),
                      STR_ARG(asked_field_word(asking->asked.field)), (long long)step);
}

/* ---- asking ---- */

static struct variant_answer read_answer(const struct asking *asking, struct str said)
{
    const struct sitting *sitting = &asking->sitting;
    enum measure_field field = asking->asked.field;
    bool is_wanted[MEASURE_FIELDS] = {false};
    uint8_t verdicts[MEASURE_FIELDS] = {0};
    struct str read = trial_read(sitting->ctx, sitting->table, said);
    is_wanted[field] = true;
    measure_judge(sitting->table, sitting->commune, read, is_wanted, verdicts);
    bool is_value = verdicts[field] == MEASURE_TRUE || verdicts[field] == MEASURE_FALSE;
    return (struct variant_answer){.verdict = verdicts[field],
                                   .value = is_value ? measure_value(read, field) : STR_NONE};
}

/* What is insisted upon can only be drawn once it is known what was said. */
static enum status put(struct asking *asking, enum wording wording)
{
    struct sitting *sitting = &asking->sitting;
    struct seeded seeded = {(uint64_t)sitting->seed};
    struct str first = wording == VARIANT_PLAIN ? STR("") : asking->said[VARIANT_PLAIN];
    if (wording == VARIANT_AGAIN)
        TRY(variant_suggest(sitting->table, sitting->ctx->arena, &seeded, asking->answers[VARIANT_PLAIN].value,
                            &asking->asked));
    asking->sent[wording] = trial_question(sitting->ctx, &asking->asked, wording, first);
    return str_is_absent(asking->sent[wording]) ? LIMIT : OK;
}

static enum status hear(struct asking *asking, enum wording wording)
{
    const struct provider_state *state = &asking->last.state;
    TRY(sitting_look(&asking->sitting, asking->sent[wording], &asking->last));
    if (!sitting_is_said(&asking->last))
        return OK;
    asking->said[wording] = state->said;
    asking->is_cut[wording] = state->is_cut;
    asking->answers[wording] = read_answer(asking, state->said);
    witness_judged(&asking->sitting.witness, asking->sent[wording], asking->answers[wording].verdict);
    asking->heard++;
    return OK;
}

/* Up to the step's wording, and the question after it; one that is not answered ends it. */
static enum status hear_all(struct asking *asking)
{
    for (enum wording wording = VARIANT_PLAIN; wording < WORDINGS; wording++) {
        TRY(put(asking, wording));
        if ((int64_t)wording == asking->step)
            return OK;
        TRY(hear(asking, wording));
        if (asking->heard == (int64_t)wording)
            return OK;
    }
    return OK;
}

/* ---- the page ---- */

static struct str question_of(const struct asking *asking, enum wording wording)
{
    struct buf question BUF_SCOPE = BUF_INIT(VARIANT_QUESTION_MAX);
    variant_question(&question, &asking->asked, wording);
    return str_copy(asking->sitting.ctx->arena, buf_str(&question));
}

static enum status add_turns(const struct asking *asking, struct games_trial_sure_view *view)
{
    struct ctx *ctx = asking->sitting.ctx;
    view->turns = arena_array(ctx->arena, struct games_trial_sure_turn, WORDINGS);
    if (view->turns == NULL)
        return LIMIT;
    for (enum wording wording = VARIANT_PLAIN; (int64_t)wording < asking->heard; wording++) {
        const struct variant_answer *answer = &asking->answers[wording];
        view->turns[view->turn_count++] =
            (struct games_trial_sure_turn){.wording = text_of(ctx->language, asked_wording_name(wording)),
                                           .question = question_of(asking, wording),
                                           .answer = asking->said[wording],
                                           .is_last = (int64_t)wording + 1 == asking->step,
                                           .is_cut = asking->is_cut[wording],
                                           .verdict = asked_verdict(answer->verdict),
                                           .value = str_is_absent(answer->value) ? STR("") : answer->value};
    }
    view->has_turns = asking->step > 0;
    return OK;
}

/* The register's line stands under the last answer, when nothing is left to guess. */
static void add_end(const struct asking *asking, struct games_trial_sure_view *view)
{
    const struct sitting *sitting = &asking->sitting;
    struct ctx *ctx = sitting->ctx;
    view->is_done = asking->heard == WORDINGS;
    if (!view->is_done)
        return;
    variant_pairs(asking->answers, &view->same, &view->read);
    view->ending = text_of(ctx->language, asked_end_sentence(variant_end(&asking->asked, asking->answers)));
    view->truth = asked_truth(ctx, sitting->table, sitting->commune, &view->is_alike);
}

static void add_next(const struct asking *asking, struct games_trial_sure_view *view)
{
    struct ctx *ctx = asking->sitting.ctx;
    struct str self = path_at(asking, asking->step);
    int64_t pending = asking->heard;
    bool is_missing = asking->step > 0 && pending < WORDINGS;
    view->is_pending = pending < asking->step && sitting_is_coming(&asking->last);
    view->is_more = is_missing && !view->is_pending;
    view->is_insisting = pending == VARIANT_PRESSURE;
    if (is_missing) {
        view->next_wording = text_of(ctx->language, asked_wording_name((enum wording)pending));
        view->next_question = question_of(asking, (enum wording)pending);
    }
    view->field_word = asked_field_word(asking->asked.field);
    view->next = str_format(ctx->arena, "%lld", (long long)pending + 1);
    bool is_shown = pending < asking->step || pending == 0;
    int64_t shown = is_shown ? pending : pending - 1; /* whose exact text */
    view->witness = sitting_witness(&asking->sitting, &asking->last, asking->sent[shown],
                                    str_format(ctx->arena, "%.*s%s", STR_ARG(self),
                                               game_level_more(asking->sitting.level)));
    view->witness.stage = str_format(ctx->arena, "%lld", (long long)pending);
    if (pending >= asking->step)
        view->witness.is_coming = view->witness.has_failed = false;
}

static enum status add_form(const struct asking *asking, struct games_trial_sure_view *view)
{
    const struct sitting *sitting = &asking->sitting;
    struct ctx *ctx = sitting->ctx;
    TRY(asked_view(ctx, asking->asked.field, &view->asked));
    view->form = sitting_commune(sitting);
    view->hidden = sitting_hidden(sitting);
    view->action = sitting_action(sitting);
    view->other = sitting_other(sitting);
    view->model = sitting->witness.decision.card.model;
    view->count = sitting_count(sitting);
    return OK;
}

enum status games_sure_trial_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct asking asking = {.heard = 0};
    struct games_trial_sure_view view = {.has_turns = false};
    TRY(sitting_open(ctx, request, response, &game_sure, &asking.sitting));
    TRY(read_asking(request, &asking));
    TRY(hear_all(&asking));
    TRY(add_form(&asking, &view));
    TRY(add_turns(&asking, &view));
    add_end(&asking, &view);
    add_next(&asking, &view);
    struct frame frame = sitting_begin(&page, &asking.sitting, path_at(&asking, asking.step));
    games_trial_sure_html(&page.html, &view);
    return frame_end(&page, &frame);
}

/* ---- the button ---- */

enum status games_sure_trial_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct asking asking = {.heard = 0};
    TRY(sitting_open(ctx, request, response, &game_sure, &asking.sitting));
    TRY(read_asking(request, &asking));
    if (asking.step == 0)
        return games_sure_trial_show(ctx, request, response);
    TRY(hear_all(&asking));
    if (asking.heard < asking.step && !sitting_is_coming(&asking.last))
        TRY(witness_ask(&asking.sitting.witness, asking.sent[asking.heard]));
    return sitting_lead(&asking.sitting, path_at(&asking, asking.step));
}
