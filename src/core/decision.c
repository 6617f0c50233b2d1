#include "core/decision.h"

#include "core/audit.h"
#include "core/town.h"
#include "core/decision_sql.h"

static struct decision decision_of(const struct sql_decision_list_row *row)
{
    return (struct decision){.id = row->id,
                             .recorded = {row->recorded_ms},
                             .ended = {row->ended_ms},
                             .day = {(int32_t)row->day},
                             .decider = row->decider,
                             .words = row->words,
                             .card = {.name = row->provider, .address = row->address, .model = row->model,
                                      .maker = row->maker, .licence = row->licence, .training = row->training,
                                      .place = row->place, .energy = row->energy,
                                      .is_outside = row->is_outside != 0}};
}

static enum status read_all(struct ctx *ctx, bool is_of_now, struct decision **ret_decisions, size_t *ret_count)
{
    struct sql_decision_list_row *rows;
    size_t count;
    TRY(sql_decision_list(ctx->db, ctx->arena, (struct sql_decision_list){.is_of_now = is_of_now}, &rows, &count));
    struct decision *decisions = arena_array(ctx->arena, struct decision, count + 1);
    if (decisions == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        decisions[i] = decision_of(&rows[i]);
    *ret_decisions = decisions;
    *ret_count = count;
    return OK;
}

enum status decision_list(struct ctx *ctx, struct decision **ret_decisions, size_t *ret_count)
{
    return read_all(ctx, false, ret_decisions, ret_count);
}

enum status decision_now(struct ctx *ctx, struct decision *ret_decision)
{
    struct decision *decisions;
    size_t count;
    TRY(read_all(ctx, true, &decisions, &count));
    if (count == 0)
        return NOT_FOUND;
    *ret_decision = decisions[0];
    return OK;
}

static enum status add(struct ctx *ctx, const struct decision *decision)
{
    const struct provider_card *card = &decision->card;
    struct sql_decision_add in = {.recorded_ms = decision->recorded.ms, .ended_ms = decision->ended.ms,
                                  .day = decision->day.days, .decider = decision->decider, .words = decision->words,
                                  .provider = card->name, .address = card->address, .model = card->model,
                                  .maker = card->maker, .licence = card->licence, .training = card->training,
                                  .place = card->place, .energy = card->energy, .is_outside = card->is_outside};
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_decision_add(ctx->db, in);
}

enum status decision_record(struct ctx *ctx, const struct decision *given)
{
    struct decision decision = *given;
    decision.decider = str_trim(given->decider);
    decision.words = str_trim(given->words);
    decision.recorded = ctx->now;
    decision.ended = (struct instant){0};
    if (decision.decider.len == 0 || decision.decider.len > DECISION_DECIDER_MAX)
        return refuse(ctx, INVALID, "decision.decider", T_decision_decider_wrong);
    if (decision.words.len == 0 || decision.words.len > DECISION_WORDS_MAX)
        return refuse(ctx, INVALID, "decision.words", T_decision_words_wrong);
    if (decision.day.days <= 0 || decision.day.days > date_of_instant(ctx->now).days)
        return refuse(ctx, INVALID, "decision.day", T_decision_day_wrong);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_decision_end(ctx->db, (struct sql_decision_end){.now_ms = ctx->now.ms}));
    TRY(add(ctx, &decision));
    return audit_add(ctx, "assistant.model_on", given->card.name, given->card.address);
}

enum status decision_end(struct ctx *ctx)
{
    struct decision decision;
    TRY(decision_now(ctx, &decision));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_decision_end(ctx->db, (struct sql_decision_end){.now_ms = ctx->now.ms}));
    return audit_add(ctx, "assistant.model_off", decision.card.name, decision.card.address);
}

/* ---- out of a town, and in ---- */

EXPORT_EACH(decision_export)

/* What is brought in has ended: another house has other models, and asks nobody before it has decided. */
enum status decision_take(struct ctx *ctx, const void *from)
{
    const struct sql_decision_export_row *row = from;
    struct decision decision = {.recorded = {row->recorded_ms},
                                .ended = {row->ended_ms != 0 ? row->ended_ms : ctx->now.ms},
                                .day = {(int32_t)row->day},
                                .decider = row->decider,
                                .words = row->words,
                                .card = {.name = row->provider, .address = row->address, .model = row->model,
                                         .maker = row->maker, .licence = row->licence, .training = row->training,
                                         .place = row->place, .energy = row->energy,
                                         .is_outside = row->is_outside != 0}};
    if (row->decider.len == 0 || row->decider.len > DECISION_DECIDER_MAX || row->words.len == 0 ||
        row->words.len > DECISION_WORDS_MAX || row->day < 0 || row->day > INT32_MAX)
        return INVALID;
    return add(ctx, &decision);
}

enum status decision_each(struct ctx *ctx, struct export_sink sink)
{
    return each_decision_export(ctx, sink);
}
