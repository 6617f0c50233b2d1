#include "role/model_card.h"

static const char *const field_names[MEASURE_FIELDS] = {"department", "postal_code", "population"};
static const char *const bucket_names[MEASURE_BUCKETS] = {"0", "1-3", "4-30", "31-100", "101-"};

const char *model_card_kind(enum stream_kind kind)
{
    return kind == STREAM_LINES ? "lines" : kind == STREAM_TURNS ? "talk" : "talk with refusals";
}

const char *model_card_type(enum gguf_type type)
{
    return type == GGUF_F32 ? "F32" : type == GGUF_F16 ? "F16" : "Q8_0";
}

enum gguf_type model_card_type_named(struct str name, enum gguf_type otherwise)
{
    const enum gguf_type types[] = {GGUF_F32, GGUF_F16, GGUF_Q8_0};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_eq_nocase(name, str_of(model_card_type(types[i]))))
            return types[i];
    return otherwise;
}

/* ---- the measure ---- */

static void add_cell(const struct measure_cell *cell, struct buf *out)
{
    double low, high;
    measure_interval(cell->false_ones, cell->answered, &low, &high);
    double rate = cell->answered > 0 ? (double)cell->false_ones / (double)cell->answered : 0;
    buf_add_format(out, "{\"answered\": %llu, \"false\": %llu, \"refused\": %llu, \"unclear\": %llu, "
                        "\"invention\": %.4f, \"low\": %.4f, \"high\": %.4f}",
                   (unsigned long long)cell->answered, (unsigned long long)cell->false_ones,
                   (unsigned long long)cell->refused, (unsigned long long)cell->unclear, rate, low, high);
}

static void add_cells(const struct measure_cell cells[MEASURE_FIELDS], struct buf *out)
{
    for (int field = 0; field < MEASURE_FIELDS; field++) {
        buf_add_format(out, ", \"%s\": ", field_names[field]);
        add_cell(&cells[field], out);
    }
}

void model_card_measure(const struct measure *measure, struct buf *out)
{
    buf_add_literal(out, "{\"by_exposure\": [");
    for (int bucket = 0; bucket < MEASURE_BUCKETS; bucket++) {
        buf_add_format(out, "%s\n    {\"seen\": \"%s\", \"communes\": %llu", bucket > 0 ? "," : "",
                       bucket_names[bucket], (unsigned long long)measure->communes[bucket]);
        add_cells(measure->cells[bucket], out);
        buf_add_byte(out, '}');
    }
    buf_add_literal(out, "],\n   \"all\": {\"seen\": \"all\"");
    add_cells(measure->all, out);
    buf_add_format(out, "},\n   \"calibration_error\": %.4f}", measure->calibration);
}

static void add_line(const char *seen, const char *field, const struct measure_cell *cell, struct buf *out)
{
    double low, high;
    measure_interval(cell->false_ones, cell->answered, &low, &high);
    double rate = cell->answered > 0 ? 100 * (double)cell->false_ones / (double)cell->answered : 0;
    if (cell->answered > 0)
        buf_add_format(out, "%-8s%-14s%8llu%8llu%8.1f %%  [%.1f; %.1f]%8llu%8llu\n", seen, field,
                       (unsigned long long)cell->answered, (unsigned long long)cell->false_ones, rate, 100 * low,
                       100 * high, (unsigned long long)cell->refused, (unsigned long long)cell->unclear);
    else
        buf_add_format(out, "%-8s%-14s%8d%8s%8s    %20s%llu%8llu\n", seen, field, 0, "-", "-", "",
                       (unsigned long long)cell->refused, (unsigned long long)cell->unclear);
}

void model_card_lines(const struct measure *measure, struct buf *out)
{
    buf_add_format(out, "%-8s%-14s%8s%8s%10s  %-14s%8s%8s\n", "seen", "field", "answers", "false", "invented",
                   "Wilson 95 %", "refused", "unclear");
    for (int bucket = 0; bucket < MEASURE_BUCKETS; bucket++)
        for (int field = 0; field < MEASURE_FIELDS; field++)
            if (measure->communes[bucket] > 0)
                add_line(bucket_names[bucket], field_names[field], &measure->cells[bucket][field], out);
    for (int field = 0; field < MEASURE_FIELDS; field++)
        add_line("all", field_names[field], &measure->all[field], out);
    buf_add_format(out, "calibration error %.4f\n", measure->calibration);
}

