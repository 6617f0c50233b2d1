#include "proto/imap/imap_utf7.h"

#include "base/utf8.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

static bool is_plain(uint32_t point)
{
    return point >= 0x20 && point <= 0x7e;
}

/* Bits waiting to be written as base64, six at a time. */
struct shift {
    uint32_t bits;
    int count;
    bool is_open;
};

static void shift_unit(struct buf *out, struct shift *shift, uint32_t unit)
{
    if (!shift->is_open) {
        buf_add_byte(out, '&');
        shift->is_open = true;
    }
    shift->bits = shift->bits << 16 | unit;
    for (shift->count += 16; shift->count >= 6; shift->count -= 6)
        buf_add_byte(out, digits[shift->bits >> (shift->count - 6) & 63]);
    shift->bits &= (1U << shift->count) - 1;
}

static void shift_close(struct buf *out, struct shift *shift)
{
    if (!shift->is_open)
        return;
    if (shift->count > 0)
        buf_add_byte(out, digits[shift->bits << (6 - shift->count) & 63]);
    buf_add_byte(out, '-');
    *shift = (struct shift){0};
}

void imap_utf7_encode(struct buf *out, struct str utf8)
{
    struct shift shift = {0};
    while (utf8.len > 0) {
        uint32_t point = utf8_next(&utf8);
        if (is_plain(point)) {
            shift_close(out, &shift);
            buf_add_byte(out, (char)point);
            if (point == '&')
                buf_add_byte(out, '-');
        } else if (point < 0x10000) {
            shift_unit(out, &shift, point);
        } else {
            shift_unit(out, &shift, 0xd800 + ((point - 0x10000) >> 10));
            shift_unit(out, &shift, 0xdc00 + ((point - 0x10000) & 0x3ff));
        }
    }
    shift_close(out, &shift);
}

/* ---- back ---- */

static int digit_of(char c)
{
    const char *at = c != '\0' ? strchr(digits, c) : NULL;
    return at != NULL ? (int)(at - digits) : -1;
}

static enum status add_unit(struct buf *out, uint32_t unit, uint32_t *high)
{
    bool is_low = unit >= 0xdc00 && unit < 0xe000;
    if (*high != 0) {
        if (!is_low)
            return INVALID;
        utf8_add(out, 0x10000 + ((*high - 0xd800) << 10) + (unit - 0xdc00));
        *high = 0;
        return OK;
    }
    if (unit >= 0xd800 && unit < 0xdc00) {
        *high = unit;
        return OK;
    }
    if (is_low || is_plain(unit) || unit == 0)
        return INVALID; /* shifted ASCII has another form; NUL has none */
    utf8_add(out, unit);
    return OK;
}

/* Between '&' and '-'. */
static enum status decode_shift(struct buf *out, struct str text)
{
    uint32_t bits = 0, high = 0;
    int count = 0;
    for (size_t i = 0; i < text.len; i++) {
        int digit = digit_of(text.at[i]);
        if (digit < 0)
            return INVALID;
        bits = bits << 6 | (uint32_t)digit;
        count += 6;
        if (count < 16)
            continue;
        count -= 16;
        TRY(add_unit(out, bits >> count & 0xffff, &high));
        bits &= (1U << count) - 1;
    }
    return high == 0 && count < 6 && bits == 0 ? OK : INVALID;
}

enum status imap_utf7_decode(struct buf *out, struct str text)
{
    bool was_shift = false;
    while (text.len > 0) {
        char c = text.at[0];
        if (c != '&') {
            if (!is_plain((unsigned char)c))
                return INVALID;
            buf_add_byte(out, c);
            text = str_after(text, 1);
            was_shift = false;
            continue;
        }
        size_t end = str_find_byte(text, '-');
        if (end == SIZE_MAX)
            return INVALID;
        if (end == 1) {
            buf_add_byte(out, '&');
        } else {
            if (was_shift)
                return INVALID; /* two shifts in a row would have been one */
            TRY(decode_shift(out, str_slice(text, 1, end)));
        }
        was_shift = end != 1;
        text = str_after(text, end + 1);
    }
    return buf_status(out);
}
