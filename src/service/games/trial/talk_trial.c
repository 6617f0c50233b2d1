/* The trial of game 0: a talk in turns with the model of the town's choice, a lead a turn. Leads are in the address, a
 * button asks, the page then looks. All that is sent is ours, a name of the register or of the places that are none
 * (nowhere.h), or what the model said before. */
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/machine.h"
#include "service/games/talk/nowhere.h"
#include "service/games/talk/talk_claims.h"
#include "service/games/talk/talk_step.h"
#include "service/games/trial/games_trial_talk_html.h"
#include "service/games/trial/sitting.h"

enum { TURNS_MAX = 4 };

struct chat {
    struct sitting sitting;
    struct str names[TALK_STEPS]; /* whom a lead is about; of those that answer to something: nobody */
    enum talk_step leads[TURNS_MAX];
    size_t count; /* of the address */
    size_t heard; /* of those, answered */
    struct trial_turn turns[TURNS_MAX];
    struct str sent[TURNS_MAX];
    struct talk_claims claims[TURNS_MAX];
    bool is_cut[TURNS_MAX];
    struct sitting_heard last; /* of the first that is not answered */
};

/* ---- the address ---- */

static const struct str words[TALK_STEPS] = {
    [STEP_TOWN] = STR_INIT("town"),           [STEP_VILLAGE] = STR_INIT("village"),
    [STEP_NOWHERE] = STR_INIT("nowhere"),     [STEP_PREMISE] = STR_INIT("premise"),
    [STEP_SOURCE] = STR_INIT("source"),       [STEP_SURE] = STR_INIT("sure"),
    [STEP_CONTRADICT] = STR_INIT("contradict"), [STEP_REPHRASE] = STR_INIT("rephrase")};

/* The others answer to something. */
static bool names_a_place(enum talk_step step)
{
    return step <= STEP_PREMISE;
}

static bool is_done(const struct chat *chat, enum talk_step step)
{
    for (size_t i = 0; i < chat->count; i++)
        if (chat->leads[i] == step)
            return true;
    return false;
}

/* Each once, and none that answers to nothing. */
static bool can_follow(const struct chat *chat, enum talk_step step)
{
    return chat->count < TURNS_MAX && !is_done(chat, step) && (chat->count > 0 || names_a_place(step));
}

static enum status add_lead(struct chat *chat, struct str word)
{
    for (enum talk_step step = STEP_TOWN; step < TALK_STEPS; step++)
        if (str_eq(word, words[step]) && can_follow(chat, step)) {
            chat->leads[chat->count++] = step;
            return OK;
        }
    return refuse(chat->sitting.ctx, NOT_FOUND, "games.trial", T_games_round_wrong);
}

static enum status read_leads(const struct web_request *request, struct chat *chat)
{
    for (size_t i = 0; i < request->fields->count; i++)
        if (str_eq(request->fields->at[i].name, STR("lead")))
            TRY(add_lead(chat, request->fields->at[i].value));
    if (!str_is_absent(chat->sitting.typed))
        chat->count = 0;
    return OK;
}

static struct str path_of(const struct chat *chat)
{
    struct str path = sitting_path(&chat->sitting);
    for (size_t i = 0; i < chat->count; i++)
        path = str_format(chat->sitting.ctx->arena, "%.*s&lead=%.*s", STR_ARG(path), STR_ARG(words[chat->leads[i]]));
    return path;
}

/* ---- whom it is about ---- */

/* The next commune from a drawn one on that has so many people, and whose name no other bears. */
static struct str draw_commune(const struct table *table, struct seeded *seeded, int64_t from, int64_t to)
{
    size_t first = seeded_below(seeded, table->count);
    for (size_t i = 0; i < table->count; i++) {
        const struct table_commune *commune = &table->communes[(first + i) % table->count];
        if (commune->population >= from && commune->population < to && table_is_alone(table, commune->name))
            return commune->name;
    }
    return table->communes[first].name;
}

/* One that is read as a name, and as nobody's. */
static enum status draw_nowhere(struct chat *chat, struct seeded *seeded)
{
    struct ctx *ctx = chat->sitting.ctx;
    const struct table *table = chat->sitting.table;
    const struct nowhere *nowhere;
    TRY(machine_nowhere(ctx, &nowhere));
    size_t first = seeded_below(seeded, nowhere->count), after;
    for (size_t i = 0; i < nowhere->count; i++) {
        struct str name = nowhere->cases[(first + i) % nowhere->count].name;
        struct str question = talk_step_question(ctx, STEP_NOWHERE, name);
        if (claim_commune(table, question, &after) == NULL && str_eq(claim_unknown_name(table, question), name)) {
            chat->names[STEP_NOWHERE] = name;
            return OK;
        }
    }
    return CORRUPT;
}

