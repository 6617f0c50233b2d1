/* sqlgen turns each NAME.sql into typed C and the migrations into tables of C (see README.md).
 *
 * sqlgen.c reads the arguments and the migrations, sqlgen_words.c refuses what only SQLite takes,
 * sqlgen_query.c reads and prepares the queries, sqlgen_write.c writes C. */
#ifndef TOOLS_SQLGEN_H
#define TOOLS_SQLGEN_H

#include <sqlite3.h>

#include "db/migrate.h"
#include "source.h"

enum { SQLGEN_DATABASES = DATABASE_SYNDICATE + 1, SQLGEN_FIELDS_MAX = 200, SQLGEN_QUERIES_MAX = 5000 };

enum sql_type { SQL_INT, SQL_TEXT, SQL_BLOB };

struct sql_field {
    struct str name;
    enum sql_type type;
};
struct sql_field_list LIST_OF(struct sql_field);

enum sql_kind { SQL_ONE, SQL_MAYBE, SQL_MANY, SQL_EACH, SQL_NONE };

struct sql_query {
    struct str name, comment, sql;
    enum sql_kind kind;
    int line, sql_line;            /* of "-- name:", and of the first line of sql */
    struct sql_field_list told;    /* "-- text: column" and "-- blob: column" */
    struct sql_field_list in, out; /* parameters in order of first use, columns */
    unsigned slot;
};
struct sql_query_list LIST_OF(struct sql_query);

struct sql_file {
    const char *path;
    struct str noun, include; /* "message", "service/mail/message_sql" */
    enum database database;
    struct sql_query_list queries;
};

struct sql_step {
    struct str service, name, sql, checksum;
    const char *path;
    enum database database;
    int number;
};
struct sql_step_list LIST_OF(struct sql_step);

/* What the words of `sql` may not be; stops at the first with its line. FTS5 belongs to search alone. */
void sqlgen_check_words(const char *path, int first_line, struct str sql, enum database database);
/* Blanks comments and texts in quotes, so that words, parameters and brackets can be looked for. */
struct str sqlgen_blank(struct arena *arena, struct str sql);

/* The name a database has in a file name or in "-- database:"; town has none. */
const char *sqlgen_database_name(enum database database);

void sqlgen_read_queries(struct arena *arena, struct sql_file *file);
/* Fills in and out of each query from the statements prepared on the database's real schema. */
void sqlgen_prepare(struct arena *arena, struct sql_file *file, sqlite3 *schema);

void sqlgen_write_queries(struct arena *arena, const char *out_folder, const struct sql_file *file);
void sqlgen_write_migrations(struct arena *arena, const char *out_folder, const struct sql_step_list *steps);

#endif
