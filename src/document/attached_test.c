/* What a PDF invoice carries, and what hostile ones do not do. The PDFs are made here; qpdf makes one as others do. */
#include "document/attached.h"

#include "base/base64.h"
#include "document/test_tool.h"
#include "document/test_wording.h"

enum { BOMB = 20 << 20, ROOM = 64 << 20 };
#define XML "<?xml version=\"1.0\"?><r>Facture n\xC2\xB0 3</r>"

static struct arena *arena;
static struct buf file, name;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(256 << 20);
    file = BUF_INIT(WORDING_TEXT_MAX);
    name = BUF_INIT(WORDING_TITLE_MAX);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    buf_finish(&file);
    buf_finish(&name);
    arena_destroy(&arena);
    return 0;
}

static enum wording_end read_it(struct str document)
{
    buf_finish(&file);
    buf_finish(&name);
    file = BUF_INIT(WORDING_TEXT_MAX);
    name = BUF_INIT(WORDING_TITLE_MAX);
    return attached_invoice(document, &file, &name);
}

/* A PDF of one page that carries `bytes` under that name; `filter`: how they are packed. */
static struct str pdf_with(const char *named, const char *filter, struct str bytes)
{
    struct buf out BUF_SCOPE = BUF_INIT(ROOM);
    buf_add_format(&out,
                   "%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(1)6 0 R(%s)4 0 R]>>>>"
                   ">>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                   "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>endobj\n"
                   "4 0 obj<</Type/Filespec/F(%s)/UF(%s)/AFRelationship/Data/EF<</F 5 0 R>>>>endobj\n"
                   "6 0 obj<</Type/Filespec/F(notes.txt)/EF<</F 7 0 R>>>>endobj\n"
                   "7 0 obj<</Type/EmbeddedFile/Length 5>>stream\nnotes\nendstream endobj\n"
                   "5 0 obj<</Type/EmbeddedFile/Subtype/text#2Fxml/Length %zu%s>>stream\n",
                   named, named, named, bytes.len, filter);
    buf_add(&out, bytes);
    buf_add_c(&out, "\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
    assert_int_equal(buf_status(&out), OK);
    return str_copy(arena, buf_str(&out));
}

static void the_file_of_data_comes_out_byte_for_byte(void **state)
{
    static const char *const names[] = {"factur-x.xml", "ZUGFeRD-invoice.xml", "zugferd-invoice.xml", "xrechnung.xml"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_int_equal(read_it(pdf_with(names[i], "", STR(XML))), WORDING_DONE);
        assert_true(str_eq(buf_str(&file), STR(XML)));
        assert_true(str_eq(buf_str(&name), str_of(names[i])));
    }
}

static void a_pdf_without_it_says_so(void **state)
{
    (void)state;
    assert_int_equal(read_it(pdf_of(arena, 1, "", STR("0 0 1 1 re f"))), WORDING_EMPTY);
    assert_int_equal(read_it(pdf_with("facture.xml", "", STR(XML))), WORDING_EMPTY);
    assert_int_equal(file.len, 0);
    assert_int_equal(read_it(STR(XML)), WORDING_UNKNOWN);
    assert_int_equal(read_it(STR("%PDF-1.7\n")), WORDING_DAMAGED);
    assert_int_equal(read_it(pdf_with("factur-x.xml", "", STR("\xFF\xFEx"))), WORDING_DAMAGED);
}

/* 20 MB of nothing in a few kilobytes; a file at the limit and one byte above. */
static void what_swells_is_refused(void **state)
{
    (void)state;
    unsigned char *nothing = (unsigned char *)arena_array(arena, char, BOMB);
    unsigned long size = compressBound(BOMB);
    char *packed = arena_array(arena, char, size);
    memset(nothing, ' ', BOMB);
    assert_int_equal(compress((unsigned char *)packed, &size, nothing, BOMB), Z_OK);
    struct str bomb = pdf_with("factur-x.xml", "/Filter/FlateDecode", (struct str){packed, size});
    assert_true(bomb.len < 100000);
    assert_int_equal(read_it(bomb), WORDING_TOO_MUCH);
    struct str large = {(const char *)nothing, WORDING_TEXT_MAX};
    assert_int_equal(read_it(pdf_with("factur-x.xml", "", large)), WORDING_DONE);
    assert_int_equal(file.len, WORDING_TEXT_MAX);
    large.len++;
    assert_int_equal(read_it(pdf_with("factur-x.xml", "", large)), WORDING_TOO_MUCH);
}

/* Names that go round in a circle, a file that is none, a stream that is missing. */
static void names_that_lie_end(void **state)
{
    (void)state;
#define LIE(names, rest)                                                                                               \
    STR("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 4 0 R>>>>endobj\n"                         \
        "2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n4 0 obj" names "endobj\n" rest "trailer<</Root 1 0 R>>\n%%EOF\n")
    assert_int_not_equal(read_it(LIE("<</Kids[4 0 R 4 0 R]>>", "")), WORDING_DONE);
    assert_int_not_equal(read_it(LIE("<</Names[(factur-x.xml)5 0 R]>>", "")), WORDING_DONE);
    assert_int_not_equal(read_it(LIE("<</Names[(factur-x.xml)(nothing)]>>", "")), WORDING_DONE);
    assert_int_not_equal(read_it(LIE("<</Names[(factur-x.xml)5 0 R]>>",
                                     "5 0 obj<</Type/Filespec/F(factur-x.xml)/EF<</F 9 0 R>>>>endobj\n")),
                         WORDING_DONE);
}

/* Cut, and with a byte changed: the library mends what it can, and ends. */
static void what_is_cut_or_changed_ends(void **state)
{
    (void)state;
    struct str whole = pdf_with("factur-x.xml", "", STR(XML));
    for (size_t i = 0; i < whole.len; i += 3)
        assert_true(read_it(str_copy(arena, str_slice(whole, 0, i))) < WORDING_ENDS);
    for (size_t i = 0; i < whole.len; i += 3) {
        char *changed = arena_array(arena, char, whole.len);
        memcpy(changed, whole.at, whole.len);
        changed[i] = (char)(changed[i] ^ 0x11);
        assert_true(read_it((struct str){changed, whole.len}) < WORDING_ENDS);
    }
}

/* Two that know nothing of ours: qpdf packs a file, and pdfdetach takes one out of ours. */
static void others_pack_and_unpack_it(void **state)
{
    (void)state;
    tool_need("qpdf");
    tool_need("pdfdetach");
    tool_put("build/attached_test.pdf", pdf_of(arena, 1, "", STR("0 0 1 1 re f")));
    tool_put("build/factur-x.xml", STR(XML));
    tool_ask("qpdf --warning-exit-0 %s --add-attachment build/factur-x.xml --mimetype=text/xml -- "
             "--object-streams=generate build/attached_qpdf.pdf 2>/dev/null",
             "build/attached_test.pdf");
    const char *packed = tool_ask("base64 -w0 %s", "build/attached_qpdf.pdf");
    struct buf bytes BUF_SCOPE = BUF_INIT(1 << 20);
    assert_int_equal(base64_decode(&bytes, str_of(packed)), OK);
    assert_int_equal(read_it(buf_str(&bytes)), WORDING_DONE);
    assert_true(str_eq(buf_str(&file), STR(XML)));
    tool_put("build/attached_test.pdf", pdf_with("factur-x.xml", "", STR(XML)));
    const char *out = tool_ask("pdfdetach -savefile factur-x.xml -o build/factur-x.out %s 2>/dev/null; "
                               "cat build/factur-x.out",
                               "build/attached_test.pdf");
    assert_int_equal(strncmp(out, XML, strlen(XML)), 0); /* without a table of places, it takes the line end too */
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(the_file_of_data_comes_out_byte_for_byte),
        CASE(a_pdf_without_it_says_so),
        CASE(what_swells_is_refused),
        CASE(names_that_lie_end),
        CASE(what_is_cut_or_changed_ends),
        CASE(others_pack_and_unpack_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
