#include "service/payroll/dsn/dsn_fault.h"

#include "base/embed.h"
#include "core/shape.h"
#include "proto/csv/csv.h"

EMBED(dsn_rules, "src/service/payroll/dsn/data/rules.csv");

enum column { CODE, LEVEL, KIND, FRENCH, ENGLISH, COLUMNS };

static enum status take_rule(struct dsn_faults *faults, const struct csv_row *row)
{
    uint64_t level;
    if (row->count != COLUMNS || faults->rule_count == DSN_RULES_MAX)
        return CORRUPT;
    TRY(str_to_u64(row->fields[LEVEL], DSN_LEVELS, &level));
    faults->rules[faults->rule_count++] = (struct dsn_rule){.code = row->fields[CODE],
                                                            .level = (int32_t)level,
                                                            .is_note = str_eq(row->fields[KIND], STR("note")),
                                                            .french = row->fields[FRENCH],
                                                            .english = row->fields[ENGLISH]};
    return OK;
}

enum status dsn_faults_init(struct arena *arena, struct dsn_faults *ret_faults)
{
    struct csv_reader reader = csv_open(str_span(dsn_rules, dsn_rules_end));
    struct csv_row row;
    enum status done;
    struct dsn_faults faults = {.arena = arena,
                                .rules = arena_array(arena, struct dsn_rule, DSN_RULES_MAX),
                                .kept = arena_array(arena, struct dsn_fault, DSN_FAULTS_MAX),
                                .notes = arena_array(arena, struct dsn_fault, DSN_FAULTS_MAX)};
    if (faults.rules == NULL || faults.kept == NULL || faults.notes == NULL)
        return LIMIT;
    if (csv_next(&reader, arena, &row) != OK)
        return CORRUPT;
    while ((done = csv_next(&reader, arena, &row)) == OK)
        if (take_rule(&faults, &row) != OK)
            return CORRUPT;
    if (done != NOT_FOUND)
        return CORRUPT;
    *ret_faults = faults;
    return OK;
}

/* ---- adding ---- */

static const struct dsn_rule *rule_named(const struct dsn_faults *faults, struct str code)
{
    for (size_t i = 0; i < faults->rule_count; i++)
        if (str_eq(faults->rules[i].code, code))
            return &faults->rules[i];
    return NULL;
}

static struct str label_of(const struct dsn_faults *faults, uint32_t number)
{
    const struct dsn_rubric *rubric = faults->norm != NULL ? dsn_norm_rubric(faults->norm, number) : NULL;
    return rubric != NULL ? rubric->label : STR("");
}

/* The place for one more; NULL: enough are kept. */
static struct dsn_fault *next_fault(struct dsn_faults *faults, const char *rule)
{
    const struct dsn_rule *found = rule_named(faults, str_of(rule));
    REQUIRE(found != NULL);
    size_t *count = found->is_note ? &faults->note_count : &faults->count;
    (*(found->is_note ? &faults->noted : &faults->found))++;
    if (*count == DSN_FAULTS_MAX)
        return NULL;
    struct dsn_fault *fault = &(found->is_note ? faults->notes : faults->kept)[(*count)++];
    *fault = (struct dsn_fault){.rule = found, .said = STR("")};
    return fault;
}

/* In the arena; "" once that is full. */
static struct str kept(struct dsn_faults *faults, struct str words)
{
    struct str copy = str_copy(faults->arena, words);
    return str_is_absent(copy) ? STR("") : copy;
}

void dsn_fault_add(struct dsn_faults *faults, const char *rule, size_t line, uint32_t number, struct str value,
                   struct str wanted)
{
    struct dsn_fault *fault = next_fault(faults, rule);
    if (fault == NULL)
        return;
    fault->line = line;
    fault->number = number;
    fault->value = kept(faults, str_slice(value, 0, DSN_FAULT_VALUE_MAX));
    fault->wanted = kept(faults, wanted);
    fault->label = label_of(faults, number);
}

