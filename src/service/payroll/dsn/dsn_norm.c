#include "service/payroll/dsn/dsn_norm.h"

#include "base/embed.h"
#include "proto/csv/csv.h"

EMBED(dsn_rubrics_24, "src/service/payroll/dsn/data/P24V01_rubrics.csv");
EMBED(dsn_values_24, "src/service/payroll/dsn/data/P24V01_values.csv");
EMBED(dsn_blocks_24, "src/service/payroll/dsn/data/P24V01_blocks.csv");
EMBED(dsn_rubrics_25, "src/service/payroll/dsn/data/P25V01_rubrics.csv");
EMBED(dsn_values_25, "src/service/payroll/dsn/data/P25V01_values.csv");
EMBED(dsn_blocks_25, "src/service/payroll/dsn/data/P25V01_blocks.csv");
EMBED(dsn_rubrics_26, "src/service/payroll/dsn/data/P26V01_rubrics.csv");
EMBED(dsn_values_26, "src/service/payroll/dsn/data/P26V01_values.csv");
EMBED(dsn_blocks_26, "src/service/payroll/dsn/data/P26V01_blocks.csv");
EMBED(dsn_rubrics_envelope, "src/service/payroll/dsn/data/V01R02_rubrics.csv");
EMBED(dsn_values_envelope, "src/service/payroll/dsn/data/V01R02_values.csv");
EMBED(dsn_blocks_envelope, "src/service/payroll/dsn/data/V01R02_blocks.csv");
EMBED(dsn_keys, "src/service/payroll/dsn/data/keys.csv");
EMBED(dsn_old_values, "src/service/payroll/dsn/data/old_values.csv");

enum { VERSIONS = 3, RUBRICS_IN_BLOCK = 1000, NATURE_MAX = 20,
       RUBRIC_LEAST = 1000000 /* smaller: a block */, HASH_SHIFT = 20 };
static const uint32_t HASH = 2654435769U; /* 2^32 over the golden ratio */

/* What one version says, as it was shipped. */
struct tables {
    struct str rubrics, values, blocks;
};

static struct str version_of(size_t place)
{
    static const struct str versions[VERSIONS] = {STR_INIT("P26V01"), STR_INIT("P25V01"), STR_INIT("P24V01")};
    return versions[place];
}

static struct tables tables_of(size_t place)
{
    if (place == 0)
        return (struct tables){str_span(dsn_rubrics_26, dsn_rubrics_26_end), str_span(dsn_values_26, dsn_values_26_end),
                               str_span(dsn_blocks_26, dsn_blocks_26_end)};
    if (place == 1)
        return (struct tables){str_span(dsn_rubrics_25, dsn_rubrics_25_end), str_span(dsn_values_25, dsn_values_25_end),
                               str_span(dsn_blocks_25, dsn_blocks_25_end)};
    if (place == 2)
        return (struct tables){str_span(dsn_rubrics_24, dsn_rubrics_24_end), str_span(dsn_values_24, dsn_values_24_end),
                               str_span(dsn_blocks_24, dsn_blocks_24_end)};
    return (struct tables){str_span(dsn_rubrics_envelope, dsn_rubrics_envelope_end),
                           str_span(dsn_values_envelope, dsn_values_envelope_end),
                           str_span(dsn_blocks_envelope, dsn_blocks_envelope_end)};
}

enum status dsn_norm_version(size_t place, struct str *ret_version)
{
    if (place >= VERSIONS)
        return NOT_FOUND;
    *ret_version = version_of(place);
    return OK;
}

/* ---- numbers ---- */

/* The digits of a code of the form "S21.G00.40", and ".057" behind it. */
static uint32_t digits_of(const char *at, const char *form, size_t length)
{
    uint32_t number = 0;
    for (size_t i = 0; i < length; i++) {
        if (form[i] == '0' ? !ascii_is_digit(at[i]) : at[i] != form[i])
            return 0;
        if (form[i] == '0')
            number = number * 10 + (uint32_t)(at[i] - '0');
    }
    return number;
}

uint32_t dsn_number(struct str code)
{
    return code.len == DSN_CODE ? digits_of(code.at, "S00.G00.00.000", DSN_CODE) : 0;
}

uint32_t dsn_block_number(struct str code)
{
    return code.len == DSN_BLOCK_CODE ? digits_of(code.at, "S00.G00.00", DSN_BLOCK_CODE) : 0;
}

