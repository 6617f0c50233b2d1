#include "sqlgen.h"

#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base64.h"

/* "src/core/migrations/…" -> "core"; "src/service/mail/migrations/…" -> "mail". */
static struct str service_of(struct str path)
{
    size_t end = str_find(path, STR("/migrations/"));
    REQUIRE(end != SIZE_MAX);
    struct str folder = str_slice(path, 0, end);
    return str_after(folder, str_find_byte_last(folder, '/') + 1);
}

static enum database database_of(struct str *name)
{
    for (enum database database = DATABASE_AUTH; (int)database < SQLGEN_DATABASES; database++) {
        struct str prefix = str_of(sqlgen_database_name(database));
        if (str_starts(*name, prefix) && name->len > prefix.len && name->at[prefix.len] == '_') {
            *name = str_after(*name, prefix.len + 1);
            return database;
        }
    }
    return DATABASE_TOWN;
}

static void add_checksum(struct arena *arena, struct sql_step *step)
{
    unsigned char hash[SHA256_DIGEST_LENGTH];
    struct buf hex BUF_SCOPE = BUF_INIT(2 * SHA256_DIGEST_LENGTH);
    SHA256((const unsigned char *)step->sql.at, step->sql.len, hash);
    hex_encode(&hex, (struct str){(const char *)hash, sizeof hash});
    step->checksum = str_copy(arena, buf_str(&hex));
}

static void add_step(struct arena *arena, struct str path, struct sql_step_list *steps)
{
    uint64_t number;
    struct sql_step *step = list_add(steps, arena, SOURCE_FILES_MAX);
    REQUIRE(step != NULL);
    struct str name = source_stem(path);
    *step = (struct sql_step){.service = service_of(path), .path = path.at};
    step->database = database_of(&name);
    if (name.len < 6 || name.at[4] != '_' || str_to_u64(str_slice(name, 0, 4), 9999, &number) != OK)
        source_fail(path.at, 0, "a migration is named [database_]NNNN_words.sql");
    step->number = (int)number;
    step->name = name;
    step->sql = source_read(arena, path.at);
    add_checksum(arena, step);
    sqlgen_check_words(path.at, 1, step->sql, step->database);
}

static int by_service(const void *a, const void *b)
{
    const struct sql_step *left = a, *right = b;
    bool left_is_core = str_eq(left->service, STR("core")), right_is_core = str_eq(right->service, STR("core"));
    if (left_is_core != right_is_core)
        return left_is_core ? -1 : 1;
    int order = str_compare(left->service, right->service);
    if (order != 0)
        return order;
    return left->database != right->database ? (int)left->database - (int)right->database
                                             : left->number - right->number;
}

static void read_steps(struct arena *arena, const char *source, struct sql_step_list *steps)
{
    struct source_list found = {0};
    source_find(arena, source, ".sql", &found);
    for (size_t i = 0; i < found.count; i++)
        if (str_find(found.at[i], STR("/migrations/")) != SIZE_MAX)
            add_step(arena, found.at[i], steps);
    if (steps->count > 0)
        qsort(steps->at, steps->count, sizeof *steps->at, by_service);
}

static void check_strict(const char *path, sqlite3 *schema)
{
    sqlite3_stmt *loose;
    const char *sql = "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE "
                      "'sqlite_%' LIMIT 1";
    REQUIRE(sqlite3_prepare_v2(schema, sql, -1, &loose, NULL) == SQLITE_OK);
    if (sqlite3_step(loose) == SQLITE_ROW)
        source_fail(path, 0, "table %s is not STRICT", (const char *)sqlite3_column_text(loose, 0));
    sqlite3_finalize(loose);
}

static sqlite3 *make_schema(const struct sql_step_list *steps, enum database database)
{
    sqlite3 *schema;
    REQUIRE(sqlite3_open(":memory:", &schema) == SQLITE_OK);
    for (size_t i = 0; i < steps->count; i++) {
        char *failure = NULL;
        if (steps->at[i].database != database)
            continue;
        if (sqlite3_exec(schema, steps->at[i].sql.at, NULL, NULL, &failure) != SQLITE_OK)
            source_fail(steps->at[i].path, 0, "%s", failure);
        check_strict(steps->at[i].path, schema);
    }
    return schema;
}

static struct sql_file read_file(struct arena *arena, const char *source, struct str path, unsigned *slot)
{
    struct sql_file file = {.path = path.at, .noun = source_stem(path)};
    struct str within = str_after(path, strlen(source) + 1);
    file.include = str_format(arena, "%.*s_sql", (int)(within.len - strlen(".sql")), within.at);
    sqlgen_read_queries(arena, &file);
    for (size_t i = 0; i < file.queries.count; i++)
        file.queries.at[i].slot = (*slot)++;
    return file;
}

/* sqlgen OUT SOURCE */
int main(int count, char **words)
{
    struct arena *arena ARENA_SCOPE = arena_create(SOURCE_ARENA_MAX);
    struct sql_step_list steps = {0};
    struct source_list found = {0};
    sqlite3 *schemas[SQLGEN_DATABASES];
    unsigned slot = DB_SLOT_FIRST;
    if (count != 3) {
        fprintf(stderr, "usage: sqlgen OUT SOURCE\n");
        return 1;
    }
    read_steps(arena, words[2], &steps);
    for (enum database database = 0; (int)database < SQLGEN_DATABASES; database++)
        schemas[database] = make_schema(&steps, database);
    source_find(arena, words[2], ".sql", &found);
    for (size_t i = 0; i < found.count; i++) {
        if (str_find(found.at[i], STR("/migrations/")) != SIZE_MAX)
            continue;
        struct sql_file file = read_file(arena, words[2], found.at[i], &slot);
        sqlgen_prepare(arena, &file, schemas[file.database]);
        sqlgen_write_queries(arena, words[1], &file);
    }
    sqlgen_write_migrations(arena, words[1], &steps);
    for (enum database database = 0; (int)database < SQLGEN_DATABASES; database++)
        sqlite3_close(schemas[database]);
    return slot > DB_SLOT_MAX;
}
