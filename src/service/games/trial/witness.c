#include "service/games/trial/witness.h"

#include <stdlib.h>

#include "service/games/brake.h"
#include "service/games/lang.h"
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

/* In the place of the one that was looked at longest ago. NULL: no memory. */
static struct witness_answer *add(struct witness_memory *memory, struct str text)
{
    struct witness_answer *oldest = &memory->answers[0];
    for (size_t i = 1; i < WITNESS_KEPT; i++)
        if (memory->answers[i].used < oldest->used)
            oldest = &memory->answers[i];
    empty(oldest);
    *oldest = (struct witness_answer){.text = kept(text), .used = ++memory->uses};
    return oldest->text != NULL ? oldest : NULL;
}

static void note(struct witness_answer *answer, const struct provider_state *state)
{
    answer->stage = state->stage;
    answer->failure = state->failure;
    answer->place = state->place;
    answer->is_cut = state->is_cut;
    if (state->stage == PROVIDER_DONE && state->failure == PROVIDER_WELL)
        answer->said = kept(state->said);
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

static bool is_coming(const struct witness_answer *answer)
{
    return answer->stage == PROVIDER_WAITS || answer->stage == PROVIDER_RUNS;
}

/* Not said: does it still count as asked for? */
static bool is_fresh(const struct witness_answer *answer, struct instant now)
{
    return answer->asked.ms <= now.ms && answer->asked.ms > now.ms - WITNESS_PATIENCE_MS;
}

enum status witness_look(struct witness *witness, struct str text, struct provider_state *ret_state, bool *ret_is_asked)
{
    struct witness_answer *answer = find(witness->memory, text);
    struct arena *arena = witness->ctx->arena;
    *ret_state = (struct provider_state){.said = STR(""), .energy_uwh = -1};
    *ret_is_asked = answer != NULL && (answer->said != NULL || is_fresh(answer, witness->ctx->now));
    if (!*ret_is_asked)
        return OK;
    answer->used = ++witness->memory->uses;
    if (answer->said == NULL && is_coming(answer)) {
        TRY(decision_ask(witness->ctx, witness->request, witness->response, &witness->decision, text, ret_state));
        note(answer, ret_state);
        return OK;
    }
    ret_state->stage = answer->stage;
    ret_state->failure = answer->failure;
    ret_state->is_cut = answer->is_cut;
    ret_state->said = answer->said != NULL ? str_copy(arena, str_of(answer->said)) : STR("");
    return str_is_absent(ret_state->said) ? LIMIT : OK;
}

/* The request comes twice, without and with the role's answer: it is counted when it comes first. */
static enum status count(struct witness *witness)
{
    struct str remote = witness->request->remote;
    if (witness->request->house != NULL)
        return OK;
    if (brake_door(witness->ctx, BRAKE_ASKING, remote) != BRAKE_OPEN)
        return refuse(witness->ctx, BUSY, "games.witness_shut", T_games_witness_shut);
    brake_note(witness->ctx, BRAKE_ASKING, remote);
    return OK;
}

enum status witness_ask(struct witness *witness, struct str text)
{
    struct provider_state state;
    struct witness_answer *answer = find(witness->memory, text);
    if (answer != NULL && (answer->said != NULL || (is_coming(answer) && is_fresh(answer, witness->ctx->now))))
        return OK;
    TRY(count(witness));
    TRY(decision_ask(witness->ctx, witness->request, witness->response, &witness->decision, text, &state));
    if (answer == NULL)
        answer = add(witness->memory, text);
    if (answer == NULL)
        return OK; /* asked for, and not known to be: the page offers to ask again */
    answer->asked = witness->ctx->now;
    note(answer, &state);
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
        if (witness->memory->answers[i].said != NULL)
            ret_counts[witness->memory->answers[i].verdict]++;
}
