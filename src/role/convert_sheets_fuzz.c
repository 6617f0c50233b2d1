/* Any bytes as a sheet: what comes out is lines of the house's form, within the limits. The first byte chooses whether
 * they are the archive itself or one sheet of it, which no chance makes a zip of. */
#include "role/convert_sheets.h"

#include <zip.h>

#include "base/utf8.h"

static void pack(struct str content, struct buf *out)
{
    zip_error_t error;
    zip_stat_t about;
    zip_source_t *whole = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *archive = zip_open_from_source(whole, ZIP_TRUNCATE, &error);
    REQUIRE(archive != NULL);
    zip_source_t *source = zip_source_buffer(archive, content.at, content.len, 0);
    zip_int64_t at = zip_file_add(archive, "F1.xml", source, 0);
    REQUIRE(at >= 0 && zip_set_file_compression(archive, (zip_uint64_t)at, ZIP_CM_STORE, 0) == 0);
    zip_source_keep(whole);
    REQUIRE(zip_close(archive) == 0 && zip_source_stat(whole, &about) == 0 && zip_source_open(whole) == 0);
    char *room = buf_reserve(out, about.size);
    REQUIRE(room != NULL && zip_source_read(whole, room, about.size) == (zip_int64_t)about.size);
    buf_grew(out, about.size);
    zip_source_free(whole);
}

static void check(struct str line)
{
    struct arena *arena ARENA_SCOPE = arena_create(64 << 20);
    struct conversion_sheet sheet;
    REQUIRE(shape_from_json(arena, &conversion_sheet_shape, line, &sheet) == OK && sheet.key.len > 0);
    REQUIRE(sheet.end > WORDING_DONE || (sheet.words.len > 0 && sheet.title.len > 0));
    REQUIRE(utf8_is_valid(sheet.words) && utf8_is_valid(sheet.title));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct buf packed BUF_SCOPE = BUF_INIT(1 << 20), lines BUF_SCOPE = BUF_INIT(CONVERT_SHEETS_MAX);
    struct str archive = {(const char *)bytes, size};
    if (size > 0 && bytes[0] != 'P') {
        pack(bytes[0] == 'X' ? str_after(archive, 1) : archive, &packed);
        archive = buf_str(&packed);
    }
    enum wording_end end = convert_sheets(archive, &lines);
    REQUIRE(end >= WORDING_DONE && end < WORDING_ENDS && (end != WORDING_DONE || lines.len > 0));
    for (struct str rest = buf_str(&lines); end == WORDING_DONE && rest.len > 0;)
        check(str_cut(&rest, '\n'));
    return 0;
}
