/* What documents say, and what hostile ones do not do. The documents are made here. */
#include "document/test_wording.h"

#include <stdlib.h>
#include <zlib.h>

#include "base/utf8.h"
#include "document/wording.h"

enum { BOMB = 100 << 20, RATIO = WORDING_RATIO_FROM + (1 << 20), STREAM = 60 << 20 };

static struct arena *arena;
static struct buf text, title;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(512 << 20);
    text = BUF_INIT(WORDING_TEXT_MAX);
    title = BUF_INIT(WORDING_TITLE_MAX);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    buf_finish(&text);
    buf_finish(&title);
    arena_destroy(&arena);
    return 0;
}

static enum wording_end read_it(struct str document)
{
    buf_finish(&text);
    buf_finish(&title);
    text = BUF_INIT(WORDING_TEXT_MAX);
    title = BUF_INIT(WORDING_TITLE_MAX);
    enum wording_end end = wording_read(document, &text, &title);
    assert_true(utf8_is_valid(buf_str(&text)) && utf8_is_valid(buf_str(&title)));
    return end;
}

static void assert_says(const char *words)
{
    assert_string_equal(str_c(arena, buf_str(&text)), words);
}

/* ---- ODT ---- */

static const char odt_words[] = ODT_HEAD
    "<text:tracked-changes><text:changed-region><text:p>biffé</text:p></text:changed-region></text:tracked-changes>"
    "<text:table-of-content><text:p>Sommaire</text:p></text:table-of-content>"
    "<text:h text:outline-level=\"1\">Stationnement</text:h>"
    "<text:p>Le   disque &amp; la <text:span>zone\nbleue</text:span><text:s text:c=\"4\"/>valent<text:note>"
    "<text:note-citation>1</text:note-citation><text:note-body><text:p>Arrêté 12.</text:p></text:note-body></text:note>"
    " une heure&#xAD;.<office:annotation><text:p>à revoir</text:p></office:annotation></text:p>"
    "<text:section text:display=\"none\"><text:p>caché</text:p></text:section>"
    "<text:list><text:list-item><text:p>samedi</text:p></text:list-item></text:list>"
    "<table:table><table:table-row><table:table-cell><text:p>Rue</text:p></table:table-cell><table:table-cell/>"
    "<table:table-cell><text:p>9 h</text:p><text:p>18 h</text:p></table:table-cell></table:table-row></table:table>"
    "<text:h text:outline-level=\"3\">Abonnés<svg:desc>image</svg:desc></text:h><text:p/>" ODT_FOOT;

static void an_odt_says_its_words_alone(void **state)
{
    (void)state;
    struct part parts[] = {ODT_TYPE, {"content.xml", {odt_words, sizeof odt_words - 1}},
                           {"meta.xml", STR_INIT("<m xmlns:d=\"d\"><d:title>Règlement\n de <b/>voirie</d:title></m>")}};
    assert_int_equal(read_it(zip_of(arena, parts, 3)), WORDING_DONE);
    assert_says("# Stationnement\nLe disque & la zone bleue valent une heure.\nArrêté 12.\n- samedi\nRue ; 9 h 18 h\n"
                "## Abonnés\n");
    assert_string_equal(str_c(arena, buf_str(&title)), "Règlement de voirie");
}

static void a_title_is_cut_at_its_maximum(void **state)
{
    (void)state;
    struct buf meta BUF_SCOPE = BUF_INIT(4000);
    buf_add_c(&meta, "<title>");
    for (int i = 0; i < WORDING_TITLE_MAX; i++)
        buf_add_c(&meta, "é");
    buf_add_c(&meta, "</title>");
    struct part parts[] = {ODT_TYPE, ODT_OF("<text:p>un</text:p>"), {"meta.xml", buf_str(&meta)}};
    assert_int_equal(read_it(zip_of(arena, parts, 3)), WORDING_DONE);
    assert_int_equal(title.len, WORDING_TITLE_MAX);
}

/* ---- DOCX ---- */

#define WORD "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define DOCX_TYPES {"[Content_Types].xml", STR_INIT("<Types/>")}
#define DOCX_RELATIONS(target)                                                                                         \
    {"_rels/.rels", STR_INIT("<r><Relationship Type=\"x/core\" Target=\"a\"/><Relationship Type=\"" \
                             "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\""    \
                             " Target=\"" target "\"/></r>")}
