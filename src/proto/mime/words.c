#include "proto/mime/words.h"

#include "base/base64.h"
#include "base/utf8.h"
#include "proto/mime/charset.h"
#include "proto/mime/transfer.h"

/* An encoded word of ours is at most 75 characters (RFC 2047 section 2): "=?utf-8?B?" and "?="
 * leave 63. */
enum { CHARSET_MAX = 60, WORD_MAX = 4096, PAYLOAD_MAX = 60, COLUMN_MAX = 76 };

struct word {
    struct str charset, payload;
    bool is_base64;
    size_t length; /* of all of it in the text */
};

static bool is_charset_byte(char c)
{
    return c > ' ' && c < 0x7F && strchr("?=()<>@,;:\"/[]", c) == NULL;
}

/* The encoded word at the front of text, which begins with "=?". Senders put blanks into Q words:
 * these are accepted, an end beyond WORD_MAX is not. */
static bool word_at(struct str text, struct word *ret_word)
{
    size_t charset = 2;
    while (charset < text.len && charset < CHARSET_MAX && is_charset_byte(text.at[charset]))
        charset++;
    if (charset == 2 || charset + 3 > text.len || text.at[charset] != '?' ||
        text.at[charset + 2] != '?')
        return false;
    char encoding = ascii_lower(text.at[charset + 1]);
    struct str after = str_slice(text, charset + 3, charset + 3 + WORD_MAX);
    size_t end = str_find_byte(after, '?');
    if ((encoding != 'q' && encoding != 'b') || end == SIZE_MAX || end + 1 >= after.len ||
        after.at[end + 1] != '=')
        return false;
    struct str name = str_slice(text, 2, charset);
    *ret_word = (struct word){.charset = str_cut(&name, '*'), /* "utf-8*fr": RFC 2231 section 5 */
                              .payload = str_slice(after, 0, end),
                              .is_base64 = encoding == 'b',
                              .length = charset + 3 + end + 2};
    return true;
}

static void decode_payload(struct buf *out, const struct word *word)
{
    if (word->is_base64) {
        base64_decode_lenient(out, word->payload);
        return;
    }
    for (size_t i = 0; i < word->payload.len; i++) {
        char c = word->payload.at[i];
        int byte = c == '=' ? transfer_hex_byte(word->payload, i + 1) : -1;
        buf_add_byte(out, byte >= 0 ? (char)byte : c == '_' ? ' ' : c);
        i += byte >= 0 ? 2 : 0;
    }
}

/* Takes the encoded word *rest begins with and those of the same charset that follow it. */
static void take_words(struct buf *out, struct str *rest, struct word word)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(rest->len + 3);
    struct str charset = word.charset;
    bool is_next = true;
    while (is_next) {
        decode_payload(&bytes, &word);
        *rest = str_after(*rest, word.length);
        size_t blanks = 0;
        while (blanks < rest->len && (rest->at[blanks] == ' ' || rest->at[blanks] == '\t'))
            blanks++;
        struct str next = str_after(*rest, blanks);
        bool is_word = str_starts(next, STR("=?")) && word_at(next, &word);
        if (is_word)
            *rest = next;
        is_next = is_word && str_eq_nocase(word.charset, charset);
    }
    charset_to_utf8(out, charset, buf_str(&bytes));
}

void words_decode(struct buf *out, struct str text)
{
    size_t plain = 0;
    while (plain < text.len && !out->is_over) {
        size_t found = str_find(str_after(text, plain), STR("=?"));
        struct word word;
        plain = found == SIZE_MAX ? text.len : plain + found;
        if (plain < text.len && !word_at(str_after(text, plain), &word)) {
            plain += 2;
            continue;
        }
        charset_to_utf8(out, STR(""), str_slice(text, 0, plain));
        text = str_after(text, plain);
        plain = 0;
        if (text.len > 0)
            take_words(out, &text, word);
    }
    if (plain > 0)
        charset_to_utf8(out, STR(""), text);
}

/* Bytes that stand for themselves in a Q word, in any place (section 5, rule 3). */
static bool is_plain_in_q(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || (c != '\0' && strchr("!*+-/", c) != NULL);
}

static size_t q_width(struct str s)
{
    size_t width = 0;
    for (size_t i = 0; i < s.len; i++)
        width += is_plain_in_q(s.at[i]) || s.at[i] == ' ' ? 1 : 3;
    return width;
}

