#include "language/model/table_text.h"

struct department_list LIST_OF(struct table_department);
struct commune_list LIST_OF(struct table_commune);

static const struct str data_mark = STR_INIT("data;"), department_mark = STR_INIT("department;");

void table_text_write(const struct table *table, struct str data, struct buf *out)
{
    buf_add_format(out, "data;%.*s\n", STR_ARG(data));
    for (size_t i = 0; i < table->department_count; i++) {
        const struct table_department *department = &table->departments[i];
        buf_add_format(out, "department;%.*s;%.*s;%.*s;%.*s;%d\n", STR_ARG(department->code), STR_ARG(department->name),
                       STR_ARG(department->region), STR_ARG(department->seat), department->article);
    }
    for (size_t i = 0; i < table->count; i++) {
        const struct table_commune *commune = &table->communes[i];
        buf_add_format(out, "%.*s;%.*s;%.*s;%.*s;", STR_ARG(commune->code), STR_ARG(commune->name),
                       STR_ARG(commune->department->code), STR_ARG(commune->department->name));
        for (size_t k = 0; k < commune->postal_code_count; k++)
            buf_add_format(out, "%s%.*s", k > 0 ? " " : "", STR_ARG(commune->postal_codes[k]));
        buf_add_format(out, ";%lld\n", (long long)commune->population);
    }
}

static enum status read_department(struct arena *arena, struct str line, struct department_list *list)
{
    struct table_department *department = list_add(list, arena, TABLE_DEPARTMENTS_MAX);
    int64_t article;
    if (department == NULL)
        return LIMIT;
    struct str code = str_cut(&line, ';'), name = str_cut(&line, ';'), region = str_cut(&line, ';'),
               seat = str_cut(&line, ';');
    if (code.len == 0 || name.len == 0 || name.len > TABLE_NAME_MAX || str_to_i64(line, &article) != OK ||
        article < 0 || article > 9)
        return INVALID;
    *department = (struct table_department){
        .code = code, .name = name, .region = region, .seat = seat, .article = (int)article};
    return OK;
}

static enum status read_departments(struct arena *arena, struct str *text, struct table *table)
{
    struct department_list list = {0};
    while (str_starts(*text, department_mark)) {
        struct str line = str_cut(text, '\n');
        TRY(read_department(arena, str_after(line, department_mark.len), &list));
    }
    table->departments = list.at;
    table->department_count = list.count;
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

static enum status read_commune(struct arena *arena, struct str line, const struct table *table,
                                struct commune_list *list)
{
    struct table_commune *commune = list_add(list, arena, TABLE_COMMUNES_MAX);
    if (commune == NULL)
        return LIMIT;
    struct str code = str_cut(&line, ';'), name = str_cut(&line, ';'), department = str_cut(&line, ';');
    (void)str_cut(&line, ';'); /* its name, for whoever reads the file */
    struct str codes = str_cut(&line, ';');
    *commune = (struct table_commune){.code = code, .name = name, .department = table_department(table, department)};
    if (name.len == 0 || name.len > TABLE_NAME_MAX || commune->department == NULL || codes.len == 0 ||
        str_to_i64(line, &commune->population) != OK || commune->population <= 0)
        return INVALID;
    return read_codes(arena, codes, commune);
}

enum status table_text_read(struct arena *arena, struct str text, struct table *ret_table, struct str *ret_data)
{
    struct commune_list list = {0};
    struct table table = {.count = 0};
    struct str data = str_cut(&text, '\n');
    if (!str_starts(data, data_mark))
        return INVALID;
    TRY(read_departments(arena, &text, &table));
    while (text.len > 0)
        TRY(read_commune(arena, str_cut(&text, '\n'), &table, &list));
    if (list.count == 0)
        return INVALID;
    table.communes = list.at;
    table.count = list.count;
    TRY(table_join(arena, &table));
    *ret_table = table;
    if (ret_data != NULL)
        *ret_data = str_after(data, data_mark.len);
    return OK;
}