#define RUN(words) "<w:r><w:t xml:space=\"preserve\">" words "</w:t></w:r>"

static void a_docx_says_its_words_alone(void **state)
{
    (void)state;
    struct part parts[] = {
        DOCX_TYPES, DOCX_RELATIONS("/word/texte.xml"),
        {"word/styles.xml", STR_INIT(
            "<w:styles " WORD "><w:style w:styleId=\"Titre1\"><w:name w:val=\"heading 1\"/></w:style>"
            "<w:style w:styleId=\"T2\"><w:name w:val=\"x\"/><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr>"
            "</w:style></w:styles>")},
        {"word/texte.xml", STR_INIT(
            "<w:document " WORD " xmlns:mc=\"m\"><w:body><w:p><w:pPr><w:pStyle w:val=\"Titre1\"/><w:rPr><w:vanish/>"
            "</w:rPr></w:pPr>" RUN("Piscine") "</w:p><w:p>" RUN("Ouverte ") "<w:del>" RUN("jamais")
            "<w:r><w:delText>non</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r>"
            RUN("le") "<w:r><w:tab/><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>lundi</w:t>"
            "<w:noBreakHyphen/><w:instrText>PAGE</w:instrText></w:r>"
            "<mc:AlternateContent><mc:Fallback>" RUN("deux fois") "</mc:Fallback></mc:AlternateContent></w:p>"
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/></w:numPr></w:pPr>" RUN("bonnet") "</w:p>"
            "<w:p><w:pPr><w:pStyle w:val=\"T2\"/></w:pPr>" RUN("Tarifs") "</w:p>"
            "<w:tbl><w:tr><w:tc><w:p>" RUN("Adulte") "</w:p></w:tc><w:tc><w:p>" RUN("3 €")
            "</w:p></w:tc></w:tr></w:tbl></w:body></w:document>")},
        {"docProps/core.xml", STR_INIT("<c xmlns:dc=\"d\"><dc:title>Eau</dc:title></c>")}};
    assert_int_equal(read_it(zip_of(arena, parts, 5)), WORDING_DONE);
    assert_says("# Piscine\nOuverte le lundi-\n- bonnet\n## Tarifs\nAdulte ; 3 €\n");
    assert_string_equal(str_c(arena, buf_str(&title)), "Eau");
}

/* ---- PDF ---- */

static const char page_words[] = "BT /F 12 Tf 50 700 Td (La biblio-) Tj 0 -14 Td (th\xE8que ouvre le samedi,) Tj "
                                 "0 -14 Td (de 10 h \xE0 12 h.) Tj ET BT /F 12 Tf 50 600 Td (\x95 adultes) Tj 0 -14 Td "
                                 "(\x95 enfants) Tj ET BT /F 12 Tf 300 20 Td (7) Tj ET";

static void a_pdf_says_its_words(void **state)
{
    (void)state;
    assert_int_equal(read_it(pdf_of(arena, 1, "", str_of(page_words))), WORDING_DONE);
    assert_says("La bibliothèque ouvre le samedi, de 10 h à 12 h.\n- adultes\n- enfants\n");
    assert_string_equal(str_c(arena, buf_str(&title)), "Arrêté");
}

/* A hyphen that stands for itself stays one. */
static void only_parted_words_are_joined(void **state)
{
    (void)state;
    struct str words = STR("BT /F 9 Tf 50 700 Td (De Saint-) Tj 0 -11 Td (Denis, 3 -) Tj 0 -11 Td (dont deux nou-) Tj "
                           "0 -11 Td (\\351es -) Tj ET");
    assert_int_equal(read_it(pdf_of(arena, 1, "", words)), WORDING_DONE);
    assert_says("De Saint-Denis, 3 - dont deux nouées -\n");
}

static void a_pdf_without_words_was_scanned(void **state)
{
    (void)state;
    assert_int_equal(read_it(pdf_of(arena, 3, "", STR("0 0 100 100 re f"))), WORDING_SCANNED);
}