void dsn_number_write(struct buf *out, uint32_t number)
{
    bool is_rubric = number >= RUBRIC_LEAST;
    char code[DSN_CODE] = "S00.G00.00.000";
    uint32_t rest = is_rubric ? number : number * RUBRICS_IN_BLOCK;
    for (size_t i = DSN_CODE; i-- > 0;)
        if (code[i] == '0') {
            code[i] = (char)('0' + rest % 10);
            rest /= 10;
        }
    buf_add(out, (struct str){code, is_rubric ? DSN_CODE : DSN_BLOCK_CODE});
}

/* ---- looking up ---- */

static size_t slot_of(uint32_t number)
{
    return number * HASH >> HASH_SHIFT;
}

static struct dsn_rubric *find(const struct dsn_norm *norm, uint32_t number)
{
    for (size_t slot = slot_of(number);; slot = (slot + 1) % DSN_SLOTS) {
        if (norm->slots[slot] == 0)
            return NULL;
        struct dsn_rubric *rubric = &norm->rubrics[norm->slots[slot] - 1];
        if (rubric->number == number)
            return rubric;
    }
}

const struct dsn_rubric *dsn_norm_rubric(const struct dsn_norm *norm, uint32_t number)
{
    return find(norm, number);
}

static uint64_t packed_of(struct str code)
{
    uint64_t packed = 0;
    for (size_t i = 0; i < DSN_VALUE_CODE_MAX; i++)
        packed = packed << 8 | (i < code.len ? (uint8_t)code.at[i] : 0);
    return packed;
}

