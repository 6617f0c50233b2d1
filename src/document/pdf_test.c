/* What a sheet is to those who read it: poppler and qpdf look at the files. Without them those tests are skipped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "document/test_sheet.h"
#include "document/test_tool.h"
#include "os/sandbox.h"

static struct pdf_fonts *fonts;
static char file[64];

/* ---- making, and asking others ---- */

typedef enum status filling(struct pdf *pdf);

static enum status make(const struct pdf_about *about, filling *fill, struct buf *out)
{
    struct pdf *pdf PDF_SCOPE = NULL;
    TRY(pdf_create(fonts, about, &pdf));
    TRY(fill(pdf));
    return pdf_finish(pdf, out);
}

static void make_file(filling *fill)
{
    struct buf out BUF_SCOPE = BUF_INIT(PDF_BYTES_MAX);
    assert_int_equal(make(&sheet_about, fill, &out), OK);
    tool_put(file, buf_str(&out));
}

static const char *ask(const char *command)
{
    return tool_ask(command, file);
}

/* Each stands behind the one before. */
static void assert_in_order(const char *text, const char *const *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *at = strstr(text, parts[i]);
        if (at == NULL)
            print_message("lacks, or not there: %s\n", parts[i]);
        assert_non_null(at);
        text = at + strlen(parts[i]);
    }
}
#define IN_ORDER(text, ...)                                                                        \
    do {                                                                                           \
        const char *const parts_[] = {__VA_ARGS__};                                                \
        assert_in_order((text), parts_, sizeof parts_ / sizeof parts_[0]);                         \
    } while (0)

static int count_of(const char *text, const char *part)
{
    int count = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at++)
        count++;
    return count;
}

/* ---- the file ---- */

static void same_words_are_same_bytes(void **state)
{
    (void)state;
    struct buf first BUF_SCOPE = BUF_INIT(PDF_BYTES_MAX), second BUF_SCOPE = BUF_INIT(PDF_BYTES_MAX);
    struct buf dated BUF_SCOPE = BUF_INIT(PDF_BYTES_MAX);
    struct pdf_about about = sheet_about;
    assert_int_equal(make(&about, sheet_fill, &first), OK);
    assert_int_equal(make(&about, sheet_fill, &second), OK);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.at, second.at, first.len);
    assert_int_equal(str_find(buf_str(&first), STR("CreationDate")), SIZE_MAX);
    about.created.ms = 1796036400000;
    assert_int_equal(make(&about, sheet_fill, &dated), OK);
    assert_int_not_equal(str_find(buf_str(&dated), STR("/CreationDate (D:20261130110000Z)")), SIZE_MAX);
    assert_int_not_equal(str_find(buf_str(&dated), STR("<xmp:CreateDate>2026-11-30T11:00:00Z<")), SIZE_MAX);
}

static void it_says_what_it_is(void **state)
{
    (void)state;
    tool_need("qpdf");
    make_file(sheet_fill);
    ask("qpdf --check %s");
    const char *json = ask("qpdf --json %s");
    IN_ORDER(json, "\"/Lang\": \"u:fr-FR\"", "\"/MarkInfo\": {", "\"/Marked\": true", "\"/Metadata\"",
             "\"/StructTreeRoot\"", "\"/DisplayDocTitle\": true");
    assert_int_equal(count_of(json, "\"/Tabs\": \"/S\""), 2);
    assert_string_equal(ask("grep -ac '<pdfuaid:part>1</pdfuaid:part>' %s"), "1\n");
    assert_string_equal(ask("grep -aoc '<rdf:li xml:lang=\"x-default\">Fiche de jeu : la lettre suivante<' %s"), "1\n");
}

