#include "core/qr.h"

#include <qrencode.h>

static bool is_dark(const QRcode *code, int x, int y)
{
    return code->data[y * code->width + x] & 1;
}

/* Dark squares that touch in a row are one rectangle. */
static void add_row(struct buf *out, const QRcode *code, int y)
{
    for (int x = 0; x < code->width; x++) {
        int begin = x;
        while (x < code->width && is_dark(code, x, y))
            x++;
        if (x > begin)
            buf_add_format(out, "M%d %dh%dv1h-%dz", begin + QR_QUIET, y + QR_QUIET, x - begin, x - begin);
    }
}

enum status qr_path(struct buf *out, struct str text, int64_t *ret_side)
{
    if (text.len == 0 || text.len > QR_TEXT_MAX)
        return LIMIT;
    QRcode *code = QRcode_encodeData((int)text.len, (const unsigned char *)text.at, 0, QR_ECLEVEL_M);
    if (code == NULL)
        return LIMIT;
    for (int y = 0; y < code->width; y++)
        add_row(out, code, y);
    *ret_side = code->width + 2 * QR_QUIET;
    QRcode_free(code);
    return buf_status(out);
}
