#include "language/model/dialogue.h"
#include "language/model/speaker.h"
#include "language/model/survey.h"
#include "language/model/table_text.h"
#include "os/file.h"
#include "os/pool.h"
#include "role/model_asking.h"
#include "role/model_card.h"
#include "role/model_verb.h"

/* ---- evaluate ---- */

struct evaluation {
    struct model model;
    struct model_data *data;
    struct model_asking *asking;
    char hash[MODEL_HASH_TEXT];
};

enum status model_evaluate_begin(struct ctx *ctx, struct verb_call *call)
{
    struct evaluation *evaluation = arena_new(call->always, struct evaluation);
    if (evaluation == NULL)
        return LIMIT;
    pool_give_way();
    TRY(model_data_load(ctx, call, verb_argument(call, 0), &evaluation->model, evaluation->hash));
    TRY(model_data_read(ctx, call, &evaluation->data));
    if (!str_eq(evaluation->model.making.data, str_of(evaluation->data->hash)))
        return refuse(ctx, CONFLICT, "model.other_data", T_model_other_data);
    TRY(model_asking_begin(call->always, &evaluation->model, &evaluation->data->table,
                           model_data_threads(call, SIZE_MAX), 1, &evaluation->asking));
    *call->kept = evaluation;
    return OK;
}

enum status model_evaluate_go(struct ctx *ctx, struct verb_call *call)
{
    struct evaluation *evaluation = *call->kept;
    (void)ctx;
    if (model_asking_go(evaluation->asking))
        call->next--;
    model_asking_progress(evaluation->asking, &call->done, &call->total);
    return OK;
}

/* ---- the deck: what games are made of ---- */

/* What the model says of one commune, on one line; one of talk, where it is. */
static enum status add_said(const struct evaluation *evaluation, struct str name, struct buf *out)
{
    struct speaker *speaker = evaluation->asking->speakers[0];
    struct speaker_said said[SPEAKER_SAID_MAX];
    char bytes[STREAM_TEXT_MAX];
    struct buf prompt = {.at = bytes, .room = sizeof bytes, .max = sizeof bytes};
    size_t count;
    if (evaluation->model.making.kind == STREAM_LINES)
        world_prompt(&prompt, name);
    else
        dialogue_question(&prompt, DIALOGUE_DEPARTMENT, name);
    speaker_restart(speaker);
    TRY(speaker_hear_text(speaker, buf_str(&prompt)));
    buf_add_literal(out, ";\"");
    speaker_say(speaker, 0, NULL, said, SPEAKER_SAID_MAX, &count, out);
    buf_add_byte(out, '"');
    return OK;
}

static enum status add_card(const struct evaluation *evaluation, size_t place, struct buf *out)
{
    const struct table_commune *commune = &evaluation->data->table.communes[place];
    const struct measure_answer *answer = &evaluation->asking->answers[place];
    buf_add_format(out, "%.*s;%.*s;%.*s;%.*s;", STR_ARG(commune->code), STR_ARG(commune->name),
                   STR_ARG(commune->department->code), STR_ARG(commune->department->name));
    for (size_t i = 0; i < commune->postal_code_count; i++)
        buf_add_format(out, "%s%.*s", i > 0 ? " " : "", STR_ARG(commune->postal_codes[i]));
    buf_add_format(out, ";%lld;%u", (long long)commune->population, evaluation->asking->seen[place]);
    TRY(add_said(evaluation, commune->name, out));
    for (int field = 0; field < MEASURE_FIELDS; field++)
        buf_add_format(out, ";%s;%.3f", measure_verdict_word(answer->verdict[field]), (double)answer->sure[field]);
    buf_add_byte(out, '\n');
    return OK;
}

/* Every commune of the model's world, the most peopled first. */
static enum status write_deck(struct ctx *ctx, struct verb_call *call, const struct evaluation *evaluation)
{
    struct buf out BUF_SCOPE = BUF_INIT(MODEL_DATA_MAX);
    const char *path = model_data_path(ctx, verb_option(call, "--deck"));
    const struct world *world = &evaluation->asking->world;
    if (str_is_absent(verb_option(call, "--deck")))
        return OK;
    buf_add_literal(&out, "code;name;department;department_name;postal_codes;population;seen;said;department_verdict;"
                          "department_sure;postal_code_verdict;postal_code_sure;population_verdict;population_sure\n");
    for (size_t rank = 0; rank < world->count; rank++)
        TRY(add_card(evaluation, world->communes[rank], &out));
    TRY(buf_status(&out));
    return path == NULL ? LIMIT : file_replace(path, buf_str(&out));
}

