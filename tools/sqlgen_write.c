#include "sqlgen.h"

#include <ctype.h>

static const char *const c_types[] = {"int64_t ", "struct str ", "struct str "};
static const char *const words[] = {"int", "text", "blob"};

static void add_guard(struct buf *out, struct str include)
{
    for (size_t i = 0; i < include.len; i++)
        buf_add_byte(out, isalnum((unsigned char)include.at[i]) ? (char)toupper((unsigned char)include.at[i]) : '_');
    buf_add_literal(out, "_H");
}

static void add_struct(struct buf *out, struct str name, const char *suffix, const struct sql_field_list *fields)
{
    if (fields->count == 0)
        return;
    buf_add_format(out, "struct sql_%.*s%s {\n", STR_ARG(name), suffix);
    for (size_t i = 0; i < fields->count; i++)
        buf_add_format(out, "    %s%.*s;\n", c_types[fields->at[i].type], STR_ARG(fields->at[i].name));
    buf_add_literal(out, "};\n");
}

/* The C prototype, without its end. */
static void add_prototype(struct buf *out, const struct sql_query *query)
{
    int len = (int)query->name.len;
    const char *name = query->name.at;
    bool takes_arena = query->kind == SQL_ONE || query->kind == SQL_MAYBE || query->kind == SQL_MANY;
    buf_add_format(out, "enum status sql_%.*s(struct db *db", len, name);
    if (takes_arena)
        buf_add_literal(out, ", struct arena *arena");
    if (query->in.count > 0)
        buf_add_format(out, ", struct sql_%.*s in", len, name);
    if (query->kind == SQL_ONE || query->kind == SQL_MAYBE)
        buf_add_format(out, ", struct sql_%.*s_row *ret_row", len, name);
    if (query->kind == SQL_MANY)
        buf_add_format(out, ", struct sql_%.*s_row **ret_rows, size_t *ret_count", len, name);
    if (query->kind == SQL_EACH)
        buf_add_format(out, ", enum status (*visit)(void *with, const struct sql_%.*s_row *row), void *with", len,
                       name);
    buf_add_byte(out, ')');
}

static void add_header(struct buf *out, const struct sql_file *file)
{
    buf_add_format(out, "/* Made by sqlgen from %s. */\n#ifndef ", file->path);
    add_guard(out, file->include);
    buf_add_literal(out, "\n#define ");
    add_guard(out, file->include);
    buf_add_literal(out, "\n\n#include \"base/arena.h\"\n#include \"db/db.h\"\n\nstruct shape;\n\n");
    for (size_t i = 0; i < file->queries.count; i++) {
        const struct sql_query *query = &file->queries.at[i];
        if (query->comment.len > 0)
            buf_add_format(out, "/* %.*s */\n", STR_ARG(query->comment));
        add_struct(out, query->name, "", &query->in);
        add_struct(out, query->name, "_row", &query->out);
        buf_add_literal(out, "MUST_USE ");
        add_prototype(out, query);
        buf_add_literal(out, ";\n");
        if (query->kind == SQL_EACH)
            buf_add_format(out, "extern const struct shape sql_%.*s_row_shape;\n", STR_ARG(query->name));
        buf_add_literal(out, "\n");
    }
    buf_add_literal(out, "#endif\n");
}

static void add_take(struct buf *out, const struct sql_query *query)
{
    bool copies = query->kind != SQL_EACH;
    buf_add_format(out, "static %s take_%.*s(struct db_cursor *cursor, %sstruct sql_%.*s_row *row)\n{\n",
                   copies ? "enum status" : "void", STR_ARG(query->name), copies ? "struct arena *arena, " : "",
                   STR_ARG(query->name));
    for (size_t i = 0; i < query->out.count; i++) {
        const struct sql_field *field = &query->out.at[i];
        buf_add_format(out, "    row->%.*s = db_column_%s(cursor, %zu);\n", STR_ARG(field->name), words[field->type],
                       i);
        if (!copies || field->type == SQL_INT)
            continue;
        buf_add_format(out, "    if (row->%.*s.at != NULL && (row->%.*s = str_copy(arena, row->%.*s)).at == NULL)\n",
                       STR_ARG(field->name), STR_ARG(field->name), STR_ARG(field->name));
        buf_add_literal(out, "        return LIMIT;\n");
    }
    buf_add_c(out, copies ? "    (void)arena;\n    return OK;\n}\n\n" : "}\n\n");
}

