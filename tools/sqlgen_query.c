#include "sqlgen.h"

static const struct {
    struct str word;
    enum sql_kind kind;
} kinds[] = {{STR_INIT(":one"), SQL_ONE},
             {STR_INIT(":maybe"), SQL_MAYBE},
             {STR_INIT(":many"), SQL_MANY},
             {STR_INIT(":each"), SQL_EACH},
             {STR_INIT(":none"), SQL_NONE}};

const char *sqlgen_database_name(enum database database)
{
    static const char *const names[] = {"town", "auth", "search", "syndicate"};
    return names[database];
}

static enum database parse_database(const char *path, int line, struct str name)
{
    for (enum database database = 0; (int)database < SQLGEN_DATABASES; database++)
        if (str_eq(name, str_of(sqlgen_database_name(database))))
            return database;
    source_fail(path, line, "no database %.*s", STR_ARG(name));
}

static enum sql_kind parse_kind(const char *path, int line, struct str word)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eq(word, kinds[i].word))
            return kinds[i].kind;
    source_fail(path, line, "a query is :one :maybe :many :each or :none, not %.*s", STR_ARG(word));
}

static struct sql_query *begin_query(struct arena *arena, struct sql_file *file, int line, struct str rest)
{
    struct str words = str_trim(rest), name = str_cut(&words, ' ');
    if (!source_is_name(name) || !str_starts(name, file->noun))
        source_fail(file->path, line, "a query's name begins with its file's noun, %.*s_", STR_ARG(file->noun));
    for (size_t i = 0; i < file->queries.count; i++)
        if (str_eq(file->queries.at[i].name, name))
            source_fail(file->path, line, "%.*s is there already", STR_ARG(name));
    struct sql_query *query = list_add(&file->queries, arena, SQLGEN_QUERIES_MAX);
    REQUIRE(query != NULL);
    query->name = name;
    query->kind = parse_kind(file->path, line, str_trim(words));
    query->line = line;
    return query;
}

static void tell_types(struct arena *arena, struct sql_query *query, struct str names, enum sql_type type)
{
    while (!str_is_absent(names)) {
        struct str name = str_cut(&names, ' ');
        if (name.len == 0)
            continue;
        struct sql_field *field = list_add(&query->told, arena, SQLGEN_FIELDS_MAX);
        REQUIRE(field != NULL);
        *field = (struct sql_field){name, type};
    }
}

/* One "-- …" line before the statement: a type, or words for the reader. */
static void read_comment(struct arena *arena, struct sql_query *query, struct str words)
{
    if (str_starts(words, STR("text:")))
        tell_types(arena, query, str_trim(str_after(words, 5)), SQL_TEXT);
    else if (str_starts(words, STR("blob:")))
        tell_types(arena, query, str_trim(str_after(words, 5)), SQL_BLOB);
    else
        query->comment = query->comment.len == 0
                             ? words
                             : str_format(arena, "%.*s %.*s", STR_ARG(query->comment), STR_ARG(words));
}

static void end_query(const struct sql_file *file, struct sql_query *query, const char *end)
{
    if (query == NULL)
        return;
    if (str_is_absent(query->sql))
        source_fail(file->path, query->line, "%.*s has no statement", STR_ARG(query->name));
    query->sql = str_trim(str_span(query->sql.at, end));
    if (str_ends(query->sql, STR(";")))
        query->sql.len--;
    sqlgen_check_words(file->path, query->sql_line, query->sql, file->database);
}

void sqlgen_read_queries(struct arena *arena, struct sql_file *file)
{
    struct str rest = source_read(arena, file->path);
    struct sql_query *query = NULL;
    for (int line = 1; !str_is_absent(rest); line++) {
        struct str text = str_cut(&rest, '\n'), trimmed = str_trim(text);
        bool is_comment = str_starts(trimmed, STR("--"));
        struct str words = is_comment ? str_trim(str_after(trimmed, 2)) : trimmed;
        if (is_comment && str_starts(words, STR("name:"))) {
            end_query(file, query, text.at);
            query = begin_query(arena, file, line, str_after(words, 5));
        } else if (is_comment && str_starts(words, STR("database:")) && query == NULL) {
            file->database = parse_database(file->path, line, str_trim(str_after(words, 9)));
        } else if (is_comment && query != NULL && str_is_absent(query->sql)) {
            read_comment(arena, query, words);
        } else if (!is_comment && words.len > 0 && query == NULL) {
            source_fail(file->path, line, "a statement without \"-- name:\"");
        } else if (!is_comment && words.len > 0 && str_is_absent(query->sql)) {
            query->sql = text;
            query->sql_line = line;
        }
        if (str_is_absent(rest))
            end_query(file, query, text.at + text.len);
    }
}