static void pages_have_a_maximum(void **state)
{
    (void)state;
    struct str words = STR("BT /F 9 Tf 9 9 Td (un mot) Tj ET");
    assert_int_equal(read_it(pdf_of(arena, WORDING_PAGES_MAX, "", words)), WORDING_DONE);
    assert_int_equal(str_count_byte(buf_str(&text), '\n'), WORDING_PAGES_MAX);
    assert_int_equal(read_it(pdf_of(arena, WORDING_PAGES_MAX + 1, "", words)), WORDING_TOO_MUCH);
    assert_int_equal(read_it(pdf_of(arena, 10000, "", words)), WORDING_TOO_MUCH);
}

/* A stream that inflates to a hundred times its size holds no more memory than any other. */
static void a_stream_that_swells_fills_nothing(void **state)
{
    (void)state;
    uLongf size = compressBound(STREAM);
    char *blank = arena_array(arena, char, STREAM), *packed = arena_array(arena, char, size);
    memset(blank, ' ', STREAM);
    assert_int_equal(compress((Bytef *)packed, &size, (const Bytef *)blank, STREAM), Z_OK);
    assert_int_equal(read_it(pdf_of(arena, 1, "/Filter/FlateDecode", (struct str){packed, size})), WORDING_SCANNED);
}

static void a_pdf_with_more_words_than_fit_is_refused(void **state)
{
    (void)state;
    struct buf words BUF_SCOPE = BUF_INIT(8 << 20);
    /* The library holds what stands between BT and ET, and grows it by a few letters at a time. */
    for (int i = 0; i < 30000; i++)
        buf_add_c(&words, "BT /F 9 Tf 9 9 Td (Deux cents caracteres environ pour remplir, ligne par ligne, ce que l on "
                          "peut dire en une fois dans un document de la ville, et un peu plus que trop) Tj ET ");
    assert_int_equal(read_it(pdf_of(arena, 1, "", buf_str(&words))), WORDING_TOO_MUCH);
}

/* A form that draws itself, a page that is its own parent: both end. */
static void what_goes_in_circles_ends(void **state)
{
    (void)state;
    enum wording_end end = read_it(STR("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "
                                       "2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>endobj "
                                       "trailer<</Root 1 0 R>>"));
    assert_true(end == WORDING_DAMAGED || end == WORDING_SCANNED);
    end = read_it(STR("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "
                      "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R"
                      "/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>endobj "
                      "4 0 obj<</Length 5>>stream\n/X Do\nendstream endobj "
                      "5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 5>>"
                      "stream\n/X Do\nendstream endobj trailer<</Root 1 0 R>>"));
    assert_true(end == WORDING_DAMAGED || end == WORDING_SCANNED);
}

/* ---- bombs of zip and XML ---- */

static struct str odt_of(struct str content)
{
    return zip_of(arena, (const struct part[]){ODT_TYPE, {"content.xml", content}}, 2);
}

static struct str blanks(size_t size)
{
    char *at = arena_array(arena, char, size);
    assert_non_null(at);
    memset(at, ' ', size);
    memcpy(at, "<a>", 3);
    memcpy(at + size - 4, "</a>", 4);
    return (struct str){at, size};
}

static void a_zip_bomb_is_refused(void **state)
{
    (void)state;
    assert_int_equal(read_it(odt_of(blanks(BOMB))), WORDING_TOO_MUCH);
    assert_int_equal(read_it(odt_of(blanks(RATIO))), WORDING_TOO_MUCH);
    assert_int_equal(read_it(odt_of(blanks(WORDING_RATIO_FROM))), WORDING_EMPTY); /* small enough for any ratio */
}

static void entries_have_a_maximum(void **state)
{
    (void)state;
    struct part *parts = arena_array(arena, struct part, WORDING_ENTRIES_MAX + 1);
    parts[0] = (struct part)ODT_TYPE;
    parts[1] = (struct part)ODT_OF("<text:p>un</text:p>");
    for (int i = 2; i <= WORDING_ENTRIES_MAX; i++)
        parts[i] = (struct part){str_format(arena, "Pictures/%d", i).at, STR("x")};
    assert_int_equal(read_it(zip_stored(arena, parts, WORDING_ENTRIES_MAX)), WORDING_DONE);
    assert_int_equal(read_it(zip_stored(arena, parts, WORDING_ENTRIES_MAX + 1)), WORDING_TOO_MUCH);
}

