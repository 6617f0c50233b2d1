#include "document/zip_write.h"

#include <zlib.h>

enum {
    VERSION = 20, /* deflate and folders (4.4.3) */
    UTF_8 = 1 << 11,
    PACKED = 8,
    NEW_YEAR_1980 = 33,
    LIST_MAX = ZIP_WRITE_PARTS_MAX * (46 + ZIP_WRITE_NAME_MAX),
    RAW_WINDOW = -15,
    MEMORY = 8,
};

static void add_little(struct buf *out, uint64_t value, size_t bytes)
{
    for (; bytes > 0; bytes--, value >>= 8)
        buf_add_byte(out, (char)value);
}

void zip_write_begin(struct zip_write *zip, struct buf *out)
{
    *zip = (struct zip_write){.out = out, .list = BUF_INIT(LIST_MAX)};
}

struct part {
    struct str name, bytes; /* bytes: as they stand in the file */
    uint32_t sum;
    size_t size; /* unpacked */
    bool is_packed;
};

/* From the version to the length of the extra field: alike before the part and in the list (4.4). */
static void add_about(struct buf *out, const struct part *part)
{
    add_little(out, VERSION, 2);
    add_little(out, UTF_8, 2);
    add_little(out, part->is_packed ? PACKED : 0, 2);
    add_little(out, 0, 2); /* midnight */
    add_little(out, NEW_YEAR_1980, 2);
    add_little(out, part->sum, 4);
    add_little(out, part->bytes.len, 4);
    add_little(out, part->size, 4);
    add_little(out, part->name.len, 2);
    add_little(out, 0, 2);
}

static void add_part(struct zip_write *zip, const struct part *part)
{
    size_t at = zip->out->len;
    buf_add_literal(zip->out, "PK\x03\x04");
    add_about(zip->out, part);
    buf_add(zip->out, part->name);
    buf_add(zip->out, part->bytes);
    buf_add_literal(&zip->list, "PK\x01\x02");
    add_little(&zip->list, VERSION, 2);
    add_about(&zip->list, part);
    add_little(&zip->list, 0, 10); /* comment, disk, attributes */
    add_little(&zip->list, at, 4);
    buf_add(&zip->list, part->name);
    zip->count++;
}

/* The quick way: a town's turn is short, and XML packs well in any. */
static enum status pack(struct str bytes, struct buf *out)
{
    z_stream stream = {.next_in = (unsigned char *)(uintptr_t)bytes.at, .avail_in = (unsigned)bytes.len};
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, RAW_WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return LIMIT;
    size_t most = deflateBound(&stream, bytes.len);
    char *room = buf_reserve(out, most);
    stream.next_out = (unsigned char *)room;
    stream.avail_out = (unsigned)most;
    bool is_done = room != NULL && deflate(&stream, Z_FINISH) == Z_STREAM_END;
    if (is_done)
        buf_grew(out, stream.total_out);
    deflateEnd(&stream);
    return is_done ? OK : LIMIT;
}

enum status zip_write_part(struct zip_write *zip, const char *name, struct str bytes, bool is_packed)
{
    struct buf packed BUF_SCOPE = BUF_INIT(zip->out->max);
    struct part part = {.name = str_of(name), .bytes = bytes, .size = bytes.len, .is_packed = is_packed};
    if (zip->count == ZIP_WRITE_PARTS_MAX || part.name.len > ZIP_WRITE_NAME_MAX || bytes.len > zip->out->max)
        return LIMIT;
    part.sum = (uint32_t)crc32(0, (const unsigned char *)bytes.at, (unsigned)bytes.len);
    if (is_packed) {
        TRY(pack(bytes, &packed));
        part.bytes = buf_str(&packed);
    }
    add_part(zip, &part);
    return buf_status(zip->out);
}

enum status zip_write_end(struct zip_write *zip)
{
    size_t at = zip->out->len;
    buf_add(zip->out, buf_str(&zip->list));
    buf_add_literal(zip->out, "PK\x05\x06");
    add_little(zip->out, 0, 4); /* of one disk */
    add_little(zip->out, zip->count, 2);
    add_little(zip->out, zip->count, 2);
    add_little(zip->out, zip->list.len, 4);
    add_little(zip->out, at, 4);
    add_little(zip->out, 0, 2);
    buf_finish(&zip->list);
    return buf_status(zip->out);
}
