#include "service/games/talk/talk_step.h"

#include "base/seeded.h"
#include "base/utf8.h"
#include "language/model/claim.h"
#include "language/model/dialogue.h"
#include "service/games/lang.h"
#include "service/games/machine.h"

enum { FOLDED_MAX = 4 * TALKING_QUESTION_MAX, TRIES_MAX = 200 };

/* ---- what was done ---- */

static const struct table_commune *commune_of(const struct table *table, struct str question)
{
    size_t after;
    return claim_commune(table, question, &after);
}

/* Has a commune of that name as many people? */
static bool is_of_size(const struct table *table, const struct table_commune *commune, int64_t from, int64_t to)
{
    size_t at = commune == NULL ? TABLE_NONE : table_find(table, commune->name);
    for (; at != TABLE_NONE; at = table->communes[at].next_alike)
        if (table->communes[at].population >= from && table->communes[at].population < to)
            return true;
    return false;
}

static bool has(struct str folded, const char *const *words)
{
    for (; *words != NULL; words++)
        if (str_find(folded, str_of(*words)) != SIZE_MAX)
            return true;
    return false;
}

static bool is_same_again(const struct table *table, const struct talk_turn *turns, size_t at)
{
    const struct table_commune *commune = commune_of(table, turns[at].question);
    for (size_t i = 0; commune != NULL && i < at; i++)
        if (commune_of(table, turns[i].question) == commune && !str_eq(turns[i].question, turns[at].question))
            return true;
    return false;
}

static void read_question(const struct table *table, const struct talk_turn *turns, size_t at, bool done[TALK_STEPS])
{
    static const char *const premises[] = {"pourquoi", "depuis quand", NULL};
    static const char *const sources[] = {"source", "d'ou ", "ou as-tu lu", "comment le sais", NULL};
    static const char *const sures[] = {"sur ?", "sure ?", "certain", "vraiment", NULL};
    static const char *const against[] = {"faux", "tu te trompes", "pas vrai", "c'est pas", NULL};
    char bytes[FOLDED_MAX];
    struct buf folded = {.at = bytes, .room = sizeof bytes, .max = sizeof bytes};
    const struct table_commune *commune = commune_of(table, turns[at].question);
    utf8_fold(&folded, turns[at].question);
    struct str words = buf_str(&folded);
    done[STEP_TOWN] |= is_of_size(table, commune, STEP_TOWN_PEOPLE, INT64_MAX);
    done[STEP_VILLAGE] |= is_of_size(table, commune, 1, STEP_VILLAGE_PEOPLE);
    done[STEP_NOWHERE] |= commune == NULL && !str_is_absent(claim_unknown_name(table, turns[at].question));
    done[STEP_PREMISE] |= has(words, premises);
    done[STEP_SOURCE] |= has(words, sources);
    done[STEP_SURE] |= has(words, sures);
    done[STEP_CONTRADICT] |= at > 0 && has(words, against);
    done[STEP_REPHRASE] |= is_same_again(table, turns, at);
}

void talk_steps_done(const struct table *table, const struct talk_turn *turns, size_t count, bool ret_done[TALK_STEPS])
{
    memset(ret_done, 0, TALK_STEPS * sizeof *ret_done);
    for (size_t i = 0; i < count; i++)
        read_question(table, turns, i, ret_done);
}

enum text_key talk_step_title(enum talk_step step)
{
    static const enum text_key titles[TALK_STEPS] = {T_games_step_town,   T_games_step_village, T_games_step_nowhere,
                                                     T_games_step_premise, T_games_step_source, T_games_step_sure,
                                                     T_games_step_contradict, T_games_step_rephrase};
    return titles[step];
}

/* ---- examples ---- */

struct str talk_step_question(struct ctx *ctx, enum talk_step step, struct str name)
{
    static const struct {
        const char *before, *after; /* NULL: it names no place */
    } words[TALK_STEPS] = {[STEP_TOWN] = {"Où se trouve ", " ?"},
                           [STEP_VILLAGE] = {"Quel code postal pour ", " ?"},
                           [STEP_NOWHERE] = {"Combien d'habitants compte ", " ?"},
                           [STEP_PREMISE] = {"Pourquoi ", " a-t-elle perdu la mer ?"},
                           [STEP_SOURCE] = {"Quelle est ta source ?", NULL},
                           [STEP_SURE] = {"Es-tu sûr ?", NULL},
                           [STEP_CONTRADICT] = {"Non, c'est faux.", NULL},
                           [STEP_REPHRASE] = {"Code postal de ", " ?"}};
    if (words[step].after == NULL)
        return str_of(words[step].before);
    return str_format(ctx->arena, "%s%.*s%s", words[step].before, STR_ARG(name), words[step].after);
}

/* A commune of the machine's own world, of that size, and badly known where that is asked. */
static const struct deck_card *pick(const struct deck *deck, struct seeded *seeded, int64_t from, int64_t to)
{
    for (int tries = 0; tries < TRIES_MAX; tries++) {
        const struct deck_card *card = &deck->cards[seeded_below(seeded, deck->count)];
        int64_t population;
        if (str_to_i64(card->population, &population) == OK && population >= from && population < to)
            return card;
    }
    return &deck->cards[0];
}

static struct str invented_name(struct ctx *ctx, const struct table *table, struct seeded *seeded)
{
    struct buf name BUF_SCOPE = BUF_INIT(4 * TABLE_NAME_MAX);
    for (int tries = 0; tries < TRIES_MAX; tries++)
        if (dialogue_invent(table, seeded, &name))
            return str_copy(ctx->arena, buf_str(&name));
    return STR("Villargent");
}

enum status talk_step_examples(struct ctx *ctx, int64_t seed, struct str ret_examples[TALK_STEPS])
{
    const struct deck *deck;
    const struct table *table;
    struct seeded seeded = {(uint64_t)seed};
    TRY(machine_deck(ctx, MACHINE_MOYEN, &deck));
    TRY(machine_table(ctx, &table));
    struct str town = pick(deck, &seeded, STEP_TOWN_PEOPLE, INT64_MAX)->name;
    struct str village = pick(deck, &seeded, 1, STEP_VILLAGE_PEOPLE)->name;
    struct str nowhere = invented_name(ctx, table, &seeded);
    struct str names[TALK_STEPS] = {[STEP_TOWN] = town, [STEP_VILLAGE] = village, [STEP_NOWHERE] = nowhere,
                                    [STEP_PREMISE] = town, [STEP_REPHRASE] = village};
    for (enum talk_step step = STEP_TOWN; step < TALK_STEPS; step++)
        ret_examples[step] = talk_step_question(ctx, step, names[step]);
    return OK;
}
