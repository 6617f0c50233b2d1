/* Any bytes as a document: they end, within the limits, and what comes out is text. The first byte chooses whether they
 * are taken as they are or as the content of an ODT or DOCX, which no chance makes a zip of. */
#include "document/wording.h"

#include <zip.h>

#include "base/utf8.h"

static void add(zip_t *archive, const char *name, struct str bytes)
{
    zip_source_t *source = zip_source_buffer(archive, bytes.at, bytes.len, 0);
    REQUIRE(source != NULL);
    zip_int64_t at = zip_file_add(archive, name, source, 0);
    REQUIRE(at >= 0 && zip_set_file_compression(archive, (zip_uint64_t)at, ZIP_CM_STORE, 0) == 0);
}

static void add_parts(zip_t *archive, bool is_odt, struct str content)
{
    struct str relations = STR("<r><Relationship Type=\"/officeDocument\" Target=\"word/document.xml\"/></r>");
    if (is_odt) {
        add(archive, "mimetype", STR("application/vnd.oasis.opendocument.text"));
        add(archive, "content.xml", content);
        add(archive, "meta.xml", str_after(content, content.len / 2));
        return;
    }
    add(archive, "[Content_Types].xml", STR("<Types/>"));
    add(archive, "_rels/.rels", relations);
    add(archive, "word/styles.xml", str_after(content, content.len / 2));
    add(archive, "word/document.xml", content);
}

static void pack(bool is_odt, struct str content, struct buf *out)
{
    zip_error_t error;
    zip_stat_t about;
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    REQUIRE(archive != NULL);
    add_parts(archive, is_odt, content);
    zip_source_keep(source);
    REQUIRE(zip_close(archive) == 0 && zip_source_stat(source, &about) == 0 && zip_source_open(source) == 0);
    char *room = buf_reserve(out, about.size);
    REQUIRE(room != NULL && zip_source_read(source, room, about.size) == (zip_int64_t)about.size);
    buf_grew(out, about.size);
    zip_source_free(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct buf packed BUF_SCOPE = BUF_INIT(1 << 20), text BUF_SCOPE = BUF_INIT(WORDING_TEXT_MAX);
    struct buf title BUF_SCOPE = BUF_INIT(WORDING_TITLE_MAX);
    struct str document = {(const char *)bytes, size};
    if (size > 0 && (bytes[0] == 'O' || bytes[0] == 'W')) {
        pack(bytes[0] == 'O', str_after(document, 1), &packed);
        document = buf_str(&packed);
    }
    enum wording_end end = wording_read(document, &text, &title);
    REQUIRE(end < WORDING_ENDS && (end != WORDING_DONE || text.len > 0));
    REQUIRE(utf8_is_valid(buf_str(&text)) && utf8_is_valid(buf_str(&title)));
    (void)wording_is_text(document);
    return 0;
}
