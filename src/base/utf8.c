#include "base/utf8.h"

enum {
    POINT_MAX = 0x10FFFF,
    LATIN_FROM = 0xC0,
    LATIN_END = 0x250,
    VIET_FROM = 0x1E00,
    VIET_END = 0x1F00
};

/* The letter left when case and diacritics are taken away, by code point from U+00C0; '.' is a
 * letter that has none, and a digit stands for a pair (letter_pairs). From the decompositions of
 * Unicode 14, with the crossed and joined letters added (ø, đ, ł, æ...). */
static const char latin_letters[] =
    "aaaaaa1ceeeeiiiidnooooo.ouuuuy23aaaaaa1ceeeeiiiidnooooo.ouuuuy2y" /* U+00C0 */
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii55jjkk.lllllll" /* U+0100 */
    "lllnnnnnnn..oooooo44rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs" /* U+0140 */
    "b......................i..l.....oo.............uu....zz........." /* U+0180 */
    "....666777888aaiioouuuuuuuuuu.aaaa11ggggkkoooo..j666gg..nnaa11o." /* U+01C0 */
    "aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy......acclt." /* U+0200 */
    "...b..eejj..rryy";                                                /* U+0240 */
static const char viet_letters[] =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"  /* U+1E00 */
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"  /* U+1E40 */
    "wwwwwwwwwwxxxxyyzzzzzzhtwya...3.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"  /* U+1E80 */
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......"; /* U+1EC0 */
static const char letter_pairs[][3] = {"", "ae", "th", "ss", "oe", "ij", "dz", "lj", "nj"};

/* Ranges of capitals: a capital is `add` below its small letter. With step 2 capitals and small
 * letters alternate, and only every second point is a capital. */
static const struct capitals {
    uint16_t from, to;
    uint8_t step;
    int16_t add;
} capitals[] = {
    {0x014A, 0x014A, 1, 1},   {0x0187, 0x018B, 4, 1},   {0x018E, 0x018E, 1, 79},
    {0x018F, 0x018F, 1, 202}, {0x0190, 0x0190, 1, 203}, {0x0186, 0x0186, 1, 206},
    {0x019D, 0x019D, 1, 213}, {0x01B7, 0x01B7, 1, 219}, {0x01EE, 0x01EE, 1, 1},
    {0x0222, 0x0224, 2, 1},   {0x0370, 0x0372, 2, 1},   {0x0386, 0x0386, 1, 38},
    {0x0388, 0x038A, 1, 37},  {0x038C, 0x038C, 1, 64},  {0x038E, 0x038F, 1, 63},
    {0x0391, 0x03A1, 1, 32},  {0x03A3, 0x03AB, 1, 32},  {0x03C2, 0x03C2, 1, 1},   {0x03D8, 0x03EE, 2, 1},
    {0x0400, 0x040F, 1, 80},  {0x0410, 0x042F, 1, 32},  {0x0460, 0x0480, 2, 1},
    {0x048A, 0x04BE, 2, 1},   {0x04C0, 0x04C0, 1, 15},  {0x04C1, 0x04CD, 2, 1},
    {0x04D0, 0x052E, 2, 1},   {0x1EFA, 0x1EFE, 2, 1},
};

/* Length of the well-formed sequence at the front of s, 0 when there is none (RFC 3629 section
 * 4). */
static size_t sequence_length(struct str s)
{
    const uint8_t *at = (const uint8_t *)s.at;
    if (at[0] < 0x80)
        return 1;
    size_t length = at[0] < 0xC2 ? 0 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : at[0] < 0xF5 ? 4 : 0;
    if (length == 0 || length > s.len)
        return 0;
    uint8_t least = at[0] == 0xE0 ? 0xA0 : at[0] == 0xF0 ? 0x90 : 0x80;
    uint8_t most = at[0] == 0xED ? 0x9F : at[0] == 0xF4 ? 0x8F : 0xBF;
    if (at[1] < least || at[1] > most)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((at[i] & 0xC0) != 0x80)
            return 0;
    return length;
}

/* How many bytes at the front are ASCII, eight at a time. */
static size_t ascii_length(struct str s)
{
    size_t i = 0;
    uint64_t eight;
    for (; i + sizeof eight <= s.len; i += sizeof eight) {
        memcpy(&eight, s.at + i, sizeof eight);
        if (eight & 0x8080808080808080u)
            break;
    }
    while (i < s.len && (s.at[i] & 0x80) == 0)
        i++;
    return i;
}

/* How many bytes at the front are well formed. */
static size_t valid_length(struct str s)
{
    size_t valid = 0, length;
    while (valid < s.len) {
        valid += ascii_length(str_after(s, valid));
        if (valid == s.len)
            break;
        length = sequence_length(str_after(s, valid));
        if (length == 0)
            break;
        valid += length;
    }
    return valid;
}