static void add_parameter(struct arena *arena, const struct sql_file *file, struct sql_query *query,
                          const char *written)
{
    struct sql_field *field = list_add(&query->in, arena, SQLGEN_FIELDS_MAX);
    REQUIRE(field != NULL);
    if (written == NULL || !source_is_name(str_of(written + 1)))
        source_fail(file->path, query->sql_line, "parameters are :int $text @blob");
    *field = (struct sql_field){str_copy(arena, str_of(written + 1)),
                                written[0] == ':' ? SQL_INT : written[0] == '$' ? SQL_TEXT : SQL_BLOB};
    for (size_t i = 0; i + 1 < query->in.count; i++)
        if (str_eq(query->in.at[i].name, field->name))
            source_fail(file->path, query->sql_line, "%s has two types", written + 1);
}

static enum sql_type column_type(const struct sql_query *query, struct str name, const char *declared)
{
    for (size_t i = 0; i < query->told.count; i++)
        if (str_eq(query->told.at[i].name, name))
            return query->told.at[i].type;
    if (declared == NULL)
        return SQL_INT;
    return str_eq_nocase(str_of(declared), STR("TEXT"))   ? SQL_TEXT
           : str_eq_nocase(str_of(declared), STR("BLOB")) ? SQL_BLOB
                                                          : SQL_INT;
}

static void add_column(struct arena *arena, const struct sql_file *file, struct sql_query *query,
                       sqlite3_stmt *statement, int i)
{
    struct str name = str_copy(arena, str_of(sqlite3_column_name(statement, i)));
    if (!source_is_name(name))
        source_fail(file->path, query->sql_line, "column %d needs AS name", i + 1);
    for (size_t j = 0; j < query->out.count; j++)
        if (str_eq(query->out.at[j].name, name))
            source_fail(file->path, query->sql_line, "two columns are named %s", name.at);
    struct sql_field *field = list_add(&query->out, arena, SQLGEN_FIELDS_MAX);
    REQUIRE(field != NULL);
    *field = (struct sql_field){name, column_type(query, name, sqlite3_column_decltype(statement, i))};
}

static void check_kind(const struct sql_file *file, const struct sql_query *query)
{
    struct arena *arena ARENA_SCOPE = arena_create(SOURCE_MAX);
    bool has_limit = str_find_nocase(sqlgen_blank(arena, query->sql), STR("LIMIT")) != SIZE_MAX;
    if (query->kind == SQL_MANY && !has_limit)
        source_fail(file->path, query->sql_line, ":many needs LIMIT");
    if ((query->kind == SQL_NONE) != (query->out.count == 0))
        source_fail(file->path, query->sql_line, ":none has no columns, and every other kind has some");
}

static void prepare(struct arena *arena, struct sql_file *file, struct sql_query *query, sqlite3 *schema)
{
    sqlite3_stmt *statement;
    const char *tail;
    if (sqlite3_prepare_v2(schema, query->sql.at, (int)query->sql.len, &statement, &tail) != SQLITE_OK) {
        int at = sqlite3_error_offset(schema);
        int line = query->sql_line + (at > 0 ? source_line(query->sql, (size_t)at) - 1 : 0);
        source_fail(file->path, line, "%s", sqlite3_errmsg(schema));
    }
    if (str_trim(str_span(tail, query->sql.at + query->sql.len)).len > 0)
        source_fail(file->path, query->sql_line, "one statement a query");
    for (int i = 1; i <= sqlite3_bind_parameter_count(statement); i++)
        add_parameter(arena, file, query, sqlite3_bind_parameter_name(statement, i));
    for (int i = 0; i < sqlite3_column_count(statement); i++)
        add_column(arena, file, query, statement, i);
    sqlite3_finalize(statement);
    check_kind(file, query);
}

void sqlgen_prepare(struct arena *arena, struct sql_file *file, sqlite3 *schema)
{
    for (size_t i = 0; i < file->queries.count; i++)
        prepare(arena, file, &file->queries.at[i], schema);
}
