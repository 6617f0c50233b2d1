#include "base/base64.h"

#include <stdint.h>

/* What a decoder does with one character: 0..63 is its value, the rest says what it is instead. */
enum { NOT_IN_ALPHABET = 0xFF, MIME_LINE_BYTES = 57 };

static const char plain_alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char url_alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
static const char base32_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
static const char hex_alphabet[] = "0123456789abcdef";

struct values {
    uint8_t of[256];
};

static struct values values_of(const char *alphabet)
{
    struct values values;
    memset(values.of, NOT_IN_ALPHABET, sizeof values.of);
    for (uint8_t i = 0; alphabet[i] != '\0'; i++)
        values.of[(uint8_t)alphabet[i]] = i;
    return values;
}

static uint32_t byte_at(struct str bytes, size_t i)
{
    return i < bytes.len ? (uint8_t)bytes.at[i] : 0;
}

/* The characters of 1 to 3 bytes, always four; the caller drops or pads those past the end. */
static void encode_three(char *to, struct str bytes, size_t from, const char *alphabet)
{
    uint32_t bits =
        byte_at(bytes, from) << 16 | byte_at(bytes, from + 1) << 8 | byte_at(bytes, from + 2);
    for (int i = 0; i < 4; i++)
        to[i] = alphabet[bits >> (18 - 6 * i) & 63];
}

static void encode_with(struct buf *out, struct str bytes, const char *alphabet, bool is_padded)
{
    size_t groups = bytes.len / 3 + (bytes.len % 3 != 0);
    size_t spare = groups * 3 - bytes.len;
    char *to = buf_reserve(out, groups * 4 - (is_padded ? 0 : spare));
    if (to == NULL || groups == 0)
        return;
    for (size_t i = 0; i + 1 < groups; i++)
        encode_three(to + i * 4, bytes, i * 3, alphabet);
    char last[4];
    encode_three(last, bytes, (groups - 1) * 3, alphabet);
    memcpy(to + (groups - 1) * 4, last, 4 - spare);
    if (is_padded)
        memset(to + groups * 4 - spare, '=', spare);
    buf_grew(out, groups * 4 - (is_padded ? 0 : spare));
}

void base64_encode(struct buf *out, struct str bytes)
{
    encode_with(out, bytes, plain_alphabet, true);
}

void base64_encode_url(struct buf *out, struct str bytes)
{
    encode_with(out, bytes, url_alphabet, false);
}

void base64_encode_lines(struct buf *out, struct str bytes)
{
    for (size_t from = 0; from < bytes.len && !out->is_over; from += MIME_LINE_BYTES) {
        base64_encode(out, str_slice(bytes, from, from + MIME_LINE_BYTES));
        buf_add_literal(out, "\r\n");
    }
}

/* Packs `width` bits of every character into bytes. The text holds no padding. Spare bits must be
 * zero and fewer than one character, so that every byte string has exactly one text (RFC 4648
 * section 3.5). */
static enum status decode_bits(struct buf *out, struct str text, const struct values *values,
                               uint32_t width)
{
    uint32_t bits = 0, held = 0;
    char *to = buf_reserve(out, text.len * width / 8);
    size_t count = 0;
    if (to == NULL)
        return LIMIT;
    for (size_t i = 0; i < text.len; i++) {
        uint8_t value = values->of[(uint8_t)text.at[i]];
        if (value == NOT_IN_ALPHABET)
            return INVALID;
        bits = (bits << width | value) & 0xFFFF;
        held += width;
        if (held < 8)
            continue;
        held -= 8;
        to[count++] = (char)(bits >> held & 0xFF);
    }
    if (held >= width || (bits & ((1u << held) - 1)) != 0)
        return INVALID;
    buf_grew(out, count);
    return OK;
}

enum status base64_decode(struct buf *out, struct str text)
{
    struct values values = values_of(plain_alphabet);
    if (text.len % 4 != 0)
        return INVALID;
    for (int i = 0; i < 2 && str_ends(text, STR("=")); i++)
        text.len--;
    return decode_bits(out, text, &values, 6);
}

enum status base64_decode_url(struct buf *out, struct str text)
{
    struct values values = values_of(url_alphabet);
    return decode_bits(out, text, &values, 6);
}

/* Whole groups of four good characters, the usual case: as many as stand in a row from *from. */
static size_t decode_run(char *to, struct str text, size_t *from, const uint8_t *of)
{
    const uint8_t *at = (const uint8_t *)text.at;
    size_t count = 0, i = *from;
    for (; i + 4 <= text.len; i += 4, count += 3) {
        uint32_t a = of[at[i]], b = of[at[i + 1]], c = of[at[i + 2]], d = of[at[i + 3]];
        if ((a | b | c | d) > 63)
            break;
        uint32_t bits = a << 18 | b << 12 | c << 6 | d;
        to[count] = (char)(bits >> 16);
        to[count + 1] = (char)(bits >> 8 & 0xFF);
        to[count + 2] = (char)(bits & 0xFF);
    }
    *from = i;
    return count;
}

void base64_decode_lenient(struct buf *out, struct str text)
{
    struct values values = values_of(plain_alphabet);
    char *to = buf_reserve(out, text.len / 4 * 3 + 3);
    uint32_t bits = 0, held = 0;
    size_t count = 0, i = 0;
    if (to == NULL)
        return;
    while (i < text.len) {
        if (held == 0)
            count += decode_run(to + count, text, &i, values.of);
        if (i >= text.len || text.at[i] == '=')
            break;
        uint8_t value = values.of[(uint8_t)text.at[i++]];
        if (value == NOT_IN_ALPHABET)
            continue;
        bits = (bits << 6 | value) & 0xFFFF;
        held = held == 0 ? 6 : held - 2;
        if (held != 6)
            to[count++] = (char)(bits >> held & 0xFF);
    }
    buf_grew(out, count);
}

void base32_encode(struct buf *out, struct str bytes)
{
    uint32_t bits = 0, held = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        bits = (bits << 8 | (uint8_t)bytes.at[i]) & 0xFFFF;
        for (held += 8; held >= 5; held -= 5)
            buf_add_byte(out, base32_alphabet[bits >> (held - 5) & 31]);
    }
    if (held > 0)
        buf_add_byte(out, base32_alphabet[bits << (5 - held) & 31]);
}

enum status base32_decode(struct buf *out, struct str text)
{
    struct values values = values_of(base32_alphabet);
    struct buf compact BUF_SCOPE = BUF_INIT(text.len);
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] != ' ')
            buf_add_byte(
                &compact,
                (char)(text.at[i] - (ascii_is_alpha(text.at[i]) && text.at[i] >= 'a' ? 32 : 0)));
    return decode_bits(out, buf_str(&compact), &values, 5);
}

void hex_encode(struct buf *out, struct str bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        buf_add_byte(out, hex_alphabet[(uint8_t)bytes.at[i] >> 4]);
        buf_add_byte(out, hex_alphabet[(uint8_t)bytes.at[i] & 15]);
    }
}

enum status hex_decode(struct buf *out, struct str text)
{
    struct values values = values_of(hex_alphabet);
    for (int c = 'A'; c <= 'F'; c++)
        values.of[(uint8_t)c] = (uint8_t)(c - 'A' + 10);
    return decode_bits(out, text, &values, 4);
}
