#include "service/accounting/pes/pes_table.h"

#include "base/embed.h"
#include "proto/csv/csv.h"

EMBED(pes_fields_csv, "src/service/accounting/pes/data/fields.csv");
EMBED(pes_codes_csv, "src/service/accounting/pes/data/codes.csv");

enum { CODES_MAX = 512, CODE_COLUMNS = 3 };
enum column { PARENT, NAME, CHOICE, TYPE, LEAST, MOST, WRONG, MISSING, COLUMNS };

struct table {
    struct arena *arena;
    struct csv_row *row;
    struct pes_field fields[PES_FIELDS_MAX];
    size_t count;
    struct str list_of[CODES_MAX], codes[CODES_MAX];
    size_t code_count;
};

/* ---- codes ---- */

static enum status read_codes(struct table *table)
{
    struct csv_reader reader = csv_open(str_span(pes_codes_csv, pes_codes_csv_end));
    enum status done;
    TRY(csv_next(&reader, table->arena, table->row)); /* the head */
    while ((done = csv_next(&reader, table->arena, table->row)) == OK) {
        if (table->row->count != CODE_COLUMNS || table->code_count == CODES_MAX)
            return CORRUPT;
        table->list_of[table->code_count] = table->row->fields[0];
        table->codes[table->code_count++] = table->row->fields[1];
    }
    return done == NOT_FOUND ? OK : done;
}

/* Those of one list stand one after the other. */
static enum status find_codes(struct table *table, struct pes_field *field)
{
    size_t from = 0;
    while (from < table->code_count && !str_eq(table->list_of[from], field->list))
        from++;
    size_t to = from;
    while (to < table->code_count && str_eq(table->list_of[to], field->list))
        to++;
    field->codes = table->codes + from;
    field->code_count = to - from;
    return to > from ? OK : CORRUPT;
}

/* ---- types ---- */

static size_t number_after(struct str *rest)
{
    size_t number = 0;
    while (rest->len > 0 && ascii_is_digit(rest->at[0])) {
        number = number * 10 + (size_t)(rest->at[0] - '0');
        *rest = str_after(*rest, 1);
    }
    return number;
}

/* "Texte38", "Texte9_18", "Num10_Light": what stands behind the word. */
static enum status measure(struct pes_field *field, struct str rest, enum pes_type light)
{
    field->most = number_after(&rest);
    field->least = field->most == 0 ? 0 : 1;
    if (str_eq(rest, STR("_Light"))) {
        field->type = light;
        field->least = 0;
    } else if (str_eq(rest, STR("_NonVide"))) {
        field->type = light;
    } else if (str_eq(rest, STR("SEPA"))) {
        field->type = PES_SEPA;
    } else if (str_eq(rest, STR("_Longueur5"))) {
        field->least = field->most;
    } else if (str_starts(rest, STR("_"))) {
        field->least = field->most;
        rest = str_after(rest, 1);
        field->most = number_after(&rest);
        return rest.len == 0 ? OK : CORRUPT;
    } else if (rest.len > 0) {
        return CORRUPT;
    }
    return OK;
}

static enum status type_of(struct table *table, struct pes_field *field, struct str word)
{
    static const struct {
        struct str word;
        enum pes_type type;
    } words[] = {{STR_INIT("bloc"), PES_BLOCK},           {STR_INIT("Montant"), PES_AMOUNT},
                 {STR_INIT("MontantPositif"), PES_AMOUNT_ZERO}, {STR_INIT("Montant_Light"), PES_AMOUNT_ZERO},
                 {STR_INIT("Taux"), PES_RATE},            {STR_INIT("Booleen"), PES_FLAG},
                 {STR_INIT("Date"), PES_DATE},            {STR_INIT("Annee"), PES_YEAR},
                 {STR_INIT("BIC11"), PES_BIC},            {STR_INIT("IBAN"), PES_IBAN},
                 {STR_INIT("NomPJ"), PES_FILE_NAME},      {STR_INIT("B64"), PES_FILE}};
    static const struct {
        struct str word;
        enum pes_type type, light;
    } sized[] = {{STR_INIT("Texte"), PES_TEXT, PES_TEXT},
                 {STR_INIT("Alphanum"), PES_LETTERS, PES_WORD},
                 {STR_INIT("Num"), PES_COUNT, PES_DIGITS}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(word, words[i].word)) {
            field->type = words[i].type;
            return OK;
        }
    for (size_t i = 0; i < sizeof sized / sizeof *sized; i++)
        if (str_starts(word, sized[i].word)) {
            field->type = sized[i].type;
            return measure(field, str_after(word, sized[i].word.len), sized[i].light);
        }
    field->type = PES_CODE;
    field->list = str_after(word, sizeof "code:" - 1);
    return str_starts(word, STR("code:")) ? find_codes(table, field) : CORRUPT;
}

