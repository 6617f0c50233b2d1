#include "service/accounting/rule.h"

#include "base/embed.h"
#include "base/utf8.h"
#include "proto/csv/csv.h"

EMBED(accounting_rules, "src/service/accounting/rules.csv");

enum { COLUMNS = 5, SCRATCH_MAX = 1 << 20 };

static enum status day_of(struct str text, struct date *ret_date)
{
    *ret_date = (struct date){0};
    return text.len == 0 ? OK : date_parse(text, ret_date);
}

static enum status rule_of(const struct csv_row *row, struct rule *ret_rule)
{
    struct rule rule = {.code = row->fields[0], .source = row->fields[3], .mend = row->fields[4]};
    if (row->count != COLUMNS || rule.code.len == 0 || rule.source.len == 0 || rule.mend.len == 0)
        return CORRUPT;
    TRY(day_of(row->fields[1], &rule.since));
    TRY(day_of(row->fields[2], &rule.until));
    *ret_rule = rule;
    return OK;
}

static enum status keep(struct arena *arena, struct rule *rule)
{
    rule->code = str_copy(arena, rule->code);
    rule->source = str_copy(arena, rule->source);
    rule->mend = str_copy(arena, rule->mend);
    return str_is_absent(rule->code) || str_is_absent(rule->source) || str_is_absent(rule->mend) ? LIMIT : OK;
}

/* By place, or by code where that is given. The rows before it are read apart, and cost the arena nothing. */
static enum status look_up(struct arena *arena, size_t place, struct str code, struct rule *ret_rule)
{
    struct csv_reader reader = csv_open(str_span(accounting_rules, accounting_rules_end));
    struct arena *scratch ARENA_SCOPE = arena_create(SCRATCH_MAX);
    struct csv_row *row = arena_new(scratch, struct csv_row);
    if (row == NULL)
        return LIMIT;
    TRY(csv_next(&reader, scratch, row)); /* the head */
    for (size_t i = 0;; i++) {
        TRY(csv_next(&reader, scratch, row));
        if (str_is_absent(code) ? i != place : !str_eq(row->fields[0], code))
            continue;
        TRY(rule_of(row, ret_rule));
        return keep(arena, ret_rule);
    }
}

enum status rule_at(struct arena *arena, size_t place, struct rule *ret_rule)
{
    return look_up(arena, place, STR_NONE, ret_rule);
}

enum status rule_find(struct arena *arena, struct str code, struct rule *ret_rule)
{
    return look_up(arena, 0, str_is_absent(code) ? STR("") : code, ret_rule);
}

static void add_shown(struct buf *out, struct str words, size_t most)
{
    struct str shown = utf8_prefix(words, most);
    buf_add(out, shown);
    if (shown.len < words.len)
        buf_add_literal(out, "…");
}

static void add_named(struct buf *out, struct str name, const struct rule_words *words)
{
    if (str_eq(name, STR("wanted")))
        add_shown(out, words->wanted, RULE_WANTED_MAX);
    else
        add_shown(out, str_eq(name, STR("place")) ? words->place : words->value, RULE_VALUE_MAX);
}

void rule_say(struct buf *out, const struct rule *rule, const struct rule_words *words)
{
    struct str rest = rule->mend;
    while (!str_is_absent(rest)) {
        buf_add(out, str_cut(&rest, '{'));
        if (str_is_absent(rest))
            return;
        add_named(out, str_cut(&rest, '}'), words);
    }
}