/* The commune that was chosen is the village or the town; the other one is drawn, as is the place that is none. */
static enum status choose_names(struct chat *chat)
{
    const struct sitting *sitting = &chat->sitting;
    const struct table *table = sitting->table;
    struct seeded seeded = {(uint64_t)sitting->seed + GAME_SEED_MAX + 1};
    struct str chosen = sitting->commune;
    bool is_village = table->communes[table_find(table, chosen)].population < STEP_VILLAGE_PEOPLE;
    struct str other = is_village ? draw_commune(table, &seeded, STEP_TOWN_PEOPLE, INT64_MAX)
                                  : draw_commune(table, &seeded, 1, STEP_VILLAGE_PEOPLE);
    chat->names[STEP_TOWN] = is_village ? other : chosen;
    chat->names[STEP_VILLAGE] = is_village ? chosen : other;
    chat->names[STEP_PREMISE] = chosen;
    return draw_nowhere(chat, &seeded);
}

/* The last turn up to this one that names a place; the first does. */
static size_t placed(const struct chat *chat, size_t at)
{
    while (at > 0 && !names_a_place(chat->leads[at]))
        at--;
    return at;
}

/* What a lead asks as turn `at`; put otherwise is what was asked last. */
static struct str question_of(const struct chat *chat, size_t at, enum talk_step lead)
{
    static const enum measure_field fields[TALK_STEPS] = {[STEP_TOWN] = MEASURE_DEPARTMENT,
                                                          [STEP_VILLAGE] = MEASURE_POSTAL_CODE,
                                                          [STEP_NOWHERE] = MEASURE_POPULATION,
                                                          [STEP_PREMISE] = MEASURE_DEPARTMENT};
    struct ctx *ctx = chat->sitting.ctx;
    if (lead != STEP_REPHRASE)
        return talk_step_question(ctx, lead, chat->names[lead]);
    if (at == 0)
        return STR("");
    struct buf out BUF_SCOPE = BUF_INIT(VARIANT_QUESTION_MAX);
    enum talk_step before = chat->leads[placed(chat, at - 1)];
    struct variant_case asked = {.field = fields[before], .name = chat->names[before]};
    variant_question(&out, &asked, VARIANT_AGAIN);
    return str_copy(ctx->arena, buf_str(&out));
}

/* ---- asking ---- */

/* Five digits are a postal code where somebody speaks of one: in free sentences they may be anything. */
static void doubt(struct talk_claims *claims, struct str question, struct str said)
{
    static const struct str word = STR_INIT("postal");
    bool is_meant = str_find(question, word) != SIZE_MAX || str_find(said, word) != SIZE_MAX;
    for (size_t i = 0; i < claims->count; i++)
        if (claims->at[i].kind == CLAIM_POSTAL_CODE && !is_meant)
            claims->at[i].verdict = MEASURE_UNCLEAR;
}

/* An answer is judged by its worst claim. */
static enum measure_verdict verdict_of(const struct talk_claims *claims)
{
    static const enum measure_verdict worst[] = {MEASURE_FALSE, MEASURE_REFUSED, MEASURE_TRUE};
    for (size_t i = 0; i < sizeof worst / sizeof worst[0]; i++)
        if (talk_claims_count(claims, worst[i]) > 0)
            return worst[i];
    return MEASURE_UNCLEAR;
}

static void judge(struct chat *chat, size_t at)
{
    struct sitting *sitting = &chat->sitting;
    struct talk_claims *claims = &chat->claims[at];
    struct str question = chat->turns[placed(chat, at)].question;
    struct str read = trial_read(sitting->ctx, NULL, chat->turns[at].said);
    claim_read(sitting->table, question, read, claims->at, &claims->count);
    doubt(claims, question, read);
    witness_judged(&sitting->witness, chat->sent[at], verdict_of(claims));
}

/* One that is not answered ends it: what is sent next holds what was said. */
static enum status hear(struct chat *chat)
{
    struct sitting *sitting = &chat->sitting;
    for (size_t i = 0; i < chat->count; i++) {
        struct trial_turn *turn = &chat->turns[i];
        turn->question = question_of(chat, i, chat->leads[i]);
        chat->sent[i] = trial_after(sitting->ctx, chat->turns, i, turn->question, T_games_trial_form_talk);
        if (str_is_absent(chat->sent[i]))
            return LIMIT;
        TRY(sitting_look(sitting, chat->sent[i], &chat->last));
        if (!sitting_is_said(&chat->last))
            return OK;
        turn->said = chat->last.state.said;
        chat->is_cut[i] = chat->last.state.is_cut;
        judge(chat, i);
        chat->heard++;
    }
    return OK;
}

