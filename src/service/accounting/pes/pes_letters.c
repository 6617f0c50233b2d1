#include "service/accounting/pes/pes_letters.h"

#include "base/utf8.h"

enum { LATIN_1_END = 0x100, CONTROLS = 0x80, CONTROLS_END = 0xA0, SOFT_HYPHEN = 0xAD, FOLDED_MAX = 8 };

/* ---- signs ---- */

/* In turn. A range whose signs all have that form. */
static const struct {
    uint32_t from, to;
    const char *as;
} signs[] = {
    {0x0009, 0x000A, " "},     {0x000D, 0x000D, " "},      {0x00AD, 0x00AD, ""},    {0x02B9, 0x02BC, "'"},
    {0x2000, 0x200A, " "},     {0x200B, 0x200F, ""},       {0x2010, 0x2015, "-"},   {0x2018, 0x201B, "'"},
    {0x201C, 0x201F, "&quot;"}, {0x2022, 0x2022, "-"},     {0x2026, 0x2026, "..."}, {0x2028, 0x2029, " "},
    {0x202A, 0x202E, ""},      {0x202F, 0x202F, " "},      {0x2030, 0x2030, " pour mille"},
    {0x2032, 0x2032, "'"},     {0x2033, 0x2033, "&quot;"}, {0x2039, 0x203A, "'"},   {0x2044, 0x2044, "/"},
    {0x205F, 0x205F, " "},     {0x2060, 0x2064, ""},       {0x2066, 0x2069, ""},    {0x2070, 0x2070, "\xB0"},
    {0x20AC, 0x20AC, "EUR"},   {0x2116, 0x2116, "N\xB0"},  {0x2122, 0x2122, "TM"},  {0x2190, 0x2190, "&lt;-"},
    {0x2192, 0x2192, "-&gt;"}, {0x2212, 0x2212, "-"},      {0x2264, 0x2264, "&lt;="},
    {0x2265, 0x2265, "&gt;="}, {0x25A0, 0x25A0, "-"},      {0x25CF, 0x25CF, "-"},   {0x3000, 0x3000, " "},
    {0xFB00, 0xFB00, "ff"},    {0xFB01, 0xFB01, "fi"},     {0xFB02, 0xFB02, "fl"},  {0xFEFF, 0xFEFF, ""}};

static const char *sign_of(uint32_t point)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (point >= signs[i].from && point <= signs[i].to)
            return signs[i].as;
    return NULL;
}

/* ---- letters ---- */

/* Accents written apart, and what they make of the letters before them: bytes of ISO-8859-1. */
static const struct {
    uint32_t mark;
    const char *letters, *joined;
} marks[] = {{0x300, "AEIOUaeiou", "\xC0\xC8\xCC\xD2\xD9\xE0\xE8\xEC\xF2\xF9"},
             {0x301, "AEIOUYaeiouy", "\xC1\xC9\xCD\xD3\xDA\xDD\xE1\xE9\xED\xF3\xFA\xFD"},
             {0x302, "AEIOUaeiou", "\xC2\xCA\xCE\xD4\xDB\xE2\xEA\xEE\xF4\xFB"},
             {0x303, "ANOano", "\xC3\xD1\xD5\xE3\xF1\xF5"},
             {0x308, "AEIOUaeiouy", "\xC4\xCB\xCF\xD6\xDC\xE4\xEB\xEF\xF6\xFC\xFF"},
             {0x30A, "Aa", "\xC5\xE5"},
             {0x327, "Cc", "\xC7\xE7"}};

enum { MARKS = 0x300, MARKS_END = 0x370 };

/* Joined to the byte that stands last, or left out. */
static void join(struct buf *out, uint32_t mark)
{
    char *last = out->len > 0 ? out->at + out->len - 1 : NULL;
    for (size_t i = 0; last != NULL && i < sizeof marks / sizeof *marks; i++) {
        size_t at = marks[i].mark == mark ? str_find_byte(str_of(marks[i].letters), *last) : SIZE_MAX;
        if (at != SIZE_MAX) {
            *last = marks[i].joined[at];
            return;
        }
    }
}

/* Of Latin letters outside ISO-8859-1: capitals stand before their small letters, at even places but in these runs. */
static bool is_capital(uint32_t point)
{
    static const struct {
        uint32_t from, to;
    } odd[] = {{0x139, 0x148}, {0x179, 0x17E}, {0x1AF, 0x1B4}, {0x1CD, 0x1DC}};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        if (point >= odd[i].from && point <= odd[i].to)
            return point % 2 == 1;
    return point % 2 == 0;
}

/* "Š" is S, "ł" is l, "Œ" is OE: the letter without what was put on it. False: it is none of a Latin alphabet. */
static bool add_plain(struct buf *out, struct str letter, uint32_t point)
{
    struct buf folded BUF_SCOPE = BUF_INIT(FOLDED_MAX);
    utf8_fold(&folded, letter);
    for (size_t i = 0; i < folded.len; i++) {
        if (!ascii_is_alpha(folded.at[i]))
            return false;
        buf_add_byte(out, is_capital(point) ? (char)(folded.at[i] - 'a' + 'A') : folded.at[i]);
    }
    return folded.len > 0;
}

static const char *escape_of(uint32_t point)
{
    switch (point) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    default: return NULL;
    }
}

static bool add_letter(struct buf *out, struct str letter, uint32_t point)
{
    const char *as = point < CONTROLS ? escape_of(point) : NULL;
    bool is_plain = (point >= ' ' && point < CONTROLS - 1) || (point >= CONTROLS_END && point < LATIN_1_END);
    if (as == NULL && (!is_plain || point == SOFT_HYPHEN))
        as = sign_of(point);
    if (as != NULL)
        buf_add_c(out, as);
    else if (is_plain)
        buf_add_byte(out, (char)point);
    else if (point >= MARKS && point < MARKS_END)
        join(out, point);
    else
        return add_plain(out, letter, point);
    return true;
}

bool pes_letters(struct buf *out, struct str text)
{
    while (text.len > 0) {
        struct str rest = text;
        uint32_t point = utf8_next(&rest);
        if (!add_letter(out, str_slice(text, 0, text.len - rest.len), point))
            return false;
        text = rest;
    }
    return true;
}