/* ---- fields ---- */

static struct pes_field *find(struct table *table, struct str path)
{
    for (size_t i = table->count; i > 0; i--)
        if (str_eq(table->fields[i - 1].path, path))
            return &table->fields[i - 1];
    return NULL;
}

static enum status add_child(struct table *table, struct str path, struct pes_field *field)
{
    struct pes_field *parent = find(table, path);
    if (parent == NULL)
        return CORRUPT;
    if (parent->first == NULL)
        parent->first = field;
    else
        parent->last->next = field;
    parent->last = field;
    return OK;
}

static enum status rule_of(struct arena *arena, struct str code, const char **ret_rule)
{
    *ret_rule = code.len == 0 ? NULL : str_c(arena, code);
    return code.len > 0 && *ret_rule == NULL ? LIMIT : OK;
}

static enum status add_field(struct table *table, struct pes_field *field)
{
    const struct str *says = table->row->fields;
    struct str parent = says[PARENT];
    *field = (struct pes_field){.name = says[NAME], .path = says[NAME]};
    if (parent.len > 0)
        field->path = str_format(table->arena, "%.*s/%.*s", STR_ARG(parent), STR_ARG(says[NAME]));
    if (str_is_absent(field->path))
        return LIMIT;
    field->choice = str_eq(says[CHOICE], STR("1")) ? 1 : str_eq(says[CHOICE], STR("2")) ? 2 : 0;
    field->is_needed = str_eq(says[LEAST], STR("1"));
    field->is_many = str_eq(says[MOST], STR("n"));
    TRY(rule_of(table->arena, says[WRONG], &field->wrong));
    TRY(rule_of(table->arena, says[MISSING], &field->missing));
    struct pes_field *group = find(table, says[TYPE]); /* ADRESSE, BANQUE, PJREF stand in several places */
    field->first = group == NULL ? NULL : group->first;
    if (group == NULL)
        TRY(type_of(table, field, says[TYPE]));
    return parent.len == 0 ? OK : add_child(table, parent, field);
}

static enum status read_fields(struct table *table)
{
    struct csv_reader reader = csv_open(str_span(pes_fields_csv, pes_fields_csv_end));
    enum status done;
    TRY(csv_next(&reader, table->arena, table->row)); /* the head */
    while ((done = csv_next(&reader, table->arena, table->row)) == OK) {
        if (table->row->count != COLUMNS || table->count == PES_FIELDS_MAX)
            return CORRUPT;
        TRY(add_field(table, &table->fields[table->count]));
        table->count++;
    }
    return done == NOT_FOUND ? OK : done;
}

enum status pes_table(struct arena *arena, const struct pes_field **ret_root)
{
    struct table *table = arena_new(arena, struct table);
    if (table == NULL || (table->row = arena_new(arena, struct csv_row)) == NULL)
        return LIMIT;
    table->arena = arena;
    TRY(read_codes(table));
    TRY(read_fields(table));
    struct pes_field *root = find(table, STR("PES_Aller"));
    *ret_root = root;
    return root == NULL ? CORRUPT : OK;
}

const struct pes_field *pes_field(const struct pes_field *parent, struct str name)
{
    const struct pes_field *field = parent->first;
    while (field != NULL && !str_eq(field->name, name))
        field = field->next;
    return field;
}
