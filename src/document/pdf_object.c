#include "document/pdf_object.h"

#include <zlib.h>

#include "base/utf8.h"

enum { OBJECTS_MAX = 400000, LEVEL = 3 /* of 9: less time than the usual 6, 3 % more bytes */ };

void pdf_objects_begin(struct pdf_objects *objects)
{
    /* Four bytes above 127: whoever carries the file takes it for binary (section 7.5.2). */
    buf_add_literal(objects->out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
}

enum status pdf_object_reserve(struct pdf_objects *objects, uint32_t *ret_number)
{
    uint64_t *offset = list_add(&objects->offsets, objects->arena, OBJECTS_MAX);
    if (offset == NULL)
        return LIMIT;
    *offset = 0;
    *ret_number = (uint32_t)objects->offsets.count;
    return OK;
}

void pdf_object_begin(struct pdf_objects *objects, uint32_t number)
{
    objects->offsets.at[number - 1] = objects->out->len;
    buf_add_format(objects->out, "%u 0 obj\n", number);
}

void pdf_object_end(struct pdf_objects *objects)
{
    buf_add_literal(objects->out, "\nendobj\n");
}

static void add_stream(struct pdf_objects *objects, uint32_t number, struct str entries, struct str bytes)
{
    pdf_object_begin(objects, number);
    buf_add_format(objects->out, "<< %.*s /Length %zu >>\nstream\n", STR_ARG(entries), bytes.len);
    buf_add(objects->out, bytes);
    buf_add_literal(objects->out, "\nendstream");
    pdf_object_end(objects);
}

enum status pdf_object_stream(struct pdf_objects *objects, uint32_t number, struct str entries, struct str bytes,
                              bool is_plain)
{
    if (is_plain) {
        add_stream(objects, number, entries, bytes);
        return buf_status(objects->out);
    }
    uLong size = compressBound(bytes.len);
    struct buf packed BUF_SCOPE = BUF_INIT(size), with_filter BUF_SCOPE = BUF_INIT(entries.len + 100);
    char *into = buf_reserve(&packed, size);
    if (into == NULL || compress2((Bytef *)into, &size, (const Bytef *)bytes.at, bytes.len, LEVEL) != Z_OK)
        return OUTSIDE;
    buf_grew(&packed, size);
    buf_add_format(&with_filter, "%.*s /Filter /FlateDecode", STR_ARG(entries));
    add_stream(objects, number, buf_str(&with_filter), buf_str(&packed));
    return buf_status(objects->out);
}

void pdf_objects_end(struct pdf_objects *objects, uint32_t catalog, uint32_t info)
{
    struct buf *out = objects->out;
    size_t at = out->len, count = objects->offsets.count;
    buf_add_format(out, "xref\n0 %zu\n0000000000 65535 f \n", count + 1);
    for (size_t i = 0; i < count; i++)
        buf_add_format(out, "%010llu 00000 n \n", (unsigned long long)objects->offsets.at[i]);
    buf_add_format(out, "trailer\n<< /Size %zu /Root %u 0 R /Info %u 0 R >>\nstartxref\n%zu\n%%%%EOF\n", count + 1,
                   catalog, info, at);
}

void pdf_add_thousandths(struct buf *out, int64_t thousandths)
{
    uint64_t size = (uint64_t)(thousandths < 0 ? -thousandths : thousandths);
    unsigned rest = (unsigned)(size % 1000);
    if (thousandths < 0)
        buf_add_byte(out, '-');
    buf_add_u64(out, size / 1000);
    if (rest % 10 != 0)
        buf_add_format(out, ".%03u", rest);
    else if (rest % 100 != 0)
        buf_add_format(out, ".%02u", rest / 10);
    else if (rest != 0)
        buf_add_format(out, ".%u", rest / 100);
}

/* Each letter of a sheet goes through here: printf took a fifth of its time. */
void pdf_add_hex(struct buf *out, uint32_t sixteen_bits)
{
    static const char digits[] = "0123456789ABCDEF";
    const char hex[] = {digits[sixteen_bits >> 12 & 15], digits[sixteen_bits >> 8 & 15], digits[sixteen_bits >> 4 & 15],
                        digits[sixteen_bits & 15]};
    buf_add(out, (struct str){hex, sizeof hex});
}

static void add_utf16(struct buf *out, uint32_t point)
{
    if (point >= 0x10000)
        pdf_add_hex(out, 0xD800 + ((point - 0x10000) >> 10));
    pdf_add_hex(out, point < 0x10000 ? point : 0xDC00 + ((point - 0x10000) & 0x3FF));
}

void pdf_add_points(struct buf *out, const uint32_t *points, size_t count, bool with_mark)
{
    buf_add_c(out, with_mark ? "<FEFF" : "<");
    for (size_t i = 0; i < count; i++)
        add_utf16(out, points[i]);
    buf_add_byte(out, '>');
}

void pdf_add_text(struct buf *out, struct str utf8)
{
    buf_add_literal(out, "<FEFF");
    while (utf8.len > 0)
        add_utf16(out, utf8_next(&utf8));
    buf_add_byte(out, '>');
}