/* Everything drawn is marked or an artifact, neither within the other (ISO 14289-1 section 7.1). */
static void nothing_is_drawn_unmarked(void **state)
{
    (void)state;
    tool_need("qpdf");
    make_file(sheet_fill);
    char *line, *rest = (char *)ask("qpdf --qdf --object-streams=disable %s -");
    int depth = 0, drawn = 0, artifacts = 0;
    while ((line = strsep(&rest, "\n")) != NULL) {
        bool is_outer = strstr(line, "/MCID") != NULL || strncmp(line, "/Artifact", 9) == 0;
        size_t length = strlen(line);
        if (length > 4 && strcmp(line + length - 4, " BDC") == 0) {
            assert_int_equal(depth, is_outer ? 0 : 1);
            artifacts += strncmp(line, "/Artifact", 9) == 0;
            depth++;
        } else if (strcmp(line, "EMC") == 0) {
            depth--;
        } else if (length > 3 && (strcmp(line + length - 3, " TJ") == 0 || strcmp(line + length - 4, " l S") == 0)) {
            assert_true(depth > 0);
            drawn++;
        }
        assert_true(depth >= 0);
    }
    assert_int_equal(depth, 0);
    assert_true(drawn > 100 && artifacts > 20);
}

static void every_font_is_in_it(void **state)
{
    (void)state;
    tool_need("pdffonts");
    make_file(sheet_fill);
    const char *said = ask("pdffonts %s | tail -n +3");
    int fonts_named = count_of(said, "\n");
    assert_int_equal(fonts_named, 4);
    assert_int_equal(count_of(said, "Identity-H       yes yes yes"), fonts_named);
}

/* ---- its words ---- */

static void words_come_in_reading_order(void **state)
{
    (void)state;
    tool_need("pdftotext");
    make_file(sheet_fill);
    const char *text = ask("pdftotext -enc UTF-8 %s -");
    IN_ORDER(text, "La lettre suivante\n", "lettres ; puis", "Dès Noël,", "zéphyr", "haï", "vêt", "glaçons",
             "würmiens,", "dîne", "d’exquis", "bœuf", "l’aÿ", "d’âge", "mûr,", "&cætera.", "L’office,", "c’est-à-dire",
             "suffit.", "Ce qu’il faut", "découpées ;", "arrêté", "œuvre",
             "Prénom et nom :", "Mairie de Beauval", "1/2", "Les cartes",
             "anticonstitutionnellement", "Comparez", "2/2");
}

static void parts_have_their_names(void **state)
{
    (void)state;
    tool_need("pdfinfo");
    make_file(sheet_fill);
    const char *said = ask("pdfinfo -struct-text %s");
    IN_ORDER(said, "Document\n  H1 (block)\n    \"La lettre suivante\"\n  P (block)\n",
             "  H2 (block)\n    \"Ce qu’il faut\"",
             "  L (block):\n     /ListNumbering /Disc\n    LI (block)\n      Lbl (block)\n        \"•\"\n"
             "      LBody (block)\n        \"les cartes",
             "  Table (block)\n    Caption\n      \"Ce qui suit « l’ » dans les comptes rendus\"\n    THead\n      TR\n"
             "        TH:\n           /Scope /Column\n          \"Lettre\"\n",
             "    TBody\n      TR\n        TH:\n           /Scope /Row\n          \"a\"\n"
             "        TD\n          \"arrêté\"\n",
             "\"1 100\"", "\"Prénom et nom :\"",
             "    LI (block)\n      LBody (block)\n        P (block)\n          \"adopte\"\n", "H3 (block)",
             "/ListNumbering /Decimal", "\"1.\"");
    assert_int_equal(count_of(said, "Mairie de Beauval"), 0); /* the foot is decoration */
}

static enum status fill_long_table(struct pdf *pdf)
{
    return sheet_table(pdf, 50);
}

static void a_table_goes_on_below_its_head(void **state)
{
    (void)state;
    tool_need("pdftotext");
    tool_need("pdfinfo");
    make_file(fill_long_table);
    IN_ORDER(ask("pdftotext -f 1 -l 1 %s -"), "Lettre", "Mot du texte", "Nombre", "Part", "arrêté", "1/2");
    IN_ORDER(ask("pdftotext -f 2 -l 2 %s -"), "Lettre", "Mot du texte", "Nombre", "Part", "2/2");
    const char *said = ask("pdfinfo -struct-text %s");
    assert_int_equal(count_of(said, "Mot du texte"), 1);
    assert_int_equal(count_of(said, " TR\n"), 51);
}

/* A letter the first font lacks comes from the other; one that none has is said to be missing; letters with marks of
 * their own, and words from right to left, come out as they went in. */