static struct str deep(size_t depth)
{
    struct buf out BUF_SCOPE = BUF_INIT(1 << 20);
    buf_add_c(&out, "<a xmlns:text=\"" ODF "text:1.0\">");
    for (size_t i = 2; i < depth; i++)
        buf_add_c(&out, "<a>");
    buf_add_c(&out, "<text:p>un</text:p>");
    for (size_t i = 2; i < depth; i++)
        buf_add_c(&out, "</a>");
    buf_add_c(&out, "</a>");
    return odt_of(buf_str(&out));
}

static void depth_has_a_maximum(void **state)
{
    (void)state;
    assert_int_equal(read_it(deep(WORDING_DEPTH_MAX)), WORDING_DONE);
    assert_says("un\n");
    assert_int_equal(read_it(deep(WORDING_DEPTH_MAX + 1)), WORDING_TOO_MUCH);
    assert_int_equal(read_it(deep(50000)), WORDING_TOO_MUCH);
}

static void no_entity_is_expanded_or_fetched(void **state)
{
    (void)state;
    struct str laughs = STR("<!DOCTYPE a [<!ENTITY a \"rire\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
                            "\"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>" ODT_HEAD "<text:p>&c;</text:p>" ODT_FOOT);
    struct str file = STR("<!DOCTYPE a [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" ODT_HEAD "<text:p>&a;</text:p>"
                          ODT_FOOT);
    struct str unknown = STR(ODT_HEAD "<text:p>&a;</text:p>" ODT_FOOT);
    assert_int_equal(read_it(odt_of(laughs)), WORDING_DAMAGED);
    assert_int_equal(read_it(odt_of(file)), WORDING_DAMAGED);
    assert_int_equal(read_it(odt_of(unknown)), WORDING_DAMAGED);
    assert_int_equal(text.len, 0);
}

static void words_have_a_maximum(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(16 << 20);
    buf_add_c(&out, ODT_HEAD);
    for (int i = 0; i < (WORDING_TEXT_MAX / 40) + 1; i++)
        buf_add_format(&out, "<text:p>Ligne %06d d’un texte qui est long.</text:p>", i * 7919 % 1000000);
    buf_add_c(&out, ODT_FOOT);
    assert_int_equal(read_it(odt_of(buf_str(&out))), WORDING_TOO_MUCH);
}

/* ---- what is refused, and why ---- */

