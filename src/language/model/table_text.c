#include "language/model/table_text.h"

struct department_list LIST_OF(struct table_department);
struct commune_list LIST_OF(struct table_commune);

void table_text_write(const struct table *table, struct buf *out)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct table_commune *commune = &table->communes[i];
        buf_add_format(out, "%.*s;%.*s;%.*s;%.*s;", STR_ARG(commune->code), STR_ARG(commune->name),
                       STR_ARG(commune->department->code), STR_ARG(commune->department->name));
        for (size_t k = 0; k < commune->postal_code_count; k++)
            buf_add_format(out, "%s%.*s", k > 0 ? " " : "", STR_ARG(commune->postal_codes[k]));
        buf_add_format(out, ";%lld\n", (long long)commune->population);
    }
}

/* Places first, addresses once the list has its final place. */
static enum status department_place(struct arena *arena, struct department_list *list, struct str code, struct str name,
                                    size_t *ret_place)
{
    for (size_t i = list->count; i-- > 0;)
        if (str_eq(list->at[i].code, code)) {
            *ret_place = i;
            return OK;
        }
    struct table_department *department = list_add(list, arena, TABLE_DEPARTMENTS_MAX);
    if (department == NULL)
        return LIMIT;
    *department = (struct table_department){.code = code, .name = name};
    *ret_place = list->count - 1;
    return OK;
}

static enum status read_codes(struct arena *arena, struct str codes, struct table_commune *commune)
{
    size_t count = str_count_byte(codes, ' ') + 1;
    struct str *copy = arena_array(arena, struct str, count);
    if (copy == NULL || count > TABLE_CODES_MAX)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        copy[i] = str_cut(&codes, ' ');
    commune->postal_codes = copy;
    commune->postal_code_count = count;
    return OK;
}

static enum status read_line(struct arena *arena, struct str line, struct department_list *departments,
                             struct commune_list *list, size_t *places)
{
    struct table_commune *commune = list_add(list, arena, TABLE_COMMUNES_MAX);
    if (commune == NULL)
        return LIMIT;
    struct str code = str_cut(&line, ';'), name = str_cut(&line, ';'), department = str_cut(&line, ';'),
               department_name = str_cut(&line, ';'), codes = str_cut(&line, ';');
    *commune = (struct table_commune){.code = code, .name = name};
    if (commune->name.len == 0 || commune->name.len > TABLE_NAME_MAX || department.len == 0 || codes.len == 0 ||
        str_to_i64(line, &commune->population) != OK || commune->population <= 0)
        return INVALID;
    TRY(read_codes(arena, codes, commune));
    return department_place(arena, departments, department, department_name, &places[list->count - 1]);
}

enum status table_text_read(struct arena *arena, struct str text, struct table *ret_table)
{
    struct department_list departments = {0};
    struct commune_list list = {0};
    size_t *places = arena_array(arena, size_t, TABLE_COMMUNES_MAX);
    if (places == NULL)
        return LIMIT;
    while (text.len > 0)
        TRY(read_line(arena, str_cut(&text, '\n'), &departments, &list, places));
    if (list.count == 0)
        return INVALID;
    for (size_t i = 0; i < list.count; i++)
        list.at[i].department = &departments.at[places[i]];
    struct table table = {.departments = departments.at, .department_count = departments.count,
                          .communes = list.at, .count = list.count};
    TRY(table_join(arena, &table));
    *ret_table = table;
    return OK;
}
