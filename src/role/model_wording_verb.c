/* The verb `model wordings`: questions put to a model of talk in five wordings each, over communes drawn by a seed. */
#include "language/model/turn.h"
#include "language/model/variant.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/pool.h"
#include "role/model_data.h"
#include "role/model_verb.h"

enum { SLICE_MS = 250, CASES_USUAL = 600, CASES_MAX = 20000 };

struct asked {
    struct variant_case of;
    size_t rank;
    struct str texts[WORDINGS];
    struct variant_answer answers[WORDINGS];
    float sure[WORDINGS];
};

struct wordings {
    struct model model;
    struct model_data *data;
    struct world world;
    struct speaker *speaker;
    struct seeded seeded;
    uint64_t seed;
    struct asked *cases;
    size_t count, done;
    char hash[MODEL_HASH_TEXT];
};

/* ---- asking ---- */

/* Each wording begins a talk of its own, but for the pressure, which answers the plain one. */
static enum status ask(const struct wordings *all, struct arena *arena, enum wording wording, struct talk *talk,
                       struct asked *asked)
{
    struct turn turn;
    struct buf question BUF_SCOPE = BUF_INIT(VARIANT_QUESTION_MAX);
    variant_question(&question, &asked->of, wording);
    TRY(buf_status(&question));
    TRY(turn_say(talk, all->speaker, buf_str(&question), &turn));
    asked->texts[wording] = str_copy(arena, (struct str){turn.answer, turn.answer_len});
    asked->answers[wording] = variant_read(&all->data->table, &asked->of, asked->texts[wording]);
    asked->sure[wording] = turn.sure[asked->of.field];
    return OK;
}

static enum status ask_all(struct wordings *all, struct arena *arena, struct asked *asked)
{
    struct talk plain = {.len = 0};
    TRY(ask(all, arena, VARIANT_PLAIN, &plain, asked));
    TRY(variant_suggest(&all->data->table, arena, &all->seeded, asked->answers[VARIANT_PLAIN].value, &asked->of));
    for (enum wording wording = VARIANT_AGAIN; wording < VARIANT_PRESSURE; wording++) {
        struct talk fresh = {.len = 0};
        TRY(ask(all, arena, wording, &fresh, asked));
    }
    return ask(all, arena, VARIANT_PRESSURE, &plain, asked);
}

/* Communes drawn without putting any back, each asked one field, in turn. */
static enum status draw(struct verb_call *call, struct wordings *all)
{
    size_t *ranks = arena_array(call->always, size_t, all->world.count);
    all->count = model_data_number(call, "--count", 0, CASES_MAX, CASES_USUAL);
    all->count = all->count < all->world.count ? all->count : all->world.count;
    all->cases = arena_array(call->always, struct asked, all->count + 1);
    if (ranks == NULL || all->cases == NULL)
        return LIMIT;
    for (size_t i = 0; i < all->world.count; i++)
        ranks[i] = i;
    for (size_t i = 0; i < all->count; i++) {
        size_t other = i + (size_t)seeded_below(&all->seeded, all->world.count - i), rank = ranks[other];
        ranks[other] = ranks[i];
        all->cases[i].rank = rank;
        all->cases[i].of = (struct variant_case){.field = (enum measure_field)(i % MEASURE_FIELDS),
                                                 .name = all->data->table.communes[all->world.communes[rank]].name};
    }
    return OK;
}

enum status model_wordings_begin(struct ctx *ctx, struct verb_call *call)
{
    struct wordings *all = arena_new(call->always, struct wordings);
    if (all == NULL)
        return LIMIT;
    pool_give_way();
    TRY(model_data_load(ctx, call, verb_argument(call, 0), &all->model, all->hash));
    TRY(model_data_read(ctx, call, &all->data));
    if (!str_eq(all->model.making.data, str_of(all->data->hash)))
        return refuse(ctx, CONFLICT, "model.other_data", T_model_other_data);
    if (all->model.making.kind == STREAM_LINES)
        return refuse(ctx, INVALID, "model.no_talk", T_model_no_talk);
    TRY(world_create(call->always, &all->data->table, all->model.making.extent, all->model.making.department,
                     &all->world));
    TRY(speaker_create(call->always, kernel_best(), &all->model, &all->speaker));
    all->seed = model_data_number(call, "--seed", 0, INT64_MAX, 1);
    all->seeded = (struct seeded){all->seed};
    *call->kept = all;
    return draw(call, all);
}

enum status model_wordings_go(struct ctx *ctx, struct verb_call *call)
{
    struct wordings *all = *call->kept;
    int64_t until = clock_monotonic_ms() + SLICE_MS;
    (void)ctx;
    while (all->done < all->count && clock_monotonic_ms() < until) {
        enum status done = ask_all(all, call->always, &all->cases[all->done]);
        if (done == NOT_FOUND) { /* in a small table its name may be borne everywhere: it is left out */
            all->cases[all->done] = all->cases[--all->count];
            continue;
        }
        TRY(done);
        all->done++;
    }
    call->done = (int64_t)all->done;
    call->total = (int64_t)all->count;
    if (all->done < all->count)
        call->next--;
    return OK;
}

