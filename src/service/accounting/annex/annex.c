#include "service/accounting/annex/annex.h"

#include "base/embed.h"
#include "proto/csv/csv.h"

EMBED(accounting_annex, "src/service/accounting/annex/annex_fields.csv");

enum column { ANNEX, NAME, TYPE, SIZE, NEEDED, CODES, COLUMNS };
enum { SIZE_MOST = 1000 };

static const char *const names[ANNEX_KINDS] = {"PERSONNEL", "EMPRUNT", "PATRIMOINE", "CONCOURS"};
static const char *const blocks[ANNEX_KINDS] = {"DATA_PERSONNEL", "DATA_EMPRUNT", "DATA_PATRIMOINE", "DATA_CONCOURS"};

struct str annex_name(enum annex_kind kind)
{
    return str_of(names[kind]);
}

const char *annex_block_name(enum annex_kind kind)
{
    return blocks[kind];
}

/* ---- columns ---- */

static enum status type_of(struct str text, enum annex_type *ret_type)
{
    static const char *const types[ANNEX_TYPES] = {"text", "number", "amount", "percent", "boolean",
                                                   "date", "year",   "siret",  "code"};
    for (size_t i = 0; i < ANNEX_TYPES; i++)
        if (str_eq(text, str_of(types[i]))) {
            *ret_type = (enum annex_type)i;
            return OK;
        }
    return CORRUPT;
}

enum status annex_fields_of(struct arena *arena, enum annex_kind kind, struct annex_fields *ret_fields)
{
    struct csv_reader reader = csv_open(str_span(accounting_annex, accounting_annex_end));
    struct csv_row row;
    enum status done;
    ret_fields->count = 0;
    TRY(csv_next(&reader, arena, &row)); /* the head */
    while ((done = csv_next(&reader, arena, &row)) == OK) {
        if (row.count != COLUMNS)
            return CORRUPT;
        if (!str_eq(row.fields[ANNEX], annex_name(kind)))
            continue;
        struct annex_field field = {
            .name = row.fields[NAME], .is_needed = row.fields[NEEDED].len > 0, .codes = row.fields[CODES]};
        TRY(type_of(row.fields[TYPE], &field.type));
        if (row.fields[SIZE].len > 0)
            TRY(str_to_u64(row.fields[SIZE], SIZE_MOST, &field.size));
        if (ret_fields->count == ANNEX_FIELDS_MAX)
            return CORRUPT;
        ret_fields->fields[ret_fields->count++] = field;
    }
    return done == NOT_FOUND && ret_fields->count > 0 ? OK : CORRUPT;
}

/* ---- in a budget ---- */

struct xml *annex_block(const struct xml *budget, enum annex_kind kind)
{
    const struct xml *annexes = xml_child(budget, "Annexes");
    return annexes == NULL ? NULL : xml_child(annexes, blocks[kind]);
}

/* The blocks in the order of the schema (Class_Annexes.xsd V95); one it does not name comes last. */
static size_t order_of(struct str name)
{
    static const char *const order[] = {
        "EMPRUNT", "TRESORERIE", "CHARGE", "TIERS", "CREDIT_BAIL", "PPP", "AUTRE_ENGAGEMENT", "CONCOURS",
        "RECETTE_AFFECTEE", "FORMATION", "FISCALITE", "CONSOLIDATION", "ORGANISME_ENG", "ORGANISME_GROUP", "PATRIMOINE",
        "PERSONNEL", "PERSONNEL_SOLDE", "DETTE", "VENTILATION", "CONTRAT_COUV", "AMORTISSEMENT_METHODE", "PROVISION",
        "APCP", "SIGNATURE", "SIGNATAIRE", "ETAB_SERVICE", "PRET", "CONTRAT_COUV_REFERENCE", "SERVICE_FERROVIAIRE_BUD",
        "SERVICE_FERROVIAIRE_PATRIM", "SERVICE_FERROVIAIRE_TER", "FOND_COMM_HEBERGEMENT", "FOND_EUROPEEN",
        "FOND_EUROPEEN_PROGRAMMATION", "FOND_AIDES_ECO", "FORMATION_PRO_JEUNES", "MEMBRESASA", "FLUX_CROISES",
        "SOMMAIRE"};
    size_t i = 0;
    struct str rest = str_starts(name, STR("DATA_")) ? str_after(name, 5) : name;
    while (i < sizeof order / sizeof *order && !str_eq(rest, str_of(order[i])))
        i++;
    return i;
}