static void add_q(struct buf *out, struct str s)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.len; i++) {
        uint8_t byte = (uint8_t)s.at[i];
        char escaped[3] = {'=', digits[byte >> 4], digits[byte & 15]};
        if (is_plain_in_q(s.at[i]))
            buf_add_byte(out, s.at[i]);
        else
            buf_add(out, byte == ' ' ? STR("_") : (struct str){escaped, sizeof escaped});
    }
}

static size_t b_width(struct str s)
{
    return (s.len + 2) / 3 * 4;
}

/* The longest front of whole code points whose encoding fits `room`; at least one code point. */
static struct str part_that_fits(struct str text, size_t (*width)(struct str), size_t room)
{
    struct str rest = text;
    size_t taken = 0;
    while (rest.len > 0) {
        utf8_next(&rest);
        size_t next = text.len - rest.len;
        if (taken > 0 && width(str_slice(text, 0, next)) > room)
            break;
        taken = next;
    }
    return str_slice(text, 0, taken);
}

static void fold(struct buf *out, size_t *column)
{
    buf_add_literal(out, "\r\n ");
    *column = 1;
}

static void encode_words(struct buf *out, struct str text, size_t *column)
{
    bool is_q = q_width(text) <= b_width(text);
    size_t (*width)(struct str) = is_q ? q_width : b_width;
    enum { FRAME = 12, LEAST = 16 };
    while (text.len > 0) {
        if (*column + FRAME + LEAST > COLUMN_MAX)
            fold(out, column);
        size_t room = COLUMN_MAX - *column - FRAME;
        struct str part = part_that_fits(str_slice(text, 0, WORD_MAX), width,
                                         room > PAYLOAD_MAX ? PAYLOAD_MAX : room);
        buf_add(out, is_q ? STR("=?utf-8?Q?") : STR("=?utf-8?B?"));
        if (is_q)
            add_q(out, part);
        else
            base64_encode(out, part);
        buf_add_literal(out, "?=");
        *column += FRAME + width(part);
        text = str_after(text, part.len);
        if (text.len > 0)
            fold(out, column);
    }
}

/* A word as it is: the blanks before it, then itself; folded at the blank when the line is full. */
static void add_plain(struct buf *out, struct str blanks, struct str word, size_t *column)
{
    if (blanks.len > 0 && *column + blanks.len + word.len > COLUMN_MAX && *column > 1) {
        buf_add_literal(out, "\r\n");
        *column = 0;
    }
    buf_add(out, blanks);
    buf_add(out, word);
    *column += blanks.len + word.len;
}

static void add_plain_words(struct buf *out, struct str text, size_t *column)
{
    while (text.len > 0) {
        size_t blanks = 0;
        while (blanks < text.len && (text.at[blanks] == ' ' || text.at[blanks] == '\t'))
            blanks++;
        size_t end = blanks;
        while (end < text.len && text.at[end] != ' ' && text.at[end] != '\t')
            end++;
        add_plain(out, str_slice(text, 0, blanks), str_slice(text, blanks, end), column);
        text = str_after(text, end);
    }
}

/* A name may stand bare as atoms and single blanks; else it is quoted, or encoded when it is not
 * ASCII. */
static bool is_bare_phrase(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (strchr("()<>@,;:\\\".[]\t", text.at[i]) != NULL)
            return false;
    return text.len > 0 && str_find(text, STR("  ")) == SIZE_MAX && text.at[0] != ' ' &&
           text.at[text.len - 1] != ' ';
}

static void add_quoted(struct buf *out, struct str text, size_t *column)
{
    size_t before = out->len;
    buf_add_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"' || text.at[i] == '\\')
            buf_add_byte(out, '\\');
        buf_add_byte(out, text.at[i]);
    }
    buf_add_byte(out, '"');
    *column += out->len - before;
}

/* Plain ASCII is kept as it is when no line of it would be too long and nothing in it could be read
 * as an encoded word. */
static bool needs_encoding(struct str text)
{
    size_t run = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        run = c == ' ' || c == '\t' ? 0 : run + 1;
        if (((uint8_t)c < ' ' && c != '\t') || (uint8_t)c >= 0x7F || run > 400)
            return true;
    }
    bool has_outer_blanks = text.len != str_trim(text).len;
    return has_outer_blanks || str_find(text, STR("=?")) != SIZE_MAX;
}

void words_encode(struct buf *out, struct str text, bool is_phrase, size_t *column)
{
    struct buf whole BUF_SCOPE = BUF_INIT(text.len * 3);
    utf8_repair(&whole, text);
    text = buf_str(&whole);
    if (needs_encoding(text))
        encode_words(out, text, column);
    else if (!is_phrase || is_bare_phrase(text))
        add_plain_words(out, text, column);
    else
        add_quoted(out, text, column);
}
