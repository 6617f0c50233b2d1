/* A table is the communes of France as the published list has them: what is true, for training and for judging.
 *
 * Source: @etalab/decoupage-administratif (INSEE, La Poste; Licence Ouverte). Invariants: communes are in the order of
 * the file; only present communes with a population and a postal code are in it; slices point into the bytes given,
 * which outlive the table. */
#ifndef LANGUAGE_MODEL_TABLE_H
#define LANGUAGE_MODEL_TABLE_H

#include "base/arena.h"
#include "base/list.h"
#include "base/str.h"

enum { TABLE_COMMUNES_MAX = 50000, TABLE_DEPARTMENTS_MAX = 200, TABLE_CODES_MAX = 40, TABLE_NAME_MAX = 100 };

struct table_department {
    struct str code, name, region, seat; /* seat: the code of its prefecture */
    int article; /* INSEE's TNCC: 0 and 1 none, 2 le, 3 la, 4 les, 5 l' */
};

struct table_commune {
    struct str name, code;
    const struct table_department *department;
    const struct str *postal_codes;
    size_t postal_code_count;
    int64_t population;
    size_t next_alike; /* the next commune of exactly this name, or TABLE_NONE */
};
#define TABLE_NONE SIZE_MAX

struct table {
    const struct table_department *departments;
    size_t department_count;
    struct table_commune *communes;
    size_t count;
    size_t *first_alike; /* by hash of the name */
    size_t room;
};

/* Reads communes.json and departements.json. INVALID: not of that form. LIMIT: more than above. */
MUST_USE enum status table_read(struct arena *arena, struct str communes, struct str departments,
                                struct table *ret_table);
/* Finds communes by name from here on: whoever has filled in the rest calls it. LIMIT: no memory. */
MUST_USE enum status table_join(struct arena *arena, struct table *table);
/* The first commune of exactly this name, then commune->next_alike; TABLE_NONE. */
size_t table_find(const struct table *table, struct str name);
/* Does one commune bear exactly this name, and no other? */
bool table_is_alone(const struct table *table, struct str name);
const struct table_department *table_department(const struct table *table, struct str code); /* NULL: none */

#endif