static void each_refusal_says_why(void **state)
{
    (void)state;
    struct part locked[] = {ODT_TYPE, ODT_OF("<text:p>un</text:p>")};
    struct part manifest[] = {ODT_TYPE, {"content.xml", STR_INIT("\x01\x02")},
                              {"META-INF/manifest.xml", STR_INIT("<m><f><encryption-data/></f></m>")}};
    struct part sheet[] = {{"mimetype", STR_INIT("application/vnd.oasis.opendocument.spreadsheet")},
                           {"content.xml", STR_INIT("<a/>")}};
    struct part excel[] = {DOCX_TYPES, DOCX_RELATIONS("xl/workbook.xml"), {"xl/workbook.xml", STR_INIT("<a/>")}};
    struct part no_words[] = {DOCX_TYPES, DOCX_RELATIONS("word/document.xml")};
    assert_int_equal(read_it(odt_of(STR(ODT_HEAD "<text:p> </text:p>" ODT_FOOT))), WORDING_EMPTY);
    assert_int_equal(read_it(odt_of(STR(ODT_HEAD "<text:p>un" ODT_FOOT))), WORDING_DAMAGED);
    locked[0].bytes = STR("application/vnd.oasis.opendocument.text");
    assert_int_equal(read_it(zip_of(arena, manifest, 3)), WORDING_LOCKED);
    assert_int_equal(read_it(zip_of(arena, sheet, 2)), WORDING_UNKNOWN);
    assert_int_equal(read_it(zip_of(arena, excel, 3)), WORDING_UNKNOWN);
    assert_int_equal(read_it(zip_of(arena, no_words, 2)), WORDING_DAMAGED);
    assert_int_equal(read_it(zip_locked(arena, locked, 2, "secret")), WORDING_UNKNOWN); /* not even its kind is told */
    assert_int_equal(read_it(STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 etc.")), WORDING_OLD);
    assert_int_equal(read_it(STR("{\\rtf1 un}")), WORDING_OLD);
    assert_int_equal(read_it(STR("\x89PNG\r\n\x1A\n")), WORDING_UNKNOWN);
    assert_int_equal(read_it(STR("")), WORDING_UNKNOWN);
    assert_int_equal(read_it(STR("%PDF-1.7\n")), WORDING_DAMAGED);
}

static void a_document_too_large_is_not_looked_at(void **state)
{
    (void)state;
    char *pretend = arena_array(arena, char, 8);
    memcpy(pretend, "%PDF-1.4", 8);
    assert_int_equal(read_it((struct str){pretend, WORDING_DOCUMENT_MAX + 1}), WORDING_TOO_LARGE);
}

static void text_is_told_from_what_is_none(void **state)
{
    (void)state;
    assert_true(wording_is_text(STR("L’été\r\n\tà 9 h\f")));
    assert_true(wording_is_text(STR("L\x92\xE9t\xE9, 3 \x80")));
    assert_true(wording_is_text(STR("")));
    assert_false(wording_is_text(STR("a\0b")));
    assert_false(wording_is_text(STR("a\x1B[0m")));
    assert_false(wording_is_text(STR("\x81\xE9")));
    assert_false(wording_is_text(STR("\x7F" "ELF")));
    assert_true(wording_is_document(STR("PK\x03\x04")) && wording_is_document(STR("\n%PDF-1.4")));
    assert_false(wording_is_document(STR("PKZIP, un logiciel")));
}

/* ---- every cut ---- */

/* A zip without its end is none; a PDF may be mended, and then says no more than it did whole. */
static void cut_anywhere_it_is_refused_or_says_less(void **state)
{
    (void)state;
    struct part parts[] = {ODT_TYPE, ODT_OF("<text:h text:outline-level=\"1\">Un</text:h><text:p>deux</text:p>"),
                           {"meta.xml", STR_INIT("<title>Trois</title>")}};
    struct str zip = zip_of(arena, parts, 3), pdf = pdf_of(arena, 1, "", str_of(page_words));
    assert_int_equal(read_it(zip), WORDING_DONE);
    for (size_t i = 0; i < zip.len; i++) {
        struct str cut = str_copy(arena, str_slice(zip, 0, i));
        assert_int_not_equal(read_it(cut), WORDING_DONE);
    }
    assert_int_equal(read_it(pdf), WORDING_DONE);
    size_t whole = text.len;
    for (size_t i = 0; i < pdf.len; i++)
        if (read_it(str_copy(arena, str_slice(pdf, 0, i))) == WORDING_DONE)
            assert_true(text.len <= whole);
}

/* One byte changed: whatever comes of it, it ends. */
static void changed_anywhere_it_ends(void **state)
{
    (void)state;
    struct part parts[] = {ODT_TYPE, ODT_OF("<text:p>deux</text:p>")};
    struct str whole[] = {zip_of(arena, parts, 2), pdf_of(arena, 1, "", str_of(page_words))};
    for (size_t d = 0; d < 2; d++)
        for (size_t i = 0; i < whole[d].len; i++) {
            struct buf changed BUF_SCOPE = BUF_INIT(1 << 20);
            buf_add(&changed, whole[d]);
            changed.at[i] = (char)(changed.at[i] ^ (i % 2 == 0 ? 0xFF : 0x01));
            assert_true(read_it(buf_str(&changed)) < WORDING_ENDS);
        }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(an_odt_says_its_words_alone),
        CASE(a_title_is_cut_at_its_maximum),
        CASE(a_docx_says_its_words_alone),
        CASE(a_pdf_says_its_words),
        CASE(only_parted_words_are_joined),
        CASE(a_pdf_without_words_was_scanned),
        CASE(pages_have_a_maximum),
        CASE(a_stream_that_swells_fills_nothing),
        CASE(a_pdf_with_more_words_than_fit_is_refused),
        CASE(what_goes_in_circles_ends),
        CASE(a_zip_bomb_is_refused),
        CASE(entries_have_a_maximum),
        CASE(depth_has_a_maximum),
        CASE(no_entity_is_expanded_or_fetched),
        CASE(words_have_a_maximum),
        CASE(each_refusal_says_why),
        CASE(a_document_too_large_is_not_looked_at),
        CASE(text_is_told_from_what_is_none),
        CASE(cut_anywhere_it_is_refused_or_says_less),
        CASE(changed_anywhere_it_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