static enum status fill_rare(struct pdf *pdf)
{
    TRY(pdf_paragraph(pdf, STR("Grec αβγ, cyrillique Жук, \xF0\x93\x80\x80 inconnu, "
                               "e\xCC\x81te\xCC\x81, q\xCC\x83, ﬁn.")));
    return pdf_paragraph(pdf, STR("مدينة"));
}

static enum status fill_kept(struct pdf *pdf)
{
    TRY(pdf_heading(pdf, 1, STR("Titre")));
    TRY(pdf_space(pdf, 200));
    TRY(pdf_keep(pdf, 50));
    return pdf_paragraph(pdf, STR("ensemble"));
}

static void what_stays_together_begins_a_page(void **state)
{
    (void)state;
    tool_need("pdftotext");
    make_file(fill_kept);
    IN_ORDER(ask("pdftotext -f 1 -l 1 %s -"), "Titre", "1/2");
    IN_ORDER(ask("pdftotext -f 2 -l 2 %s -"), "ensemble", "2/2");
}

static void rare_letters_are_found(void **state)
{
    (void)state;
    tool_need("pdftotext");
    make_file(fill_rare);
    IN_ORDER(ask("pdftotext -enc UTF-8 %s -"), "Grec αβγ, cyrillique Жук, \xEF\xBF\xBD inconnu, ",
             "q\xCC\x83", "ﬁn", "مدينة");
}

/* ---- what it refuses ---- */

static char many[PDF_TEXT_MAX + 1];
static struct pdf *begun;

static int begin_one(void **state)
{
    (void)state;
    return pdf_create(fonts, &sheet_about, &begun) == OK ? 0 : -1;
}

static int end_one(void **state)
{
    (void)state;
    pdf_destroy(&begun);
    return 0;
}

static void texts_have_a_limit(void **state)
{
    (void)state;
    memset(many, 'a', sizeof many);
    assert_int_equal(pdf_heading(begun, 1, (struct str){many, PDF_TEXT_MAX + 1}), LIMIT);
    assert_int_equal(pdf_paragraph(begun, (struct str){many, PDF_TEXT_MAX}), OK);
    assert_int_equal(pdf_paragraph(begun, (struct str){many, PDF_TEXT_MAX + 1}), LIMIT);
    assert_int_equal(pdf_line(begun, (struct str){many, PDF_CELL_MAX + 1}), LIMIT);
    assert_int_equal(pdf_list_begin(begun, PDF_BULLETS), OK);
    assert_int_equal(pdf_list_item(begun, (struct str){many, PDF_TEXT_MAX}), OK);
    assert_int_equal(pdf_list_item(begun, (struct str){many, PDF_TEXT_MAX + 1}), LIMIT);
    struct pdf_about about = sheet_about;
    struct pdf *other;
    about.title = (struct str){many, PDF_CELL_MAX + 1};
    assert_int_equal(pdf_create(fonts, &about, &other), LIMIT);
    about.title.len = PDF_CELL_MAX;
    assert_int_equal(pdf_create(fonts, &about, &other), OK);
    pdf_destroy(&other);
}

static void pages_have_a_limit(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(PDF_BYTES_MAX), small BUF_SCOPE = BUF_INIT(1000);
    for (int i = 0; i < PDF_PAGES_MAX; i++)
        assert_int_equal(pdf_page_break(begun), OK);
    assert_int_equal(pdf_page_break(begun), LIMIT);
    assert_int_equal(pdf_finish(begun, &small), LIMIT);
    assert_int_equal(make(&sheet_about, sheet_fill, &out), OK);
}