const struct dsn_value *dsn_norm_value(const struct dsn_norm *norm, const struct dsn_rubric *rubric, struct str code)
{
    uint64_t packed = packed_of(code);
    size_t from = rubric->first, to = from + rubric->count;
    if (code.len > DSN_VALUE_CODE_MAX)
        return NULL;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (norm->values[middle].packed == packed)
            return norm->values[middle].code.len == code.len ? &norm->values[middle] : NULL;
        if (norm->values[middle].packed < packed)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

static const struct dsn_place *place_in(const struct dsn_norm *norm, uint8_t nature, uint32_t block)
{
    for (size_t i = 0; i < norm->place_count; i++)
        if (norm->places[i].block == block && norm->places[i].nature == nature)
            return &norm->places[i];
    return NULL;
}

const struct dsn_place *dsn_norm_place(const struct dsn_norm *norm, uint8_t nature, uint32_t block)
{
    const struct dsn_place *place = place_in(norm, nature, block);
    if (place == NULL)
        place = place_in(norm, DSN_AROUND, block);
    return place != NULL ? place : place_in(norm, 1, block);
}

/* ---- reading ---- */

typedef enum status take_row(struct dsn_norm *norm, const struct csv_row *row);

static enum status take_rubric(struct dsn_norm *norm, const struct csv_row *row)
{
    uint64_t most;
    struct dsn_rubric *rubric = &norm->rubrics[norm->rubric_count];
    if (row->count != 4 || norm->rubric_count == DSN_RUBRICS_MAX || row->fields[1].len != 1)
        return CORRUPT;
    TRY(str_to_u64(row->fields[2], UINT16_MAX, &most));
    *rubric = (struct dsn_rubric){.number = dsn_number(row->fields[0]),
                                  .type = row->fields[1].at[0],
                                  .most = (uint16_t)most,
                                  .label = row->fields[3]};
    if (rubric->number == 0 || strchr("XND", rubric->type) == NULL || find(norm, rubric->number) != NULL)
        return CORRUPT;
    size_t slot = slot_of(rubric->number);
    while (norm->slots[slot] != 0)
        slot = (slot + 1) % DSN_SLOTS;
    norm->slots[slot] = (uint16_t)++norm->rubric_count;
    return OK;
}

static enum status take_value(struct dsn_norm *norm, const struct csv_row *row)
{
    struct dsn_rubric *rubric = row->count == 3 ? find(norm, dsn_number(row->fields[0])) : NULL;
    struct dsn_value value = {packed_of(row->fields[1]), row->fields[1], row->fields[2]};
    if (rubric == NULL || norm->value_count == DSN_VALUES_MAX || value.code.len > DSN_VALUE_CODE_MAX)
        return CORRUPT;
    if (rubric->count == 0)
        rubric->first = (uint16_t)norm->value_count;
    bool is_next = rubric->first + rubric->count == norm->value_count;
    if (!is_next || (rubric->count > 0 && norm->values[norm->value_count - 1].packed >= value.packed))
        return CORRUPT;
    rubric->count++;
    norm->values[norm->value_count++] = value;
    return OK;
}

static enum status take_place(struct dsn_norm *norm, const struct csv_row *row)
{
    uint64_t nature = DSN_AROUND, least, most = DSN_MANY;
    if (row->count != 6 || norm->place_count == DSN_PLACES_MAX)
        return CORRUPT;
    if (row->fields[0].len > 0)
        TRY(str_to_u64(row->fields[0], NATURE_MAX, &nature));
    if (row->fields[4].len > 0)
        TRY(str_to_u64(row->fields[4], INT32_MAX, &most));
    TRY(str_to_u64(row->fields[3], INT32_MAX, &least));
    struct dsn_place place = {(uint8_t)nature, dsn_block_number(row->fields[1]), dsn_block_number(row->fields[2]),
                              (int32_t)least, (int32_t)most, row->fields[5]};
    if (place.block == 0 || (place.parent == 0) != (row->fields[2].len == 0))
        return CORRUPT;
    norm->places[norm->place_count++] = place;
    return OK;
}

/* Rubrics that this version has not are passed over. */
static enum status take_key(struct dsn_norm *norm, const struct csv_row *row)
{
    uint32_t number = dsn_number(row->fields[0]);
    if (row->count != 2 || number == 0 || norm->key_count == DSN_KEYS_MAX)
        return CORRUPT;
    if (find(norm, number) == NULL)
        return OK;
    if (norm->key_count > 0 && norm->keys[norm->key_count - 1] >= number)
        return CORRUPT;
    norm->keys[norm->key_count++] = number;
    return OK;
}

static enum status take_old(struct dsn_norm *norm, const struct csv_row *row)
{
    if (row->count != 2)
        return CORRUPT;
    struct dsn_rubric *rubric = find(norm, dsn_number(row->fields[0]));
    uint32_t old = dsn_number(row->fields[1]);
    if (old == 0)
        return CORRUPT;
    if (rubric != NULL && find(norm, old) != NULL)
        rubric->old = (uint16_t)(old % RUBRICS_IN_BLOCK);
    return OK;
}

static enum status take_all(struct arena *arena, struct str csv, struct dsn_norm *norm, take_row *take)
{
    struct csv_reader reader = csv_open(csv);
    struct csv_row row;
    enum status done;
    if (csv_next(&reader, arena, &row) != OK) /* the head */
        return CORRUPT;
    while ((done = csv_next(&reader, arena, &row)) == OK)
        if (take(norm, &row) != OK)
            return CORRUPT;
    return done == NOT_FOUND ? OK : done == LIMIT ? LIMIT : CORRUPT;
}

static enum status take_tables(struct arena *arena, const struct tables *tables, struct dsn_norm *norm)
{
    TRY(take_all(arena, tables->rubrics, norm, take_rubric));
    TRY(take_all(arena, tables->values, norm, take_value));
    return take_all(arena, tables->blocks, norm, take_place);
}

enum status dsn_norm_shipped(struct arena *arena, struct str version, struct dsn_norm *ret_norm)
{
    struct dsn_norm norm = {.version = version,
                            .rubrics = arena_array(arena, struct dsn_rubric, DSN_RUBRICS_MAX),
                            .values = arena_array(arena, struct dsn_value, DSN_VALUES_MAX),
                            .places = arena_array(arena, struct dsn_place, DSN_PLACES_MAX),
                            .keys = arena_array(arena, uint32_t, DSN_KEYS_MAX),
                            .slots = arena_array(arena, uint16_t, DSN_SLOTS)};
    size_t place = 0;
    while (place < VERSIONS && !str_eq(version_of(place), version))
        place++;
    if (place == VERSIONS)
        return NOT_FOUND;
    if (norm.rubrics == NULL || norm.values == NULL || norm.places == NULL || norm.keys == NULL ||
        norm.slots == NULL)
        return LIMIT;
    struct tables own = tables_of(place), envelope = tables_of(VERSIONS);
    norm.version = version_of(place);
    TRY(take_tables(arena, &envelope, &norm));
    TRY(take_tables(arena, &own, &norm));
    TRY(take_all(arena, str_span(dsn_keys, dsn_keys_end), &norm, take_key));
    TRY(take_all(arena, str_span(dsn_old_values, dsn_old_values_end), &norm, take_old));
    *ret_norm = norm;
    return OK;
}