bool utf8_is_valid(struct str s)
{
    return valid_length(s) == s.len;
}

uint32_t utf8_next(struct str *rest)
{
    static const uint8_t first_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    size_t length = sequence_length(*rest);
    uint32_t point = length == 0 ? UTF8_REPLACEMENT : (uint8_t)rest->at[0] & first_bits[length];
    for (size_t i = 1; i < length; i++)
        point = point << 6 | ((uint8_t)rest->at[i] & 0x3F);
    *rest = str_after(*rest, length == 0 ? 1 : length);
    return point;
}

void utf8_add(struct buf *out, uint32_t point)
{
    char bytes[4];
    size_t length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (point > POINT_MAX || (point >= 0xD800 && point <= 0xDFFF)) {
        utf8_add(out, UTF8_REPLACEMENT);
        return;
    }
    for (size_t i = length; i-- > 1; point >>= 6)
        bytes[i] = (char)(0x80 | (point & 0x3F));
    bytes[0] = (char)(length == 1 ? point : (0xF00u >> length & 0xF0) | point);
    buf_add(out, (struct str){bytes, length});
}

void utf8_repair(struct buf *out, struct str s)
{
    while (s.len > 0) {
        size_t valid = valid_length(s);
        buf_add(out, str_slice(s, 0, valid));
        s = str_after(s, valid);
        if (s.len > 0)
            utf8_add(out, utf8_next(&s));
    }
}

size_t utf8_count(struct str s)
{
    size_t count = 0;
    for (; s.len > 0; count++)
        utf8_next(&s);
    return count;
}

struct str utf8_prefix(struct str s, size_t max)
{
    if (s.len <= max)
        return s;
    struct str rest = s;
    size_t kept = 0;
    while (rest.len > 0 && s.len - rest.len <= max) {
        kept = s.len - rest.len;
        size_t ascii = ascii_length(str_slice(rest, 0, max - kept));
        if (ascii > 0)
            rest = str_after(rest, ascii);
        else
            utf8_next(&rest);
    }
    return str_slice(s, 0, kept);
}

static uint32_t lower_of(uint32_t point)
{
    for (size_t i = 0; i < sizeof capitals / sizeof *capitals; i++) {
        const struct capitals *range = &capitals[i];
        if (point >= range->from && point <= range->to)
            return (point - range->from) % range->step == 0 ? point + (uint32_t)range->add : point;
    }
    return point;
}

static char latin_letter(uint32_t point)
{
    if (point >= LATIN_FROM && point < LATIN_END)
        return latin_letters[point - LATIN_FROM];
    if (point >= VIET_FROM && point < VIET_END)
        return viet_letters[point - VIET_FROM];
    return '.';
}

/* Adds the folded point; true when it was folded to a Latin letter. */
static bool fold_point(struct buf *out, uint32_t point)
{
    char letter = latin_letter(point);
    if (letter == '.')
        utf8_add(out, lower_of(point));
    else if (ascii_is_digit(letter))
        buf_add_c(out, letter_pairs[letter - '0']);
    else
        buf_add_byte(out, letter);
    return letter != '.';
}

/* Most text is ASCII: whole runs of it at once. */
static void fold_ascii(struct buf *out, struct str run)
{
    char *to = buf_reserve(out, run.len);
    if (to == NULL)
        return;
    for (size_t i = 0; i < run.len; i++)
        to[i] = ascii_lower(run.at[i]);
    buf_grew(out, run.len);
}

void utf8_fold(struct buf *out, struct str s)
{
    bool is_after_letter = false;
    while (s.len > 0) {
        size_t ascii = 0;
        while (ascii < s.len && (s.at[ascii] & 0x80) == 0)
            ascii++;
        if (ascii > 0) {
            fold_ascii(out, str_slice(s, 0, ascii));
            is_after_letter = ascii_is_alpha(s.at[ascii - 1]);
            s = str_after(s, ascii);
            continue;
        }
        uint32_t point = utf8_next(&s);
        /* A combining mark after a Latin letter is its accent, written apart. */
        if (!is_after_letter || point < 0x300 || point > 0x36F)
            is_after_letter = fold_point(out, point);
    }
}

bool utf8_is_deceptive(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x61C || point == 0x200E ||
           point == 0x200F || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF;
}

bool utf8_is_line(struct str s, size_t most)
{
    if (s.len > most)
        return false;
    while (s.len > 0) {
        uint32_t point = utf8_next(&s);
        if (point == UTF8_REPLACEMENT || utf8_is_deceptive(point))
            return false;
    }
    return true;
}
