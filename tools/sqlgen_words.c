#include "sqlgen.h"

/* Words by which a statement would be SQLite's alone; PostgreSQL comes later with the same text. */
static const struct {
    const char *word, *instead;
    bool is_search; /* allowed for search.db, whose FTS5 tables are the one exception */
} refused[] = {
    {"AUTOINCREMENT", "an INTEGER PRIMARY KEY", false},
    {"PRAGMA", "db.h", false},
    {"ATTACH", "one database for one query", false},
    {"VACUUM", "db.h", false},
    {"GLOB", "LIKE", false},
    {"REGEXP", "LIKE", false},
    {"MATCH", "-- database: search", true},
    {"VIRTUAL", "a search_ migration", true},
    {"ROWID", "a named INTEGER PRIMARY KEY", true},
    {"IFNULL", "coalesce", false},
    {"IIF", "CASE WHEN", false},
    {"ISNULL", "IS NULL", false},
    {"NOTNULL", "IS NOT NULL", false},
    {"STRFTIME", "a bound instant", false},
    {"DATETIME", "a bound instant", false},
    {"JULIANDAY", "a bound instant", false},
    {"UNIXEPOCH", "a bound instant", false},
    {"CURRENT_TIMESTAMP", "a bound instant", false},
    {"CURRENT_DATE", "a bound instant", false},
    {"CURRENT_TIME", "a bound instant", false},
    {"PRINTF", "C", false},
    {"FORMAT", "C", false},
    {"GROUP_CONCAT", "rows", false},
    {"INSTR", "position or LIKE", false},
    {"TYPEOF", "STRICT tables", false},
    {"TOTAL", "coalesce(sum(x), 0)", false},
    {"RANDOM", "a bound number", false},
    {"RANDOMBLOB", "bound bytes", false},
    {"ZEROBLOB", "bound bytes", false},
    {"HEX", "C", false},
    {"UNHEX", "C", false},
    {"LAST_INSERT_ROWID", "RETURNING or db_last_id", false},
    {"CHANGES", "db_changes", false},
    {"NOCASE", "a folded column", false},
    {"RTRIM_COLLATION", "a folded column", false},
    {"INDEXED", "another index", false},
    {"REAL", "INTEGER", false},
    {"TEMP", "a table", false},
    {"TEMPORARY", "a table", false},
};

static bool is_word_byte(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || c == '_';
}

struct str sqlgen_blank(struct arena *arena, struct str sql)
{
    char *blank = str_c(arena, sql);
    REQUIRE(blank != NULL);
    for (size_t i = 0; i < sql.len;) {
        size_t end = i + 1;
        bool is_comment = str_starts(str_after(sql, i), STR("--"));
        if (!is_comment && sql.at[i] != '\'') {
            i++;
            continue;
        }
        while (end < sql.len && sql.at[end] != (is_comment ? '\n' : '\''))
            end++;
        for (; i < sql.len && i <= end; i++)
            if (blank[i] != '\n')
                blank[i] = ' ';
    }
    return (struct str){blank, sql.len};
}

/* Both follow INSERT: "INSERT OR REPLACE" and "REPLACE INTO"; the function replace(a, b, c) is standard. */
static void check_pair(const char *path, int line, struct str before, struct str word)
{
    bool is_or = str_eq_nocase(before, STR("INSERT")) && str_eq_nocase(word, STR("OR"));
    bool is_into = str_eq_nocase(before, STR("REPLACE")) && str_eq_nocase(word, STR("INTO"));
    if (is_or || is_into)
        source_fail(path, line, "only SQLite takes INSERT OR and REPLACE INTO: use ON CONFLICT");
}

static void check_word(const char *path, int line, struct str word, enum database database)
{
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        if (!str_eq_nocase(word, str_of(refused[i].word)))
            continue;
        if (!refused[i].is_search || database != DATABASE_SEARCH)
            source_fail(path, line, "only SQLite takes %s: use %s", refused[i].word, refused[i].instead);
    }
}

static void check_sign(const char *path, int line, struct str rest)
{
    if (str_starts(rest, STR("==")))
        source_fail(path, line, "only SQLite takes ==: use =");
    if (rest.at[0] == '`' || rest.at[0] == '[' || rest.at[0] == '?')
        source_fail(path, line, "%c: names stand without quotes, parameters are :int $text @blob", rest.at[0]);
}

void sqlgen_check_words(const char *path, int first_line, struct str sql, enum database database)
{
    struct arena *arena ARENA_SCOPE = arena_create(SOURCE_MAX * 2);
    struct str blank = sqlgen_blank(arena, sql), before = STR("");
    for (size_t i = 0; i < blank.len;) {
        int line = first_line + source_line(blank, i) - 1;
        size_t end = i;
        while (end < blank.len && is_word_byte(blank.at[end]))
            end++;
        if (end == i) {
            check_sign(path, line, str_after(blank, i));
            i++;
            continue;
        }
        struct str word = str_slice(blank, i, end);
        bool is_name = i > 0 && strchr(":$@.", blank.at[i - 1]) != NULL; /* a parameter or a column */
        /* WITHOUT ROWID, like STRICT, is a clause of storage that goes with the type names. */
        bool is_storage = str_eq_nocase(before, STR("WITHOUT")) && str_eq_nocase(word, STR("ROWID"));
        if (!is_name && !is_storage)
            check_word(path, line, word, database);
        check_pair(path, line, before, word);
        before = word;
        i = end;
    }
}
