/* The trial of game 7: the language model of the town's choice writes a commune's line, and the player finds the
 * register's. */
#include "service/games/asked.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/trial/games_trial_duel_html.h"
#include "service/games/trial/sitting.h"

struct duel {
    struct sitting sitting;
    bool is_named; /* a commune of the register, whose line it is to write */
    int64_t pick;  /* 1: A, 2: B, 0: none yet */
    struct str sent;
    struct sitting_heard heard;
    struct trial_line line;
    struct str real;
    bool is_real_second;
};

static enum status read_duel(const struct web_request *request, struct duel *duel)
{
    duel->pick = web_int(request, "pick", 0);
    duel->is_named = web_has(request, "commune") && str_is_absent(duel->sitting.typed);
    return duel->pick >= 0 && duel->pick <= 2
               ? OK
               : refuse(duel->sitting.ctx, NOT_FOUND, "games.trial", T_games_round_wrong);
}

static const struct table_commune *commune_of(const struct duel *duel)
{
    const struct sitting *sitting = &duel->sitting;
    return &sitting->table->communes[table_find(sitting->table, sitting->commune)];
}

static struct str real_line(const struct duel *duel)
{
    const struct table_commune *commune = commune_of(duel);
    struct arena *arena = duel->sitting.ctx->arena;
    struct str people = str_format(arena, "%lld", (long long)commune->population);
    return trial_register_line(arena, commune->name, commune->department, commune->postal_codes[0], people);
}

/* The answer is judged by its worst field. */
static enum measure_verdict verdict_of(const struct trial_line *line)
{
    enum measure_verdict worst = MEASURE_TRUE;
    for (int field = 0; field < MEASURE_FIELDS; field++) {
        enum measure_verdict verdict = line->verdicts[field];
        if (verdict == MEASURE_REFUSED || (verdict == MEASURE_FALSE && worst != MEASURE_REFUSED) ||
            (verdict == MEASURE_UNCLEAR && worst == MEASURE_TRUE))
            worst = verdict;
    }
    return worst;
}

static enum status hear(struct duel *duel)
{
    struct sitting *sitting = &duel->sitting;
    struct seeded seeded = {(uint64_t)sitting->seed};
    (void)seeded_next(&seeded); /* the first draws the commune */
    duel->is_real_second = seeded_below(&seeded, 2) == 1;
    duel->real = real_line(duel);
    duel->sent = trial_wish(sitting->ctx, sitting->commune);
    if (str_is_absent(duel->sent) || str_is_absent(duel->real))
        return LIMIT;
    if (!duel->is_named)
        return OK;
    TRY(sitting_look(sitting, duel->sent, &duel->heard));
    if (!sitting_is_said(&duel->heard))
        return OK;
    duel->line = trial_line(sitting->ctx, sitting->table, sitting->commune, duel->heard.state.said);
    witness_judged(&sitting->witness, duel->sent, verdict_of(&duel->line));
    return OK;
}

/* ---- the page ---- */

static struct str path_with(const struct duel *duel, int pick)
{
    struct str path = sitting_path(&duel->sitting);
    return str_format(duel->sitting.ctx->arena, "%.*s%s%s#last", STR_ARG(path),
                      pick == 1 ? "&pick=1" : "&pick=2", game_level_more(duel->sitting.level));
}

static enum status add_fields(const struct duel *duel, struct games_trial_duel_view *view)
{
    struct ctx *ctx = duel->sitting.ctx;
    view->fields = arena_array(ctx->arena, struct games_trial_duel_field, MEASURE_FIELDS);
    if (view->fields == NULL)
        return LIMIT;
    for (int field = 0; field < MEASURE_FIELDS; field++) {
        struct str value = duel->line.values[field];
        view->fields[view->field_count++] =
            (struct games_trial_duel_field){.name = text_of(ctx->language, asked_field_name((enum measure_field)field)),
                                            .value = str_is_absent(value) ? STR("") : value,
                                            .verdict = asked_verdict(duel->line.verdicts[field])};
    }
    return OK;
}

static enum status add_lines(const struct duel *duel, struct games_trial_duel_view *view)
{
    struct ctx *ctx = duel->sitting.ctx;
    bool has_said = sitting_is_said(&duel->heard);
    bool is_whole = has_said && !str_is_absent(duel->line.line);
    bool is_same = is_whole && str_eq(duel->line.line, duel->real);
    struct str made = is_whole ? duel->line.line : STR("");
    view->is_choice = is_whole && !is_same && duel->pick == 0;
    view->is_turned = has_said && !view->is_choice;
    view->first = duel->is_real_second ? made : duel->real;
    view->second = duel->is_real_second ? duel->real : made;
    view->pick_first = path_with(duel, 1);
    view->pick_second = path_with(duel, 2);
    view->has_picked = duel->pick > 0 && is_whole && !is_same;
    view->is_found = (duel->pick == 2) == duel->is_real_second;
    view->is_same = is_same;
    view->is_unfit = has_said && !is_whole;
    view->is_right = is_whole && !is_same && verdict_of(&duel->line) == MEASURE_TRUE;
    view->said = has_said ? duel->heard.state.said : STR("");
    view->real = duel->real;
    view->verdict = text_of(ctx->language, duel->is_real_second ? T_games_duel_second : T_games_duel_first);
    view->is_alike = commune_of(duel)->next_alike != TABLE_NONE;
    return view->is_turned ? add_fields(duel, view) : OK;
}

static void add_form(const struct duel *duel, struct games_trial_duel_view *view)
{
    const struct sitting *sitting = &duel->sitting;
    view->form = sitting_commune(sitting);
    view->hidden = sitting_hidden(sitting);
    view->other = sitting_other(sitting);
    view->model = sitting->witness.decision.card.model;
    view->count = sitting_count(sitting);
    view->action = sitting_action(sitting);
    view->is_named = duel->is_named;
    view->is_open = !sitting_is_said(&duel->heard) && !sitting_is_coming(&duel->heard);
    struct str self = sitting_path(sitting);
    view->witness = sitting_witness(sitting, &duel->heard, duel->sent,
                                    str_format(sitting->ctx->arena, "%.*s%s", STR_ARG(self),
                                               game_level_more(sitting->level)));
    view->witness.stage = STR("line");
}

enum status games_duel_trial_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct duel duel = {.pick = 0};
    struct games_trial_duel_view view = {.is_named = false};
    TRY(sitting_open(ctx, request, response, &game_duel, &duel.sitting));
    TRY(read_duel(request, &duel));
    TRY(hear(&duel));
    add_form(&duel, &view);
    TRY(add_lines(&duel, &view));
    struct frame frame = sitting_begin(&page, &duel.sitting, sitting_path(&duel.sitting));
    games_trial_duel_html(&page.html, &view);
    return frame_end(&page, &frame);
}

/* The button. */
enum status games_duel_trial_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct duel duel = {.pick = 0};
    TRY(sitting_open(ctx, request, response, &game_duel, &duel.sitting));
    TRY(read_duel(request, &duel));
    if (!duel.is_named)
        return games_duel_trial_show(ctx, request, response);
    TRY(hear(&duel));
    if (!sitting_is_said(&duel.heard) && !sitting_is_coming(&duel.heard))
        TRY(witness_ask(&duel.sitting.witness, duel.sent));
    return sitting_lead(&duel.sitting, sitting_path(&duel.sitting));
}