enum status annex_put(struct arena *tree, struct xml *budget, enum annex_kind kind, struct xml *block)
{
    struct xml *annexes = xml_child(budget, "Annexes"), *rest;
    if (annexes == NULL)
        annexes = xml_add(tree, budget, budget->space, "Annexes");
    if (annexes == NULL)
        return LIMIT;
    xml_drop(annexes, blocks[kind]);
    rest = annexes->first;
    annexes->first = annexes->last = NULL;
    while (rest != NULL || block != NULL) {
        bool is_block = block != NULL && (rest == NULL || order_of(block->name) < order_of(rest->name));
        struct xml *child = is_block ? block : rest;
        if (is_block)
            block = NULL;
        else
            rest = rest->next;
        xml_append(annexes, child);
    }
    if (annexes->first == NULL)
        xml_drop(budget, "Annexes");
    return OK;
}

/* ---- as a table ---- */

struct str annex_value(const struct xml *row, struct str name)
{
    for (const struct xml *child = row->first; child != NULL; child = child->next)
        if (!str_is_absent(child->name) && str_eq(child->name, name)) {
            struct str value = xml_attribute(child, "V");
            return str_is_absent(value) ? STR("") : value;
        }
    return STR("");
}

size_t annex_columns(const struct annex_fields *fields, const struct xml *block, enum annex_kind kind,
                     const struct annex_field *ret_columns[ANNEX_FIELDS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < fields->count; i++) {
        bool is_filled = false;
        for (const struct xml *row = block == NULL ? NULL : xml_child(block, names[kind]); row != NULL && !is_filled;
             row = xml_next(row, names[kind]))
            is_filled = annex_value(row, fields->fields[i].name).len > 0;
        if (is_filled)
            ret_columns[count++] = &fields->fields[i];
    }
    return count;
}

static bool needs_tabs(const struct xml *block, enum annex_kind kind)
{
    for (const struct xml *row = xml_child(block, names[kind]); row != NULL; row = xml_next(row, names[kind]))
        for (const struct xml *child = row->first; child != NULL; child = child->next) {
            struct str value = str_is_absent(child->name) ? STR("") : xml_attribute(child, "V");
            if (!str_is_absent(value) && str_find_byte(value, ';') != SIZE_MAX)
                return true;
        }
    return false;
}

void annex_write(struct buf *out, const struct xml *block, enum annex_kind kind,
                 const struct annex_field *const *columns, size_t count)
{
    if (block == NULL)
        return;
    char separator = needs_tabs(block, kind) || count == 1 ? '\t' : ';';
    for (size_t i = 0; i < count; i++) {
        buf_add(out, columns[i]->name);
        buf_add_byte(out, i + 1 < count ? separator : '\n');
    }
    for (const struct xml *row = xml_child(block, names[kind]); row != NULL; row = xml_next(row, names[kind]))
        for (size_t i = 0; i < count; i++) {
            buf_add(out, annex_value(row, columns[i]->name));
            buf_add_byte(out, i + 1 < count ? separator : '\n');
        }
}

enum status annex_line(struct buf *out, const struct str *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add_byte(out, ';');
        for (size_t c = 0; c < cells[i].len; c++) {
            char letter = cells[i].at[c];
            buf_add_byte(out, letter == ';' ? ',' : letter == '\n' || letter == '\t' ? ' ' : letter);
        }
    }
    buf_add_byte(out, '\n');
    return buf_status(out);
}
