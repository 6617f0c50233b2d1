#include "service/games/trial/witness.h"

#include <stdlib.h>

#include "service/games/machine.h"

/* ---- memory ---- */

static void empty(struct witness_answer *answer)
{
    free(answer->text);
    free(answer->said);
    *answer = (struct witness_answer){.text = NULL};
}

void witness_forget(struct witness_memory *memory)
{
    for (size_t i = 0; i < WITNESS_KEPT; i++)
        empty(&memory->answers[i]);
    free(memory->model);
    memory->model = NULL;
}

static char *kept(struct str text)
{
    return strndup(text.at, text.len);
}

/* Of another model nothing is kept. */
static void turn_to(struct witness_memory *memory, struct str model)
{
    if (memory->model != NULL && str_eq(str_of(memory->model), model))
        return;
    witness_forget(memory);
    memory->model = kept(model);
}

static struct witness_answer *find(struct witness_memory *memory, struct str text)
{
    for (size_t i = 0; i < WITNESS_KEPT; i++)
        if (memory->answers[i].text != NULL && str_eq(str_of(memory->answers[i].text), text))
            return &memory->answers[i];
    return NULL;
}

/* In the place of the one that was looked at longest ago. Without memory it is not kept, and asked again. */
static void keep(struct witness_memory *memory, struct str text, const struct provider_state *state)
{
    struct witness_answer *oldest = &memory->answers[0];
    for (size_t i = 1; i < WITNESS_KEPT; i++)
        if (memory->answers[i].used < oldest->used)
            oldest = &memory->answers[i];
    empty(oldest);
    *oldest = (struct witness_answer){
        .text = kept(text), .said = kept(state->said), .used = ++memory->uses, .is_cut = state->is_cut};
    if (oldest->text == NULL || oldest->said == NULL)
        empty(oldest);
}

/* ---- hearing ---- */

enum status witness_call(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                         struct witness *ret_witness)
{
    struct witness witness = {.ctx = ctx, .request = request, .response = response};
    TRY(decision_now(ctx, &witness.decision));
    TRY(machine_witness(ctx, &witness.memory));
    const struct provider_card *card = &witness.decision.card;
    struct str model = str_format(ctx->arena, "%.*s %.*s %.*s", STR_ARG(card->name), STR_ARG(card->address),
                                  STR_ARG(card->model));
    if (str_is_absent(model))
        return LIMIT;
    turn_to(witness.memory, model);
    *ret_witness = witness;
    return OK;
}

enum status witness_hear(struct witness *witness, struct str text, struct provider_state *ret_state)
{
    struct witness_answer *answer = find(witness->memory, text);
    if (answer != NULL) {
        answer->used = ++witness->memory->uses;
        *ret_state = (struct provider_state){.stage = PROVIDER_DONE, .failure = PROVIDER_WELL, .is_cut = answer->is_cut,
                                             .said = str_copy(witness->ctx->arena, str_of(answer->said)),
                                             .energy_uwh = -1};
        return str_is_absent(ret_state->said) ? LIMIT : OK;
    }
    TRY(decision_ask(witness->ctx, witness->request, witness->response, &witness->decision, text, ret_state));
    if (ret_state->stage == PROVIDER_DONE && ret_state->failure == PROVIDER_WELL)
        keep(witness->memory, text, ret_state);
    return OK;
}

void witness_judged(struct witness *witness, struct str text, enum measure_verdict verdict)
{
    struct witness_answer *answer = find(witness->memory, text);
    if (answer != NULL)
        answer->verdict = verdict;
}

void witness_count(const struct witness *witness, int64_t ret_counts[MEASURE_UNCLEAR + 1])
{
    memset(ret_counts, 0, (MEASURE_UNCLEAR + 1) * sizeof *ret_counts);
    for (size_t i = 0; i < WITNESS_KEPT; i++)
        if (witness->memory->answers[i].text != NULL)
            ret_counts[witness->memory->answers[i].verdict]++;
}