static void tables_have_limits(void **state)
{
    (void)state;
    struct pdf_column columns[PDF_COLUMNS_MAX + 1];
    struct str cells[PDF_COLUMNS_MAX];
    memset(many, 'a', sizeof many);
    for (int i = 0; i <= PDF_COLUMNS_MAX; i++)
        columns[i] = (struct pdf_column){STR("Tête"), 1, false};
    for (int i = 0; i < PDF_COLUMNS_MAX; i++)
        cells[i] = STR("a");
    struct pdf_table table = {STR(""), columns, PDF_COLUMNS_MAX + 1, false};
    assert_int_equal(pdf_table_begin(begun, &table), LIMIT);
    table.column_count = 0;
    assert_int_equal(pdf_table_begin(begun, &table), INVALID);
    columns[0].share = 0;
    table.column_count = PDF_COLUMNS_MAX;
    assert_int_equal(pdf_table_begin(begun, &table), INVALID);
    columns[0].share = 1;
    assert_int_equal(pdf_table_begin(begun, &table), OK);
    assert_int_equal(pdf_table_row(begun, cells), OK);
    cells[3] = (struct str){many, PDF_CELL_MAX + 1};
    assert_int_equal(pdf_table_row(begun, cells), LIMIT);
    cells[3].len = PDF_CELL_MAX; /* higher than a page in so narrow a column */
    assert_int_equal(pdf_table_row(begun, cells), LIMIT);
}

static void cards_have_limits(void **state)
{
    (void)state;
    memset(many, 'a', sizeof many);
    struct pdf_card card = {STR("mot"), STR("")};
    assert_int_equal(pdf_cards(begun, (struct pdf_grid){8, 15}, &card, 1), OK);
    assert_int_equal(pdf_cards(begun, (struct pdf_grid){9, 15}, &card, 1), INVALID);
    assert_int_equal(pdf_cards(begun, (struct pdf_grid){0, 15}, &card, 1), INVALID);
    assert_int_equal(pdf_cards(begun, (struct pdf_grid){8, 14}, &card, 1), INVALID);
    assert_int_equal(pdf_cards(begun, (struct pdf_grid){8, 201}, &card, 1), INVALID);
    card.big = (struct str){many, PDF_CELL_MAX};
    assert_int_equal(pdf_cards(begun, (struct pdf_grid){8, 15}, &card, 1), LIMIT);
}

static void order_is_asked_for(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(PDF_BYTES_MAX);
    struct pdf_about about = sheet_about;
    struct pdf *other;
    assert_int_equal(pdf_heading(begun, 2, STR("Sans titre")), INVALID);
    assert_int_equal(pdf_heading(begun, 1, STR(" \n ")), INVALID);
    assert_int_equal(pdf_list_item(begun, STR("a")), BUG);
    assert_int_equal(pdf_table_end(begun), BUG);
    assert_int_equal(pdf_list_begin(begun, PDF_BULLETS), OK);
    assert_int_equal(pdf_paragraph(begun, STR("dans une liste")), BUG);
    assert_int_equal(pdf_finish(begun, &out), BUG);
    about.language = STR("fr)/X(");
    assert_int_equal(pdf_create(fonts, &about, &other), INVALID);
    about = sheet_about;
    about.title = STR("\t");
    assert_int_equal(pdf_create(fonts, &about, &other), INVALID);
}

/* ---- what comes from anybody ---- */

static struct str hostile;

static enum status fill_hostile(struct pdf *pdf)
{
    struct pdf_column column = {str_slice(hostile, 0, 300), 1, true};
    struct str cell = str_slice(hostile, 0, 500);
    struct pdf_card card = {str_slice(hostile, 0, 20), str_slice(hostile, 0, 20)};
    TRY(pdf_heading(pdf, 1, STR("Titre")));
    TRY(pdf_paragraph(pdf, hostile));
    TRY(pdf_list_begin(pdf, PDF_NUMBERS));
    TRY(pdf_list_item(pdf, str_slice(hostile, 0, 5000)));
    TRY(pdf_list_end(pdf));
    TRY(pdf_table_begin(pdf, &(struct pdf_table){cell, &column, 1, true}));
    TRY(pdf_table_row(pdf, &cell));
    TRY(pdf_table_end(pdf));
    return pdf_cards(pdf, (struct pdf_grid){2, 80}, &card, 1);
}

static void check_hostile(struct str pattern)
{
    struct buf out BUF_SCOPE = BUF_INIT(PDF_BYTES_MAX);
    struct pdf_about about = sheet_about;
    for (size_t i = 0; i < PDF_TEXT_MAX; i++)
        many[i] = pattern.at[i % pattern.len];
    hostile = (struct str){many, PDF_TEXT_MAX};
    about.footer = str_slice(hostile, 0, 1000);
    assert_int_equal(make(&about, fill_hostile, &out), OK);
    tool_put(file, buf_str(&out));
    if (system("command -v qpdf >/dev/null") == 0)
        ask("qpdf --check %s");
}

