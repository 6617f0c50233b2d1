#include "language/model/table.h"

#include "language/model/record.h"

struct department_list LIST_OF(struct table_department);
struct commune_list LIST_OF(struct table_commune);

static enum status read_departments(struct arena *arena, struct str bytes, struct table *table)
{
    struct department_list list = {0};
    struct json json = json_of(bytes);
    struct record record;
    enum status more;
    while ((more = record_next(&json, &record)) == OK) {
        struct table_department *department = list_add(&list, arena, TABLE_DEPARTMENTS_MAX);
        if (department == NULL)
            return LIMIT;
        const struct record_field *article = record_field(&record, "typeLiaison");
        *department = (struct table_department){.code = record_text(&record, "code"),
                                                .name = record_text(&record, "nom"),
                                                .region = record_text(&record, "region"),
                                                .seat = record_text(&record, "chefLieu"),
                                                .article = article == NULL ? 0 : (int)(article->number % 10)};
        if (department->code.len == 0 || department->name.len == 0 || department->name.len > TABLE_NAME_MAX)
            return INVALID;
    }
    table->departments = list.at;
    table->department_count = list.count;
    return more == NOT_FOUND ? OK : more;
}

const struct table_department *table_department(const struct table *table, struct str code)
{
    for (size_t i = 0; i < table->department_count; i++)
        if (str_eq(table->departments[i].code, code))
            return &table->departments[i];
    return NULL;
}

/* Is this a commune of today with all three facts? */
static bool is_complete(const struct table *table, const struct record *record)
{
    const struct record_field *codes = record_field(record, "codesPostaux");
    const struct record_field *population = record_field(record, "population");
    return str_eq(record_text(record, "type"), STR("commune-actuelle")) && record_text(record, "nom").len > 0 &&
           codes != NULL && codes->list_count > 0 && population != NULL && population->number > 0 &&
           table_department(table, record_text(record, "departement")) != NULL;
}

static enum status add_commune(struct arena *arena, const struct table *table, const struct record *record,
                               struct commune_list *list)
{
    const struct record_field *codes = record_field(record, "codesPostaux");
    struct table_commune *commune = list_add(list, arena, TABLE_COMMUNES_MAX);
    if (commune == NULL || codes->list_count > TABLE_CODES_MAX)
        return LIMIT;
    struct str *copy = arena_array(arena, struct str, codes->list_count);
    if (copy == NULL)
        return LIMIT;
    memcpy(copy, record->list + codes->list_from, codes->list_count * sizeof *copy);
    *commune = (struct table_commune){.name = record_text(record, "nom"), .code = record_text(record, "code"),
                                      .department = table_department(table, record_text(record, "departement")),
                                      .postal_codes = copy, .postal_code_count = codes->list_count,
                                      .population = record_field(record, "population")->number};
    return commune->name.len <= TABLE_NAME_MAX && commune->code.len > 0 ? OK : INVALID;
}

static size_t slot_of(const struct table *table, struct str name)
{
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (unsigned char)name.at[i]) * 16777619U;
    size_t slot = hash & (table->room - 1);
    while (table->first_alike[slot] != 0 && !str_eq(table->communes[table->first_alike[slot] - 1].name, name))
        slot = (slot + 1) & (table->room - 1);
    return slot;
}

/* From the last to the first, so that each chain runs in the order of the file. */
enum status table_join(struct arena *arena, struct table *table)
{
    table->room = 64;
    while (table->room < 2 * table->count)
        table->room *= 2;
    table->first_alike = arena_array(arena, size_t, table->room);
    if (table->first_alike == NULL)
        return LIMIT;
    for (size_t i = table->count; i-- > 0;) {
        size_t slot = slot_of(table, table->communes[i].name);
        size_t first = table->first_alike[slot];
        table->communes[i].next_alike = first == 0 ? TABLE_NONE : first - 1;
        table->first_alike[slot] = i + 1;
    }
    return OK;
}

size_t table_find(const struct table *table, struct str name)
{
    size_t first = table->first_alike[slot_of(table, name)];
    return first == 0 ? TABLE_NONE : first - 1;
}

bool table_is_alone(const struct table *table, struct str name)
{
    size_t first = table_find(table, name);
    return first != TABLE_NONE && table->communes[first].next_alike == TABLE_NONE;
}

enum status table_read(struct arena *arena, struct str communes, struct str departments, struct table *ret_table)
{
    struct table table = {0};
    struct commune_list list = {0};
    struct json json = json_of(communes);
    struct record record;
    enum status more;
    TRY(read_departments(arena, departments, &table));
    while ((more = record_next(&json, &record)) == OK)
        if (is_complete(&table, &record))
            TRY(add_commune(arena, &table, &record, &list));
    if (more != NOT_FOUND)
        return more;
    if (list.count == 0)
        return INVALID;
    table.communes = list.at;
    table.count = list.count;
    TRY(table_join(arena, &table));
    *ret_table = table;
    return OK;
}