void dsn_fault_add_said(struct dsn_faults *faults, const char *rule, size_t line, uint32_t number, struct str value,
                        struct str said, struct str words)
{
    struct dsn_fault *fault = next_fault(faults, rule);
    if (fault == NULL)
        return;
    fault->line = line;
    fault->number = number;
    fault->value = kept(faults, str_slice(value, 0, DSN_FAULT_VALUE_MAX));
    fault->wanted = STR("");
    fault->label = kept(faults, words);
    fault->said = kept(faults, said);
}

/* ---- saying ---- */

void dsn_fault_say(struct buf *out, const struct dsn_fault *fault, bool is_french)
{
    struct str rest = is_french ? fault->rule->french : fault->rule->english;
    while (!str_is_absent(rest)) {
        buf_add(out, str_cut(&rest, '{'));
        if (str_is_absent(rest))
            return;
        struct str name = str_cut(&rest, '}');
        if (str_eq(name, STR("label")))
            buf_add(out, fault->label);
        else if (str_eq(name, STR("said")))
            buf_add(out, fault->said);
        else
            dsn_utf8_write(out, str_eq(name, STR("value")) ? fault->value : fault->wanted);
    }
}

static void print_json(struct buf *out, const struct dsn_fault *fault, bool is_french)
{
    struct buf words BUF_SCOPE = BUF_INIT(1 << 14);
    buf_add_format(out, "{\"level\":%d,\"line\":%zu,\"rubric\":\"", fault->rule->level, fault->line);
    if (fault->number != 0)
        dsn_number_write(out, fault->number);
    buf_add_literal(out, "\",\"value\":");
    dsn_utf8_write(&words, fault->value);
    shape_json_text(out, buf_str(&words));
    buf_add_literal(out, ",\"words\":");
    buf_clear(&words);
    dsn_fault_say(&words, fault, is_french);
    shape_json_text(out, buf_str(&words));
    buf_add_format(out, ",\"rule\":\"%.*s\"}", STR_ARG(fault->rule->code));
}

static void print_list(struct buf *out, const char *name, const struct dsn_fault *at, size_t count, bool is_french)
{
    buf_add_format(out, "\"%s\":[", name);
    for (size_t i = 0; i < count; i++) {
        buf_add_c(out, i > 0 ? ",\n" : "\n");
        print_json(out, &at[i], is_french);
    }
    buf_add_literal(out, "]");
}

/* "L1 ligne 12 S21.G00.40.001 '31022026': sentence" */
static void print_text(struct buf *out, const struct dsn_fault *fault, bool is_french)
{
    const char *line = is_french ? "ligne" : "line", *note = fault->rule->is_note ? "note " : "";
    buf_add_format(out, "%sL%d %s %zu ", note, fault->rule->level, line, fault->line);
    if (fault->number != 0) {
        dsn_number_write(out, fault->number);
        buf_add_byte(out, ' ');
    }
    buf_add_byte(out, '\'');
    dsn_utf8_write(out, fault->value);
    buf_add_c(out, is_french ? "'\u00A0: " : "': ");
    dsn_fault_say(out, fault, is_french);
    buf_add_byte(out, '\n');
}

void dsn_faults_print(struct buf *out, const struct dsn_faults *faults, bool is_french, bool is_json)
{
    if (is_json) {
        buf_add_byte(out, '{');
        print_list(out, "faults", faults->kept, faults->count, is_french);
        buf_add_byte(out, ',');
        print_list(out, "notes", faults->notes, faults->note_count, is_french);
        buf_add_format(out, ",\n\"found\":%zu,\"noted\":%zu}\n", faults->found, faults->noted);
        return;
    }
    for (size_t i = 0; i < faults->count; i++)
        print_text(out, &faults->kept[i], is_french);
    for (size_t i = 0; i < faults->note_count; i++)
        print_text(out, &faults->notes[i], is_french);
    buf_add_format(out, is_french ? "%zu fautes, %zu notes\n" : "%zu faults, %zu notes\n", faults->found,
                   faults->noted);
}