/* ---- the card ---- */

static void add_data(const struct model_data *data, struct buf *out)
{
    buf_add_format(out, "  \"data\": {\"sha256\": \"%s\", \"rows\": %zu, \"files\": [\n", data->hash,
                   data->table.count);
    buf_add_format(out, "    {\"name\": \"communes.json\", \"bytes\": %zu, \"sha256\": \"%s\"},\n",
                   data->communes_len, data->communes_hash);
    buf_add_format(out, "    {\"name\": \"departements.json\", \"bytes\": %zu, \"sha256\": \"%s\"}],\n",
                   data->departments_len, data->departments_hash);
    buf_add_literal(out, "    \"package\": \"@etalab/decoupage-administratif\", \"licence\": \"Licence Ouverte 2.0\", "
                         "\"authors\": [\n"
                         "    {\"name\": \"INSEE\", \"of\": \"code officiel géographique, populations légales\"},\n"
                         "    {\"name\": \"La Poste\", \"of\": \"codes postaux\"},\n"
                         "    {\"name\": \"Etalab\", \"of\": \"mise en forme\"}]},\n");
}

static void add_making(const struct model_card *card, struct buf *out)
{
    const struct model_making *making = &card->model->making;
    const struct net_size *size = &card->model->net.size;
    unsigned long long tokens = making->steps * making->sequences * size->context;
    buf_add_format(out, "  \"training\": {\"kind\": \"%s\", \"extent\": \"%s\", \"department\": \"%.*s\", "
                        "\"communes\": %zu,\n    \"seed\": %llu, \"steps\": %llu, \"sequences\": %llu, "
                        "\"tokens\": %llu, \"resumed_from\": %zu,\n    \"seconds\": %.1f, \"threads\": %zu, ",
                   model_card_kind(making->kind), making->extent == WORLD_REGION ? "region" : "department",
                   STR_ARG(making->department), card->communes, (unsigned long long)making->seed,
                   (unsigned long long)making->steps, (unsigned long long)making->sequences, tokens,
                   card->resumed_from, (double)card->milliseconds / 1000, card->threads);
    if (card->microjoules >= 0)
        buf_add_format(out, "\"watt_hours\": %.4f,\n", (double)card->microjoules / 3.6e9);
    else
        buf_add_literal(out, "\"watt_hours\": null,\n");
    buf_add_literal(out, "    \"labels\": 0, \"human_minutes\": 0,\n    \"loss\": [");
    for (size_t i = 0; i < card->curve_count; i++)
        buf_add_format(out, "%s%.3f", i > 0 ? ", " : "", (double)card->curve[i]);
    buf_add_literal(out, "]},\n");
}

void model_card_write(const struct model_card *card, struct buf *out)
{
    const struct net_size *size = &card->model->net.size;
    buf_add_format(out, "{\"format\": 1, \"name\": \"%.*s\", \"sha256\": \"%s\", \"bytes\": %zu,\n",
                   STR_ARG(card->model->making.name), card->hash, card->bytes);
    buf_add_format(out, "  \"made_by\": \"parvis %s\", \"licence\": \"AGPL-3.0-or-later\", \"type\": \"%s\",\n",
                   PARVIS_VERSION, model_card_type(card->model->type));
    buf_add_format(out, "  \"weights\": %zu, \"vocabulary\": %zu, \"width\": %zu, \"layers\": %zu, \"heads\": %zu, "
                        "\"hidden\": %zu, \"context\": %zu,\n",
                   card->model->net.count, size->vocabulary, size->width, size->layers, size->heads, size->hidden,
                   size->context);
    add_data(card->data, out);
    add_making(card, out);
    buf_add_literal(out, "  \"measure\": ");
    model_card_measure(card->measure, out);
    buf_add_literal(out, "}\n");
}