static void add_start(struct buf *out, const struct sql_query *query)
{
    buf_add_format(out, "    static const struct db_query query = {\"%.*s\",\n        \"", STR_ARG(query->name));
    source_add_c_text(out, query->sql);
    buf_add_format(out, "\",\n        %u};\n", query->slot);
    buf_add_literal(out, "    struct db_cursor *cursor;\n    TRY(db_start(db, &query, &cursor));\n");
    for (size_t i = 0; i < query->in.count; i++)
        buf_add_format(out, "    db_bind_%s(cursor, %zu, in.%.*s);\n", words[query->in.at[i].type], i + 1,
                       STR_ARG(query->in.at[i].name));
}

static void add_one(struct buf *out, const struct sql_query *query)
{
    buf_add_format(out, "    struct sql_%.*s_row row;\n    enum status done = db_step(cursor);\n",
                   STR_ARG(query->name));
    buf_add_format(out, "    if (done == OK)\n        done = take_%.*s(cursor, arena, &row);\n", STR_ARG(query->name));
    buf_add_literal(out, "    db_end(cursor);\n    if (done == OK)\n        *ret_row = row;\n");
    buf_add_c(out, query->kind == SQL_ONE ? "    return done == NOT_FOUND ? CORRUPT : done;\n" : "    return done;\n");
}

static void add_many(struct buf *out, const struct sql_query *query)
{
    buf_add_format(out, "    struct LIST_OF(struct sql_%.*s_row) rows = {0};\n    enum status done;\n",
                   STR_ARG(query->name));
    buf_add_literal(out, "    while ((done = db_step(cursor)) == OK) {\n");
    buf_add_format(out, "        struct sql_%.*s_row *row = list_add(&rows, arena, SIZE_MAX);\n", STR_ARG(query->name));
    buf_add_format(out, "        done = row == NULL ? LIMIT : take_%.*s(cursor, arena, row);\n", STR_ARG(query->name));
    buf_add_literal(out, "        if (done != OK)\n            break;\n    }\n    db_end(cursor);\n"
                         "    if (done != NOT_FOUND)\n        return done;\n    *ret_rows = rows.at;\n"
                         "    *ret_count = rows.count;\n    return OK;\n");
}

static void add_each(struct buf *out, const struct sql_query *query)
{
    buf_add_format(out, "    struct sql_%.*s_row row;\n    enum status done;\n", STR_ARG(query->name));
    buf_add_literal(out, "    while ((done = db_step(cursor)) == OK) {\n");
    buf_add_format(out, "        take_%.*s(cursor, &row);\n", STR_ARG(query->name));
    buf_add_literal(out, "        if ((done = visit(with, &row)) != OK)\n            break;\n    }\n"
                         "    db_end(cursor);\n    return done == NOT_FOUND ? OK : done;\n");
}

/* The row as core/shape.h describes it: what is exported goes by it. */
static void add_shape(struct buf *out, const struct sql_query *query)
{
    static const char *const kinds[] = {"SHAPE_INT", "SHAPE_TEXT", "SHAPE_BYTES"};
    int len = (int)query->name.len;
    const char *name = query->name.at;
    buf_add_format(out, "static const struct shape_field %.*s_fields[] = {\n", len, name);
    for (size_t i = 0; i < query->out.count; i++)
        buf_add_format(out, "    SHAPE_FIELD(sql_%.*s_row, %.*s, %s, 0),\n", len, name, STR_ARG(query->out.at[i].name),
                       kinds[query->out.at[i].type]);
    buf_add_format(out, "};\nconst struct shape sql_%.*s_row_shape = SHAPE_OF(sql_%.*s_row, %.*s_fields);\n\n", len,
                   name, len, name, len, name);
}

static void add_function(struct buf *out, const struct sql_query *query)
{
    if (query->kind == SQL_EACH)
        add_shape(out, query);
    if (query->out.count > 0)
        add_take(out, query);
    add_prototype(out, query);
    buf_add_literal(out, "\n{\n");
    add_start(out, query);
    if (query->kind == SQL_NONE)
        buf_add_literal(out, "    enum status done = db_step(cursor);\n    db_end(cursor);\n"
                             "    return done == NOT_FOUND ? OK : done;\n");
    else if (query->kind == SQL_MANY)
        add_many(out, query);
    else if (query->kind == SQL_EACH)
        add_each(out, query);
    else
        add_one(out, query);
    buf_add_literal(out, "}\n\n");
}

