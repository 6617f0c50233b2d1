#include "language/source/sheet_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct block {
    enum source_kind kind;
    unsigned level;
    const char *text;
};

static void expect(const struct block *blocks, size_t count, const char *wanted)
{
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct source_writer writer = source_writer_begin();
    struct source source;
    struct buf words BUF_SCOPE = BUF_INIT(1 << 16);
    for (size_t i = 0; i < count; i++)
        source_writer_add(&writer, blocks[i].kind, blocks[i].level, str_of(blocks[i].text));
    assert_int_equal(source_writer_end(&writer, arena, &source), OK);
    source_writer_finish(&writer);
    sheet_words_write(&words, &source);
    buf_add_byte(&words, '\0');
    assert_string_equal(words.at, wanted);
}

static void blocks_become_lines(void **state)
{
    (void)state;
    static const struct block blocks[] = {
        {SOURCE_LEAD, 0, "Le  passeport  est payant."}, {SOURCE_HEADING, 1, "Tarif"},
        {SOURCE_HEADING, 2, "Mineur"},                  {SOURCE_ITEM, 0, "17 €"},
        {SOURCE_CONTACT, 0, "Mairie"},                  {SOURCE_PARAGRAPH, 0, "Par timbre."},
    };
    expect(blocks, sizeof blocks / sizeof blocks[0],
           "Le passeport est payant.\n# Tarif\n## Mineur\n- 17 €\n- Mairie\nPar timbre.\n");
}

static void a_row_is_a_line(void **state)
{
    (void)state;
    static const struct block blocks[] = {
        {SOURCE_CELL, 1, "Prix"}, {SOURCE_CELL, 2, "Délai"}, {SOURCE_CELL, 0, "Adulte"}, {SOURCE_CELL, 1, "86 €"},
        {SOURCE_CELL, 1, "par timbre"}, {SOURCE_CELL, 2, "un mois"}, {SOURCE_PARAGRAPH, 0, "Enfin."},
        {SOURCE_CELL, 1, "seul"},
    };
    expect(blocks, sizeof blocks / sizeof blocks[0],
           "Prix ; Délai\nAdulte ; 86 € par timbre ; un mois\nEnfin.\nseul\n");
}

static void what_stands_beside_comes_last(void **state)
{
    (void)state;
    static const struct block blocks[] = {
        {SOURCE_PARAGRAPH, 0, "Texte."},   {SOURCE_REFERENCE, 0, "Code civil : article 1"},
        {SOURCE_NOTE, 0, "PACS : pacte"},  {SOURCE_REFERENCE, 0, "Code civil : article 2"},
        {SOURCE_CONTACT, 0, "Préfecture"},
    };
    expect(blocks, sizeof blocks / sizeof blocks[0],
           "Texte.\n# Où s’adresser\n- Préfecture\n# Textes de référence\n- Code civil : article 1\n"
           "- Code civil : article 2\n# Définitions\n- PACS : pacte\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_become_lines),
        cmocka_unit_test(a_row_is_a_line),
        cmocka_unit_test(what_stands_beside_comes_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