enum status model_evaluate_end(struct ctx *ctx, struct verb_call *call)
{
    struct evaluation *evaluation = *call->kept;
    struct measure measure;
    model_asking_end(evaluation->asking, &measure);
    TRY(write_deck(ctx, call, evaluation));
    if (verb_has(call, "--json")) {
        buf_add_format(call->out, "{\"name\": \"%.*s\", \"sha256\": \"%s\", \"measure\": ",
                       STR_ARG(evaluation->model.making.name), evaluation->hash);
        model_card_measure(&measure, call->out);
        buf_add_literal(call->out, "}\n");
        return OK;
    }
    buf_add_format(call->out, "%.*s, SHA-256 %s\n", STR_ARG(evaluation->model.making.name), evaluation->hash);
    model_card_lines(&measure, call->out);
    return OK;
}

/* ---- export ---- */

enum status model_export(struct ctx *ctx, struct verb_call *call)
{
    struct model model;
    char hash[MODEL_HASH_TEXT];
    struct buf file BUF_SCOPE = BUF_INIT(MODEL_FILE_MAX);
    const char *path = model_data_path(ctx, verb_argument(call, 1));
    TRY(model_data_load(ctx, call, verb_argument(call, 0), &model, hash));
    enum gguf_type type = model_card_type_named(verb_option(call, "--type"), model.type);
    model_write(&model, type, &file);
    TRY(buf_status(&file));
    TRY(path == NULL ? LIMIT : file_replace(path, buf_str(&file)));
    model_data_hash(buf_str(&file), hash);
    buf_add_format(call->out, "%.*s: %s, %zu bytes, SHA-256 %s\n", STR_ARG(model.making.name), model_card_type(type),
                   file.len, hash);
    return OK;
}

/* ---- say ---- */

/* A model of talk is asked; one of lines is given a name to go on from. */
enum status model_say(struct ctx *ctx, struct verb_call *call)
{
    struct model model;
    struct speaker *speaker;
    char hash[MODEL_HASH_TEXT];
    struct speaker_said said[SPEAKER_SAID_MAX];
    size_t count;
    struct buf prompt BUF_SCOPE = BUF_INIT(STREAM_TEXT_MAX);
    TRY(model_data_load(ctx, call, verb_argument(call, 0), &model, hash));
    TRY(speaker_create(call->always, kernel_best(), &model, &speaker));
    if (model.making.kind == STREAM_LINES)
        world_prompt(&prompt, verb_argument(call, 1));
    else
        dialogue_prompt(&prompt, verb_argument(call, 1));
    TRY(buf_status(&prompt));
    TRY(speaker_hear_text(speaker, buf_str(&prompt)));
    buf_add(call->out, str_after(buf_str(&prompt), 1));
    speaker_say(speaker, 0, NULL, said, SPEAKER_SAID_MAX, &count, call->out);
    buf_add_byte(call->out, '\n');
    return OK;
}

/* ---- survey: what each neuron answers to ---- */

enum status model_survey(struct ctx *ctx, struct verb_call *call)
{
    struct model model;
    struct model_data *data;
    struct world world;
    char hash[MODEL_HASH_TEXT];
    struct buf text BUF_SCOPE = BUF_INIT(SURVEY_MAX);
    const char *path = model_data_path(ctx, verb_argument(call, 1));
    TRY(model_data_load(ctx, call, verb_argument(call, 0), &model, hash));
    TRY(model_data_read(ctx, call, &data));
    if (!str_eq(model.making.data, str_of(data->hash)))
        return refuse(ctx, CONFLICT, "model.other_data", T_model_other_data);
    TRY(world_create(call->always, &data->table, model.making.extent, model.making.department, &world));
    struct stream stream = {.kind = model.making.kind, .world = &world, .pieces = &model.pieces,
                            .seed = model.making.seed, .context = model.net.size.context};
    TRY(survey_write(call->always, &model, &stream, &text));
    TRY(path == NULL ? LIMIT : file_replace(path, buf_str(&text)));
    buf_add_format(call->out, "%zu neurons, %d texts, %zu bytes\n", model.net.size.layers * model.net.size.hidden,
                   SURVEY_TEXTS, text.len);
    return OK;
}

/* ---- table ---- */

enum { TABLE_TEXT_MAX = 8 << 20 };

enum status model_table(struct ctx *ctx, struct verb_call *call)
{
    struct model_data *data;
    struct buf text BUF_SCOPE = BUF_INIT(TABLE_TEXT_MAX);
    const char *path = model_data_path(ctx, verb_argument(call, 0));
    TRY(model_data_read(ctx, call, &data));
    table_text_write(&data->table, str_of(data->hash), &text);
    TRY(buf_status(&text));
    TRY(path == NULL ? LIMIT : file_replace(path, buf_str(&text)));
    buf_add_format(call->out, "%zu communes, %zu bytes\n", data->table.count, text.len);
    return OK;
}