static void write_file(const char *folder, struct str include, const char *suffix, const struct buf *text)
{
    struct arena *arena ARENA_SCOPE = arena_create(SOURCE_MAX);
    REQUIRE(!text->is_over);
    source_write(str_format(arena, "%s/%.*s%s", folder, STR_ARG(include), suffix).at, buf_str(text));
}

void sqlgen_write_queries(struct arena *arena, const char *out_folder, const struct sql_file *file)
{
    (void)arena;
    struct buf header BUF_SCOPE = BUF_INIT(SOURCE_MAX), code BUF_SCOPE = BUF_INIT(SOURCE_MAX);
    add_header(&header, file);
    buf_add_format(&code,
                   "/* Made by sqlgen from %s. */\n#include \"%.*s.h\"\n\n#include \"base/list.h\"\n#include "
                   "\"core/shape.h\"\n\n",
                   file->path, STR_ARG(file->include));
    for (size_t i = 0; i < file->queries.count; i++)
        add_function(&code, &file->queries.at[i]);
    write_file(out_folder, file->include, ".h", &header);
    write_file(out_folder, file->include, ".c", &code);
}

static void add_steps_of(struct buf *out, const struct sql_step_list *steps, struct str service)
{
    size_t count = 0;
    buf_add_format(out, "const struct migration %.*s_migrations[] = {\n", STR_ARG(service));
    for (size_t i = 0; i < steps->count; i++) {
        const struct sql_step *step = &steps->at[i];
        if (!str_eq(step->service, service))
            continue;
        count++;
        buf_add_format(out, "    {%d, %d, \"%.*s\",\n     \"", (int)step->database, step->number, STR_ARG(step->name));
        source_add_c_text(out, step->sql);
        buf_add_format(out, "\",\n     \"%.*s\"},\n", STR_ARG(step->checksum));
    }
    buf_add_format(out, "};\nconst size_t %.*s_migration_count = %zu;\n\n", STR_ARG(service), count);
}

/* Steps come sorted, core first, so a service's are together. */
void sqlgen_write_migrations(struct arena *arena, const char *out_folder, const struct sql_step_list *steps)
{
    (void)arena;
    struct buf header BUF_SCOPE = BUF_INIT(SOURCE_MAX), code BUF_SCOPE = BUF_INIT(SOURCE_MAX);
    struct buf sets BUF_SCOPE = BUF_INIT(SOURCE_MAX);
    struct str before = STR_NONE;
    size_t count = 0;
    buf_add_literal(&header, "/* Made by sqlgen: the migrations of core and of each service. */\n"
                             "#ifndef MIGRATIONS_H\n#define MIGRATIONS_H\n\n#include \"db/migrate.h\"\n\n");
    buf_add_literal(&code, "/* Made by sqlgen. */\n#include \"migrations.h\"\n\n");
    for (size_t i = 0; i < steps->count; i++) {
        struct str service = steps->at[i].service;
        if (str_eq(service, before))
            continue;
        before = service;
        count++;
        add_steps_of(&code, steps, service);
        buf_add_format(&header, "extern const struct migration %.*s_migrations[];\nextern const size_t "
                                "%.*s_migration_count;\n",
                       STR_ARG(service), STR_ARG(service));
        buf_add_format(&sets, "    {\"%.*s\", %.*s_migrations, sizeof %.*s_migrations / sizeof %.*s_migrations[0]},\n",
                       STR_ARG(service), STR_ARG(service), STR_ARG(service), STR_ARG(service));
    }
    buf_add_format(&header, "extern const struct migration_set migration_sets[%zu];\n"
                            "enum { MIGRATION_SET_COUNT = %zu };\n\n#endif\n",
                   count, count);
    buf_add_format(&code, "const struct migration_set migration_sets[%zu] = {\n%.*s};\n", count,
                   STR_ARG(buf_str(&sets)));
    write_file(out_folder, STR("migrations"), ".h", &header);
    write_file(out_folder, STR("migrations"), ".c", &code);
}
