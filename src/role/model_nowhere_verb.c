/* The verb `model nowhere`: a model of talk is asked about places that are none, made of halves of names by a seed. */
#include "language/model/dialogue.h"
#include "language/model/shipped.h"
#include "language/model/table_text.h"
#include "language/model/turn.h"
#include "language/model/variant.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/pool.h"
#include "role/model_data.h"
#include "role/model_verb.h"

enum { SLICE_MS = 250, CASES_USUAL = 120, CASES_MAX = 2000, TRIES_MAX = 500, ROW_MAX = 4 * TALK_ANSWER_MAX };

struct nowhere {
    struct model model;
    struct table table; /* that comes with the program: no name of it is asked */
    struct speaker *speaker;
    struct seeded seeded;
    uint64_t seed;
    struct buf rows;
    size_t count, done, refused;
    char hash[MODEL_HASH_TEXT];
};

enum status model_nowhere_begin(struct ctx *ctx, struct verb_call *call)
{
    struct nowhere *all = arena_new(call->always, struct nowhere);
    if (all == NULL)
        return LIMIT;
    pool_give_way();
    TRY(model_data_load(ctx, call, verb_argument(call, 0), &all->model, all->hash));
    if (all->model.making.kind == STREAM_LINES)
        return refuse(ctx, INVALID, "model.no_talk", T_model_no_talk);
    TRY(table_text_read(call->always, shipped_communes(), &all->table, NULL));
    TRY(speaker_create(call->always, kernel_best(), &all->model, &all->speaker));
    all->count = model_data_number(call, "--count", 0, CASES_MAX, CASES_USUAL);
    all->seed = model_data_number(call, "--seed", 0, INT64_MAX, 1);
    all->seeded = (struct seeded){all->seed};
    all->rows = BUF_INIT(CASES_MAX * ROW_MAX);
    *call->kept = all;
    return OK;
}

static enum status draw_name(struct nowhere *all, struct buf *name)
{
    for (int tries = 0; tries < TRIES_MAX; tries++) {
        buf_clear(name);
        if (dialogue_invent(&all->table, &all->seeded, name) && dialogue_is_fair(buf_str(name)))
            return OK;
    }
    return NOT_FOUND;
}

/* Each name is asked one field, in turn, plainly or in other words. */
static enum status ask(struct nowhere *all)
{
    struct talk talk = {.len = 0};
    struct turn turn;
    struct buf name BUF_SCOPE = BUF_INIT(4 * TABLE_NAME_MAX), question BUF_SCOPE = BUF_INIT(VARIANT_QUESTION_MAX);
    enum measure_field field = (enum measure_field)(all->done % MEASURE_FIELDS);
    TRY(draw_name(all, &name));
    struct variant_case asked = {.field = field, .name = buf_str(&name)};
    bool is_plain = all->done / MEASURE_FIELDS % 2 == 0;
    variant_question(&question, &asked, is_plain ? VARIANT_PLAIN : VARIANT_AGAIN);
    TRY(buf_status(&question));
    TRY(turn_say(&talk, all->speaker, buf_str(&question), &turn));
    struct str answer = {turn.answer, turn.answer_len};
    all->refused += str_find(answer, STR("ne connais pas")) != SIZE_MAX;
    buf_add_format(&all->rows, "%.*s;%s;\"%.*s\";\"%.*s\";%.3f\n", STR_ARG(buf_str(&name)),
                   is_plain ? "plain" : "again", STR_ARG(buf_str(&question)), STR_ARG(answer),
                   (double)turn.sure[field]);
    return buf_status(&all->rows);
}

enum status model_nowhere_go(struct ctx *ctx, struct verb_call *call)
{
    struct nowhere *all = *call->kept;
    int64_t until = clock_monotonic_ms() + SLICE_MS;
    (void)ctx;
    for (; all->done < all->count && clock_monotonic_ms() < until; all->done++)
        TRY(ask(all));
    call->done = (int64_t)all->done;
    call->total = (int64_t)all->count;
    if (all->done < all->count)
        call->next--;
    return OK;
}

/* The first line says how it was made. */
enum status model_nowhere_end(struct ctx *ctx, struct verb_call *call)
{
    struct nowhere *all = *call->kept;
    struct buf out BUF_SCOPE = BUF_INIT(MODEL_DATA_MAX);
    const char *path = model_data_path(ctx, verb_argument(call, 1));
    buf_add_format(&out, "model;%.*s;sha256;%s;seed;%llu\nname;wording;question;answer;sure\n",
                   STR_ARG(all->model.making.name), all->hash, (unsigned long long)all->seed);
    buf_add(&out, buf_str(&all->rows));
    buf_finish(&all->rows);
    TRY(buf_status(&out));
    TRY(path == NULL ? LIMIT : file_replace(path, buf_str(&out)));
    buf_add_format(call->out, "%.*s, SHA-256 %s, seed %llu\nsays that it does not know: %zu of %zu\n",
                   STR_ARG(all->model.making.name), all->hash, (unsigned long long)all->seed, all->refused, all->count);
    return OK;
}