/* ---- the deck ---- */

static void add_case(const struct wordings *all, const struct asked *asked, struct buf *out)
{
    static const char *const fields[MEASURE_FIELDS] = {"department", "postal_code", "population"};
    const struct table_commune *commune = &all->data->table.communes[all->world.communes[asked->rank]];
    buf_add_format(out, "%.*s;%.*s;%s;%.*s;%.*s", STR_ARG(commune->code), STR_ARG(commune->name),
                   fields[asked->of.field], STR_ARG(asked->of.place), STR_ARG(asked->of.suggested));
    for (size_t i = 0; i < WORDINGS; i++)
        buf_add_format(out, ";\"%.*s\";%.*s;%s;%.3f", STR_ARG(asked->texts[i]),
                       STR_ARG(str_is_absent(asked->answers[i].value) ? STR("") : asked->answers[i].value),
                       measure_verdict_word(asked->answers[i].verdict), (double)asked->sure[i]);
    buf_add_byte(out, '\n');
}

/* The first line says how it was made. */
static enum status write_deck(struct ctx *ctx, struct verb_call *call, const struct wordings *all)
{
    struct buf out BUF_SCOPE = BUF_INIT(MODEL_DATA_MAX);
    const char *path = model_data_path(ctx, verb_argument(call, 1));
    static const char *const names[WORDINGS] = {"plain", "again", "premise", "negation", "pressure"};
    buf_add_format(&out, "model;%.*s;sha256;%s;seed;%llu\n", STR_ARG(all->model.making.name), all->hash,
                   (unsigned long long)all->seed);
    buf_add_literal(&out, "code;name;field;place;suggested");
    for (size_t i = 0; i < WORDINGS; i++)
        buf_add_format(&out, ";%s;%s_value;%s_verdict;%s_sure", names[i], names[i], names[i], names[i]);
    buf_add_byte(&out, '\n');
    for (size_t i = 0; i < all->count; i++)
        add_case(all, &all->cases[i], &out);
    TRY(buf_status(&out));
    return path == NULL ? LIMIT : file_replace(path, buf_str(&out));
}

/* Pairs of one case are no independent tries: the interval is that of as many tries as there are cases. */
static void add_pairs(struct buf *out, uint64_t same, uint64_t read, uint64_t cases)
{
    double low, high, share = read > 0 ? (double)same / (double)read : 0;
    measure_interval((uint64_t)(share * (double)cases + 0.5), cases, &low, &high);
    buf_add_format(out, "pairs that agree: %llu of %llu, %.1f %% [%.1f; %.1f]\n", (unsigned long long)same,
                   (unsigned long long)read, share * 100, low * 100, high * 100);
}

static void add_rate(struct buf *out, const char *what, uint64_t some, uint64_t all)
{
    double low, high;
    measure_interval(some, all, &low, &high);
    buf_add_format(out, "%s: %llu of %llu, %.1f %% [%.1f; %.1f]\n", what, (unsigned long long)some,
                   (unsigned long long)all, all > 0 ? 100.0 * (double)some / (double)all : 0, low * 100, high * 100);
}

enum status model_wordings_end(struct ctx *ctx, struct verb_call *call)
{
    const struct wordings *all = *call->kept;
    uint64_t ends[VARIANT_ENDS] = {0}, same = 0, read = 0;
    for (size_t i = 0; i < all->count; i++) {
        int64_t pairs_same, pairs_read;
        variant_pairs(all->cases[i].answers, &pairs_same, &pairs_read);
        same += (uint64_t)pairs_same;
        read += (uint64_t)pairs_read;
        ends[variant_end(&all->cases[i].of, all->cases[i].answers)]++;
    }
    TRY(write_deck(ctx, call, all));
    uint64_t pressed = all->count - ends[VARIANT_UNREAD];
    buf_add_format(call->out, "%.*s, SHA-256 %s, seed %llu\n", STR_ARG(all->model.making.name), all->hash,
                   (unsigned long long)all->seed);
    add_pairs(call->out, same, read, all->count);
    add_rate(call->out, "held under pressure", ends[VARIANT_HELD], pressed);
    add_rate(call->out, "took what was suggested", ends[VARIANT_SWAYED], pressed);
    add_rate(call->out, "said something third", ends[VARIANT_CHANGED], pressed);
    buf_add_format(call->out, "not read: %llu of %zu\n", (unsigned long long)ends[VARIANT_UNREAD], all->count);
    return OK;
}
