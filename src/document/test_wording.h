/* Documents for tests, made as they run: a zip of parts, a PDF of pages. */
#ifndef DOCUMENT_TEST_WORDING_H
#define DOCUMENT_TEST_WORDING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include <zip.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/buf.h"

struct part {
    const char *name;
    struct str bytes;
};

#define ODF "urn:oasis:names:tc:opendocument:xmlns:"
#define ODT_TYPE {"mimetype", STR_INIT("application/vnd.oasis.opendocument.text")}
#define ODT_HEAD                                                                                                       \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"" ODF "office:1.0\""           \
    " xmlns:text=\"" ODF "text:1.0\" xmlns:table=\"" ODF "table:1.0\" xmlns:svg=\"" ODF "svg-compatible:1.0\""       \
    "><office:body><office:text>"
#define ODT_FOOT "</office:text></office:body></office:document-content>"
#define ODT_OF(words) {"content.xml", STR_INIT(ODT_HEAD words ODT_FOOT)}

/* `password` NULL: the parts are open. */
static inline struct str zip_locked(struct arena *arena, const struct part *parts, size_t count, const char *password)
{
    zip_error_t error;
    zip_stat_t about;
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    assert_non_null(archive);
    for (size_t i = 0; i < count; i++) {
        zip_source_t *bytes = zip_source_buffer(archive, parts[i].bytes.at, parts[i].bytes.len, 0);
        zip_int64_t at = zip_file_add(archive, parts[i].name, bytes, ZIP_FL_ENC_UTF_8);
        assert_true(at >= 0);
        if (password != NULL)
            assert_int_equal(zip_file_set_encryption(archive, (zip_uint64_t)at, ZIP_EM_AES_128, password), 0);
    }
    zip_source_keep(source);
    assert_int_equal(zip_close(archive), 0);
    assert_int_equal(zip_source_stat(source, &about), 0);
    char *copy = arena_array(arena, char, about.size);
    assert_non_null(copy);
    assert_int_equal(zip_source_open(source), 0);
    assert_int_equal(zip_source_read(source, copy, about.size), about.size);
    zip_source_free(source);
    return (struct str){copy, about.size};
}

static inline void add_little(struct buf *out, uint64_t value, size_t bytes)
{
    for (; bytes > 0; bytes--, value >>= 8)
        buf_add_byte(out, (char)value);
}

/* What a file's header says in both places (APPNOTE.TXT 4.4): from its flags to the lengths of its name and extra. */
static inline void add_zip_header(struct buf *out, const struct part *part)
{
    enum { UTF_8 = 1 << 11, NEW_YEAR_1980 = 33 };
    uint64_t sum = crc32(0, (const unsigned char *)part->bytes.at, (unsigned)part->bytes.len);
    add_little(out, UTF_8, 2);
    add_little(out, 0, 4); /* stored, at midnight */
    add_little(out, NEW_YEAR_1980, 2);
    add_little(out, sum, 4);
    add_little(out, part->bytes.len, 4);
    add_little(out, part->bytes.len, 4);
    add_little(out, strlen(part->name), 2);
    add_little(out, 0, 2);
}

/* Stored as they are, and written here: libzip takes a time that grows with the square of thousands of parts. */
static inline struct str zip_stored(struct arena *arena, const struct part *parts, size_t count)
{
    enum { VERSION = 20, MOST = 16 << 20 };
    struct buf out BUF_SCOPE = BUF_INIT(MOST), index BUF_SCOPE = BUF_INIT(MOST);
    for (size_t i = 0; i < count; i++) {
        buf_add_literal(&index, "PK\x01\x02");
        add_little(&index, VERSION, 2);
        add_little(&index, VERSION, 2);
        add_zip_header(&index, &parts[i]);
        add_little(&index, 0, 10); /* no comment, one disk, no attributes */
        add_little(&index, out.len, 4);
        buf_add_c(&index, parts[i].name);
        buf_add_literal(&out, "PK\x03\x04");
        add_little(&out, VERSION, 2);
        add_zip_header(&out, &parts[i]);
        buf_add_c(&out, parts[i].name);
        buf_add(&out, parts[i].bytes);
    }
    size_t begin = out.len;
    buf_add(&out, buf_str(&index));
    buf_add_literal(&out, "PK\x05\x06");
    add_little(&out, 0, 4);
    add_little(&out, count, 2);
    add_little(&out, count, 2);
    add_little(&out, index.len, 4);
    add_little(&out, begin, 4);
    add_little(&out, 0, 2);
    assert_int_equal(buf_status(&out), OK);
    return str_copy(arena, buf_str(&out));
}

static inline struct str zip_of(struct arena *arena, const struct part *parts, size_t count)
{
    return zip_locked(arena, parts, count, NULL);
}

#define PARTS(...) ((const struct part[]){__VA_ARGS__})
#define ZIP(arena, ...) zip_of((arena), PARTS(__VA_ARGS__), sizeof PARTS(__VA_ARGS__) / sizeof(struct part))

/* A PDF of one page that is listed `pages` times, with these bytes as its contents (`filter`: how they are packed). The
 * table of its objects is left out: readers make it anew. */
static inline struct str pdf_of(struct arena *arena, int pages, const char *filter, struct str contents)
{
    struct buf out = BUF_INIT(64 << 20);
    buf_add_c(&out, "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[");
    for (int i = 0; i < pages; i++)
        buf_add_c(&out, "3 0 R ");
    buf_add_format(&out, "]/Count %d>>endobj\n", pages);
    buf_add_c(&out, "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
                    "/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
                    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n"
                    "6 0 obj<</Title(Arr\xEAt\xE9)>>endobj\n");
    buf_add_format(&out, "4 0 obj<</Length %zu%s>>stream\n", contents.len, filter);
    buf_add(&out, contents);
    buf_add_c(&out, "\nendstream endobj\ntrailer<</Root 1 0 R/Info 6 0 R>>\n%%EOF\n");
    assert_int_equal(buf_status(&out), OK);
    struct str copy = str_copy(arena, buf_str(&out));
    buf_finish(&out);
    return copy;
}

#endif
