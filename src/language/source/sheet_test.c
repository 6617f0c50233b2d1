#include "language/source/sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NODE(name, children) "{\"type\":\"element\",\"name\":\"" name "\",\"children\":[" children "]}"
#define TEXT(words) "{\"type\":\"text\",\"text\":\"" words "\"}"
#define SHEET(type, children)                                                                                          \
    "{\"id\":\"F1\",\"children\":[{\"type\":\"element\",\"name\":\"Publication\",\"attributes\":{\"ID\":\"F1\","       \
    "\"type\":\"" type "\",\"spUrl\":\"https://www.service-public.fr/F1\"},\"children\":[" children "]}]}"
#define HEAD                                                                                                           \
    NODE("dc:title", TEXT("Combien coûte un passeport ?")) ","                                                         \
    NODE("dc:description", TEXT("Le passeport coûte 86 € pour un adulte.")) ","                                        \
    NODE("dc:date", TEXT("modified 2020-04-23")) ","                                                                   \
    NODE("FilDAriane", NODE("Niveau", TEXT("Papiers")) "," NODE("Niveau", TEXT("Combien coûte un passeport ?")))

static const char sheet[] = SHEET("Fiche Question-réponse", HEAD ","
    NODE("VoirAussi", NODE("Paragraphe", TEXT("ailleurs"))) ","
    NODE("Texte",
        NODE("Chapitre", NODE("Titre", NODE("Paragraphe", TEXT("Tarif")))
            "," NODE("Paragraphe", TEXT("Vous payez ") "," NODE("Valeur", TEXT("86 €")) "," TEXT(" par timbre."))
            "," NODE("Liste", NODE("Item", NODE("Paragraphe", TEXT("17 € pour un mineur"))))
            "," NODE("ANoter", NODE("Titre", TEXT("À noter")) ","
                               NODE("Paragraphe", TEXT("Le timbre est remboursable.")))
            "," NODE("Tableau", NODE("Rangée", NODE("Cellule", NODE("Paragraphe", TEXT("Adulte"))) ","
                                               NODE("Cellule", NODE("Paragraphe", TEXT("86 €")))))))
    "," NODE("Reference", NODE("Titre", TEXT("CGI : article 953"))));

static void a_sheet_is_read(void **state)
{
    (void)state;
    static const struct {
        enum source_kind kind;
        const char *text;
    } expected[] = {{SOURCE_LEAD, "Le passeport coûte 86 € pour un adulte."}, {SOURCE_HEADING, "Tarif"},
                    {SOURCE_PARAGRAPH, "Vous payez 86 € par timbre."},        {SOURCE_ITEM, "17 € pour un mineur"},
                    {SOURCE_PARAGRAPH, "Le timbre est remboursable."},        {SOURCE_CELL, "Adulte"},
                    {SOURCE_CELL, "86 €"},                                    {SOURCE_REFERENCE, "CGI : article 953"}};
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct source source;
    assert_int_equal(sheet_read(arena, str_of(sheet), &source), OK);
    assert_true(str_eq(source.title, STR("Combien coûte un passeport ?")));
    assert_true(str_eq(source.theme, STR("Papiers")));
    assert_true(str_eq(source.date, STR("2020-04-23")));
    assert_true(str_eq(source.url, STR("https://www.service-public.fr/F1")));
    assert_int_equal(source.block_count, sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < source.block_count; i++) {
        assert_int_equal(source.blocks[i].kind, expected[i].kind);
        assert_true(str_eq(source_block_text(&source, i), str_of(expected[i].text)));
    }
    size_t headings[SOURCE_LEVEL_MAX];
    assert_int_equal(source_headings(&source, 3, headings), 1);
    assert_int_equal(headings[0], 1);
}

static void what_is_no_sheet_is_refused(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct source source;
    assert_int_equal(sheet_read(arena, STR("[]"), &source), INVALID);
    assert_int_equal(sheet_read(arena, STR(""), &source), INVALID);
    assert_int_equal(sheet_read(arena, STR(SHEET("Dossier", HEAD)), &source), NOT_FOUND);
    assert_int_equal(sheet_read(arena, STR(SHEET("Fiche", HEAD)), &source), NOT_FOUND);
    assert_int_equal(sheet_read(arena, str_slice(str_of(sheet), 0, sizeof sheet / 2), &source), INVALID);
}

static void depth_has_a_maximum(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct buf text BUF_SCOPE = BUF_INIT(1 << 20);
    struct source source;
    buf_add_c(&text, "{\"children\":[");
    for (int i = 0; i < SHEET_DEPTH_MAX + 1; i++)
        buf_add_c(&text, "{\"name\":\"Texte\",\"attributes\":{\"type\":\"Fiche\"},\"children\":[");
    assert_int_equal(sheet_read(arena, buf_str(&text), &source), LIMIT);
}

static void plain_text_becomes_blocks(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct source source = {0};
    assert_int_equal(source_of_text(arena, STR("# Horaires\n\nLa mairie ouvre.\n- lundi\n* mardi\n#non"), &source), OK);
    assert_int_equal(source.block_count, 5);
    assert_int_equal(source.blocks[0].kind, SOURCE_HEADING);
    assert_int_equal(source.blocks[1].kind, SOURCE_PARAGRAPH);
    assert_int_equal(source.blocks[2].kind, SOURCE_ITEM);
    assert_int_equal(source.blocks[3].kind, SOURCE_ITEM);
    assert_true(str_eq(source_block_text(&source, 4), STR("#non")));
    assert_true(str_eq(source.text, STR("Horaires\nLa mairie ouvre.\nlundi\nmardi\n#non\n")));
}

/* As it is kept, once and again; and every passage of it is bytes of it. */
static void plain_text_has_one_form(void **state)
{
    (void)state;
    static const char *const texts[] = {"a", "", "\n\n", "### Un\tdeux \r\n\r\n\r\n  * trois\t\n-  quatre\r\ncinq\n\n",
                                        "* - a\n- * b\n*c\n* \n\v\fd\x01 e\x7F", "\xC2\xA0 f\xC2\xA0"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
        struct buf once BUF_SCOPE = BUF_INIT(1000), again BUF_SCOPE = BUF_INIT(1000);
        struct source before, after;
        text_normal_write(&once, str_of(texts[i]));
        text_normal_write(&again, buf_str(&once));
        assert_true(str_eq(buf_str(&once), buf_str(&again)));
        assert_true(once.len <= strlen(texts[i]));
        assert_int_equal(source_of_text(arena, str_of(texts[i]), &before), OK);
        assert_int_equal(source_of_text(arena, buf_str(&once), &after), OK);
        assert_true(str_eq(before.text, after.text));
        for (size_t b = 0; b < after.block_count; b++)
            assert_true(str_find(buf_str(&once), source_block_text(&after, b)) != SIZE_MAX);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_has_one_form),
        cmocka_unit_test(a_sheet_is_read),
        cmocka_unit_test(what_is_no_sheet_is_refused),
        cmocka_unit_test(depth_has_a_maximum),
        cmocka_unit_test(plain_text_becomes_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