static void nothing_said_breaks_it(void **state)
{
    (void)state;
    static const struct str patterns[] = {
        STR_INIT("\x01\x02\x1B\x7F a\x00z\t"),                          /* control characters, NUL */
        STR_INIT("\xE2\x80\xAErenversé \xE2\x81\xA6\xE2\x80\x8F\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D 12 "), /* bidi */
        STR_INIT("a\xFF\xC0\xAF\xED\xA0\x80\xF4\x90\x80\x80 \xE2\x82"), /* no UTF-8 */
        STR_INIT(")>] TJ ET EMC endstream endobj ( \\ <</ "),            /* the words of the file itself */
        STR_INIT("unseulmot"),
        STR_INIT("-"),
        STR_INIT("\xCC\x81\xCC\xA7"),                                    /* marks on nothing */
        STR_INIT("\xE1\x84\x80\xE1\x85\xA1 \xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9 \xC2\xA0\xE2\x80\xAF"),
    };
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++)
        check_hostile(patterns[i]);
}

/* A newline for every other byte asks for more lines than 200 pages have: refused, not cut. */
static void too_many_lines_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof many; i++)
        many[i] = i % 2 == 0 ? 'a' : '\n';
    assert_int_equal(pdf_paragraph(begun, (struct str){many, PDF_TEXT_MAX}), LIMIT);
}

/* ---- where it runs ---- */

/* A process that opens no file (Landlock) and begins no thread (seccomp), as a town; its fonts were opened before. */
static int in_sandbox(void)
{
    struct buf out BUF_SCOPE = BUF_INIT(PDF_BYTES_MAX);
    struct pdf_fonts *others;
    bool has_wall = sandbox_kernel().landlock > 0;
    signal(SIGSYS, SIG_DFL); /* not cmocka's */
    if (sandbox_enter(&(struct sandbox){.has_files = true}) != OK)
        return 2;
    if (has_wall && pdf_fonts_open(&others) == OK)
        return 3; /* no wall is there: this would show nothing */
    return make(&sheet_about, sheet_fill, &out) == OK && out.len > 10000 ? 0 : 4;
}

static void it_runs_in_a_sandbox(void **state)
{
    (void)state;
    int ended;
    pid_t pid = fork();
    if (pid == 0)
        _exit(in_sandbox());
    assert_int_equal(waitpid(pid, &ended, 0), pid);
    assert_true(WIFEXITED(ended));
    assert_int_equal(WEXITSTATUS(ended), 0);
}

static int open_fonts(void **state)
{
    (void)state;
    snprintf(file, sizeof file, "/tmp/parvis-pdf-XXXXXX");
    int fd = mkstemp(file);
    return fd >= 0 && close(fd) == 0 && pdf_fonts_open(&fonts) == OK ? 0 : -1;
}

static int close_fonts(void **state)
{
    (void)state;
    pdf_fonts_close(fonts);
    return unlink(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_words_are_same_bytes),
        cmocka_unit_test(it_says_what_it_is),
        cmocka_unit_test(nothing_is_drawn_unmarked),
        cmocka_unit_test(every_font_is_in_it),
        cmocka_unit_test(words_come_in_reading_order),
        cmocka_unit_test(parts_have_their_names),
        cmocka_unit_test(a_table_goes_on_below_its_head),
        cmocka_unit_test(what_stays_together_begins_a_page),
        cmocka_unit_test(rare_letters_are_found),
        cmocka_unit_test_setup_teardown(texts_have_a_limit, begin_one, end_one),
        cmocka_unit_test_setup_teardown(pages_have_a_limit, begin_one, end_one),
        cmocka_unit_test_setup_teardown(tables_have_limits, begin_one, end_one),
        cmocka_unit_test_setup_teardown(cards_have_limits, begin_one, end_one),
        cmocka_unit_test_setup_teardown(order_is_asked_for, begin_one, end_one),
        cmocka_unit_test(nothing_said_breaks_it),
        cmocka_unit_test_setup_teardown(too_many_lines_are_refused, begin_one, end_one),
        cmocka_unit_test(it_runs_in_a_sandbox),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
