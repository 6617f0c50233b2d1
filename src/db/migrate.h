/* A migration is one forward step of a database's schema, made by sqlgen from
 * src/service/X/migrations/[auth_|search_|syndicate_]NNNN_words.sql.
 *
 * Why: a town's file outlives every version of the program. The table `migration` of each database says
 * which steps it has had, with the checksum of their text; a database that knows a step this program does
 * not, or another text of it, is refused before anything is written. */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include "base/dates.h"
#include "db/db.h"

enum database { DATABASE_TOWN, DATABASE_AUTH, DATABASE_SEARCH, DATABASE_SYNDICATE };

struct migration {
    enum database database;
    int number;             /* from 1 within its service and database, without gaps */
    const char *name, *sql; /* "0001_messages" */
    const char *checksum;   /* SHA-256 of sql, hexadecimal */
};

/* The steps of one service, of all its databases; in the order of needs: core first. */
struct migration_set {
    const char *service;
    const struct migration *migrations;
    size_t count;
};

enum { MIGRATE_SETS_MAX = 64, MIGRATE_SNAPSHOT_DAYS = 30 };

struct migrate_plan {
    const char *path; /* of the database, for the snapshot beside it; NULL makes none */
    enum database database;
    const struct migration_set *sets;
    size_t set_count;
    struct instant now;
};

/* Brings the schema up to date in one transaction. Before it, when the database already had steps, a copy
 * is left beside it as PATH.before-NNN (NNN: the steps it had); copies older than 30 days are removed.
 * CONFLICT: a newer or changed schema, with *ret_refusal a plain English sentence for the operator; other
 * failures leave the database as it was. */
MUST_USE enum status migrate(struct db *db, struct arena *arena, const struct migrate_plan *plan,
                             struct str *ret_refusal);

#endif
