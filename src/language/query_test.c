#include "language/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void dump_day(struct buf *out, struct date day)
{
    if (day.days == INT32_MIN || day.days == INT32_MAX)
        buf_add_byte(out, '*');
    else
        date_write(out, day);
}

static void dump(struct buf *out, const struct query *query)
{
    static const char *const kinds[] = {"all", "and", "or", "not", "", "", "", ""};
    static const char *const fields[] = {"", "from:", "to:", "subject:", "body:"};
    static const char *const states[] = {"unread", "read", "flagged", "answered", "draft", "attachment"};
    buf_add_c(out, kinds[query->kind]);
    if (query->kind == QUERY_WORD || query->kind == QUERY_PHRASE)
        buf_add_format(out, query->kind == QUERY_WORD ? "%s%.*s" : "%s\"%.*s\"", fields[query->field],
                       STR_ARG(query->text));
    if (query->kind == QUERY_STATE)
        buf_add_format(out, "<%s>", states[query->state]);
    if (query->kind == QUERY_PERIOD) {
        buf_add_byte(out, '[');
        dump_day(out, query->from);
        buf_add_byte(out, ' ');
        dump_day(out, query->to);
        buf_add_byte(out, ')');
    }
    for (size_t i = 0; i < query->child_count; i++) {
        buf_add_c(out, i ? " " : "(");
        dump(out, &query->children[i]);
    }
    buf_add_c(out, query->child_count ? ")" : "");
}

static void is_tree(const char *typed, const char *expected)
{
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct buf out BUF_SCOPE = BUF_INIT(10000);
    struct query query;
    assert_int_equal(query_parse(arena, str_of(typed), date_of(2026, 11, 23), &query), OK);
    dump(&out, &query);
    buf_add_byte(&out, '\0');
    assert_string_equal(out.at, expected);
}

static void words_and_phrases(void **state)
{
    (void)state;
    is_tree("", "all");
    is_tree("   ", "all");
    is_tree("Écoles", "ecoles");
    is_tree("l'école", "ecole");
    is_tree("cantine  gaz", "and(cantine gaz)");
    is_tree("\"Repas de  midi\"", "\"repas de midi\"");
    is_tree("\"repas", "\"repas\"");
    is_tree("\"\"", "all");
    is_tree("porte-monnaie", "\"porte-monnaie\"");
    is_tree("accueil@beauval.example", "\"accueil@beauval.example\"");
    is_tree("N° 12", "and(n 12)");
    is_tree("-gaz", "not(gaz)");
    is_tree("eau -\"gaz de ville\" - x", "and(eau not(\"gaz de ville\") \"-\" x)");
}

static void fields(void **state)
{
    (void)state;
    is_tree("de:trésorerie", "from:tresorerie");
    is_tree("À:\"État civil\" -objet:facture", "and(to:\"etat civil\" not(subject:facture))");
    is_tree("from:a to:b subject:c texte:d", "and(from:a to:b subject:c body:d)");
    is_tree("de:accueil@beauval.example", "from:\"accueil@beauval.example\"");
    is_tree("de: x", "and(de x)");
    is_tree("couleur:bleu", "\"couleur:bleu\"");
    is_tree("http://beauval.example/", "\"http://beauval.example/\"");
}

static void periods(void **state)
{
    (void)state;
    is_tree("avant:2026-09", "[* 2026-09-01)");
    is_tree("après:2026", "[2026-01-01 *)");
    is_tree("date:2026-12", "[2026-12-01 2027-01-01)");
    is_tree("date:14/09/2026", "[2026-09-14 2026-09-15)");
    is_tree("date:9/2026", "[2026-09-01 2026-10-01)");
    is_tree("date:2026-09..2026-10-05", "[2026-09-01 2026-10-06)");
    is_tree("date:hier depuis:aujourd'hui", "and([2026-11-22 2026-11-23) [2026-11-23 *))");
    is_tree("date:2026-13", "\"date:2026-13\"");
    is_tree("date:2026-02-30 avant:1..2 date:1/2/3/4", "and(\"date:2026-02-30\" \"avant:1..2\" \"date:1/2/3/4\")");
    is_tree("avant:demain", "\"avant:demain\"");
}

static void states_and_groups(void **state)
{
    (void)state;
    is_tree("est:non-lu avec:pièce has:attachment is:flagged", "and(<unread> <attachment> <attachment> <flagged>)");
    is_tree("-est:lu", "not(<read>)");
    is_tree("est:bleu", "\"est:bleu\"");
    is_tree("eau OU gaz", "or(eau gaz)");
    is_tree("ou or", "and(ou or)");
    is_tree("a b OR c OU d e", "and(a or(b c d) e)");
    is_tree("(eau gaz) OU -(feu)", "or(and(eau gaz) not(feu))");
    is_tree("OU a OU", "a");
    is_tree("(a", "a");
    is_tree(")a) (b", "and(a b)");
    is_tree("() -() x", "x");
    is_tree("\"a OU b\"", "\"a ou b\"");
}

static void limits(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct query query;
    struct buf text BUF_SCOPE = BUF_INIT(QUERY_TEXT_MAX + 1), deep BUF_SCOPE = BUF_INIT(100);
    struct date today = date_of(2026, 11, 23);
    for (int i = 0; i < QUERY_TERMS_MAX; i++)
        buf_add_c(&text, "a ");
    assert_int_equal(query_parse(arena, buf_str(&text), today, &query), OK);
    assert_int_equal(query.child_count, QUERY_TERMS_MAX);
    buf_add_c(&text, "a");
    assert_int_equal(query_parse(arena, buf_str(&text), today, &query), LIMIT);
    buf_clear(&text);
    while (text.len < QUERY_TEXT_MAX)
        buf_add_byte(&text, 'a');
    assert_int_equal(query_parse(arena, buf_str(&text), today, &query), OK);
    buf_add_byte(&text, 'a');
    assert_int_equal(query_parse(arena, buf_str(&text), today, &query), LIMIT);
    for (int i = 0; i < QUERY_DEPTH_MAX; i++)
        buf_add_byte(&deep, '(');
    assert_int_equal(query_parse(arena, buf_str(&deep), today, &query), OK);
    buf_add_byte(&deep, '(');
    assert_int_equal(query_parse(arena, buf_str(&deep), today, &query), LIMIT);
    struct arena *small ARENA_SCOPE = arena_create(100);
    assert_int_equal(query_parse(small, STR("a b"), today, &query), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_phrases), cmocka_unit_test(fields), cmocka_unit_test(periods),
        cmocka_unit_test(states_and_groups), cmocka_unit_test(limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