static enum status open_chat(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                             struct chat *chat)
{
    TRY(sitting_open(ctx, request, response, &game_talk, &chat->sitting));
    TRY(read_leads(request, chat));
    TRY(choose_names(chat));
    return hear(chat);
}

/* ---- the page ---- */

static enum status add_turns(const struct chat *chat, struct games_trial_talk_view *view)
{
    struct ctx *ctx = chat->sitting.ctx;
    view->turns = arena_array(ctx->arena, struct games_trial_talk_turn, TURNS_MAX);
    view->askeds = arena_array(ctx->arena, struct games_trial_talk_asked, TURNS_MAX);
    if (view->turns == NULL || view->askeds == NULL)
        return LIMIT;
    for (size_t i = 0; i < chat->count; i++)
        view->askeds[view->asked_count++] = (struct games_trial_talk_asked){.lead = words[chat->leads[i]]};
    for (size_t i = 0; i < chat->heard; i++) {
        int64_t wrong = talk_claims_count(&chat->claims[i], MEASURE_FALSE);
        struct games_trial_talk_turn *turn = &view->turns[view->turn_count++];
        *turn = (struct games_trial_talk_turn){.question = chat->turns[i].question,
                                               .answer = chat->turns[i].said,
                                               .is_last = i + 1 == chat->count,
                                               .is_cut = chat->is_cut[i]};
        TRY(talk_claims_view(ctx, &chat->claims[i], NULL, &turn->claims));
        view->judged_count += talk_claims_count(&chat->claims[i], MEASURE_TRUE) + wrong;
        view->false_count += wrong;
    }
    view->is_judged = view->judged_count > 0;
    view->has_turns = chat->count > 0;
    return OK;
}

static void add_next(const struct chat *chat, struct games_trial_talk_view *view)
{
    const struct sitting *sitting = &chat->sitting;
    struct ctx *ctx = sitting->ctx;
    view->is_waiting = chat->heard < chat->count;
    view->is_more = view->is_waiting && !sitting_is_coming(&chat->last);
    view->is_full = chat->heard == TURNS_MAX;
    view->can_choose = chat->heard == chat->count && !view->is_full;
    view->left = (int64_t)(TURNS_MAX - chat->count);
    if (chat->count == 0)
        return;
    size_t shown = view->is_waiting ? chat->heard : chat->count - 1;
    struct str path = path_of(chat);
    struct str self = str_format(ctx->arena, "%.*s%s", STR_ARG(path), game_level_more(sitting->level));
    view->next_question = chat->turns[shown].question;
    view->witness = sitting_witness(sitting, &chat->last, chat->sent[shown], self);
    view->witness.stage = str_format(ctx->arena, "%zu", chat->heard);
}

static enum status add_steps(const struct chat *chat, struct games_trial_talk_view *view)
{
    struct ctx *ctx = chat->sitting.ctx;
    view->steps = arena_array(ctx->arena, struct games_trial_talk_step, TALK_STEPS);
    if (view->steps == NULL)
        return LIMIT;
    for (enum talk_step step = STEP_TOWN; step < TALK_STEPS; step++)
        view->steps[view->step_count++] =
            (struct games_trial_talk_step){.number = (int64_t)step + 1,
                                           .title = text_of(ctx->language, talk_step_title(step)),
                                           .lead = words[step],
                                           .question = question_of(chat, chat->count, step),
                                           .is_open = can_follow(chat, step),
                                           .is_done = is_done(chat, step)};
    return OK;
}

enum status games_talk_trial_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct chat chat = {.count = 0};
    TRY(open_chat(ctx, request, response, &chat));
    const struct sitting *sitting = &chat.sitting;
    struct games_trial_talk_view view = {.action = sitting_action(sitting),
                                         .form = sitting_commune(sitting),
                                         .hidden = sitting_hidden(sitting),
                                         .model = sitting->witness.decision.card.model,
                                         .other = sitting_other(sitting),
                                         .next_question = STR(""),
                                         .instruction = text_of(LANGUAGE_FR, T_games_trial_form_talk)};
    TRY(add_turns(&chat, &view));
    TRY(add_steps(&chat, &view));
    add_next(&chat, &view);
    view.count = sitting_count(sitting);
    struct frame frame = sitting_begin(&page, sitting, path_of(&chat));
    games_trial_talk_html(&page.html, &view);
    return frame_end(&page, &frame);
}

/* The button. */
enum status games_talk_trial_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct chat chat = {.count = 0};
    TRY(open_chat(ctx, request, response, &chat));
    if (!str_is_absent(chat.sitting.typed))
        return games_talk_trial_show(ctx, request, response);
    if (chat.heard < chat.count && !sitting_is_coming(&chat.last))
        TRY(witness_ask(&chat.sitting.witness, chat.sent[chat.heard]));
    return sitting_lead(&chat.sitting, path_of(&chat));
}
