/* Game 0 without a screen: somebody plays the machine, somebody else the register; the room asks what the eight steps
 * ask. */
#include "language/model/claim.h"
#include "service/games/lang.h"
#include "service/games/machine.h"
#include "service/games/paper/paper.h"
#include "service/games/talk/talk_step.h"

static const enum text_key answers[TALK_STEPS] = {
    [STEP_TOWN] = T_games_paper_talk_town,       [STEP_VILLAGE] = T_games_paper_talk_village,
    [STEP_NOWHERE] = T_games_paper_talk_nowhere, [STEP_PREMISE] = T_games_paper_talk_premise,
    [STEP_SOURCE] = T_games_paper_talk_source,   [STEP_SURE] = T_games_paper_talk_sure,
    [STEP_CONTRADICT] = T_games_paper_talk_contradict, [STEP_REPHRASE] = T_games_paper_talk_rephrase};

/* What the register says of the commune a question names. */
static struct str truth_of(struct ctx *ctx, const struct table *table, struct str question)
{
    size_t after;
    const struct table_commune *commune = claim_commune(table, question, &after);
    if (commune == NULL)
        return text_of(ctx->language, T_games_truth_no_commune);
    struct text_arg said[] = {TEXT_ARG("department", commune->department->name),
                              TEXT_ARG("codes", commune->postal_codes[0]),
                              NUMBER_ARG("population", commune->population)};
    return text_with(ctx->arena, ctx->language, T_games_truth_register, said, 3);
}

static enum status add_question(struct ctx *ctx, const struct table *table, enum talk_step step, struct str question,
                                struct paper *paper)
{
    bool has_truth = step == STEP_TOWN || step == STEP_VILLAGE || step == STEP_REPHRASE;
    struct text_arg truth[] = {TEXT_ARG("truth", has_truth ? truth_of(ctx, table, question) : STR(""))};
    TRY(paper_add_card(paper, question, text_of(ctx->language, talk_step_title(step))));
    return paper_add_key(paper, question,
                         text_with(ctx->arena, ctx->language, answers[step], truth, has_truth ? 1 : 0),
                         has_truth ? text_of(ctx->language, T_games_village_source) : STR(""));
}

enum status paper_talk(struct ctx *ctx, int64_t seed, struct paper *paper)
{
    const struct table *table;
    struct str questions[TALK_STEPS];
    static const enum text_key votes[] = {T_games_claim_true, T_games_claim_false, T_games_claim_refused,
                                          T_games_claim_open};
    TRY(machine_table(ctx, &table));
    TRY(talk_step_examples(ctx, seed, questions));
    for (enum talk_step step = STEP_TOWN; step < TALK_STEPS; step++)
        TRY(add_question(ctx, table, step, questions[step], paper));
    TRY(paper_add_card(paper, text_of(ctx->language, T_games_paper_role), STR_NONE));
    for (size_t i = 0; i < sizeof votes / sizeof votes[0]; i++)
        TRY(paper_add_vote(paper, text_of(ctx->language, votes[i])));
    return OK;
}
