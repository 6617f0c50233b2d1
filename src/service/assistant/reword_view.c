#include "service/assistant/reword_view.h"

#include "core/decision_ask.h"
#include "service/assistant/lang.h"
#include "service/assistant/origin_view.h"

static struct str event_of(struct ctx *ctx, const struct provider_state *state)
{
    struct text_arg place[] = {NUMBER_ARG("place", state->place)};
    if (state->stage == PROVIDER_WAITS && state->place > 1)
        return text_with(ctx->arena, ctx->language, T_assistant_reword_waits, place, 1);
    return text_of(ctx->language, T_assistant_reword_comes);
}

static struct str why(struct ctx *ctx, const struct guard_sentence *sentence)
{
    static const enum text_key reasons[] = {[GUARD_NUMBER] = T_assistant_struck_number,
                                            [GUARD_NAME] = T_assistant_struck_name,
                                            [GUARD_NEGATION] = T_assistant_struck_negation,
                                            [GUARD_DROPPED] = T_assistant_struck_dropped};
    struct text_arg what[] = {TEXT_ARG("what", str_is_absent(sentence->what) ? STR("") : sentence->what)};
    return text_with(ctx->arena, ctx->language, reasons[sentence->reason], what, 1);
}

/* Watt-hours with two figures behind the comma: microwatt-hours are what providers tell. */
static struct str energy_of(struct ctx *ctx, int64_t energy_uwh)
{
    enum { UWH = 1000000, PART = 10000 };
    int64_t hundredths = (energy_uwh + PART / 2) / PART;
    struct text_arg args[] = {TEXT_ARG(
        "energy", str_format(ctx->arena, ctx->language == LANGUAGE_FR ? "%lld,%02lld" : "%lld.%02lld",
                             (long long)(hundredths / 100), (long long)(hundredths % 100)))};
    return text_with(ctx->arena, ctx->language, T_assistant_reword_energy, args, 1);
}

/* The parts of a sentence that is not struck, each with its passage among the quotations. */
static enum status add_parts(struct ctx *ctx, const struct reword *reword, const struct origin *origin,
                             struct assistant_reword_sentence *sentence)
{
    sentence->parts = arena_array(ctx->arena, struct assistant_part_view, origin->count + 1);
    if (sentence->parts == NULL)
        return LIMIT;
    for (size_t i = 0; i < origin->count; i++) {
        const struct origin_part *part = &origin->parts[i];
        size_t number = origin_has_place(part) ? reword->quoted[part->passage] + 1 : 0;
        sentence->parts[sentence->part_count++] = origin_part_view(ctx, part, "quote", number);
    }
    return OK;
}

static enum status add_sentences(struct ctx *ctx, const struct reword *reword, struct assistant_reword_view *view)
{
    view->sentences = arena_array(ctx->arena, struct assistant_reword_sentence, reword->count + 1);
    if (view->sentences == NULL)
        return LIMIT;
    for (size_t i = 0; i < reword->count; i++) {
        const struct guard_sentence *judged = &reword->sentences[i].judged;
        bool is_struck = judged->reason != GUARD_CLEAN;
        struct assistant_reword_sentence *sentence = &view->sentences[view->sentence_count++];
        *sentence = (struct assistant_reword_sentence){.text = judged->text, .is_struck = is_struck,
                                                       .why = is_struck ? why(ctx, judged) : STR("")};
        TRY(add_parts(ctx, reword, &reword->sentences[i].origin, sentence));
        view->has_struck |= is_struck;
    }
    view->shares = origin_shares_view(ctx, reword->characters);
    return OK;
}

enum status reword_view(struct ctx *ctx, const struct reword *reword, struct str self,
                        struct assistant_reword_view *ret_view)
{
    const struct provider_state *state = &reword->state;
    const struct provider_card *card = &reword->decision.card;
    struct assistant_reword_view view = {.self = self, .sent = reword->sent, .model = card->model,
                                         .address = card->address, .is_outside = card->is_outside};
    view.is_coming = state->stage == PROVIDER_WAITS || state->stage == PROVIDER_RUNS;
    view.stage = STR("coming");
    view.event = event_of(ctx, state);
    enum text_key failure = decision_ask_failure(state);
    view.has_failed = failure != T_none;
    view.failure = text_of(ctx->language, failure);
    view.is_done = !view.is_coming && !view.has_failed;
    view.is_cut = state->is_cut;
    view.has_energy = state->energy_uwh >= 0;
    view.energy = energy_of(ctx, state->energy_uwh);
    view.shares = (struct assistant_shares_view){STR(""), STR(""), STR("")};
    if (view.is_done)
        TRY(add_sentences(ctx, reword, &view));
    *ret_view = view;
    return OK;
}
