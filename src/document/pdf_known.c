#include "document/pdf_known.h"

struct known {
    struct pdf_glyph *glyphs; /* their letters counted from the word's first */
    size_t count;
};

struct key {
    uint32_t at[PDF_KNOWN_LETTERS + 1]; /* the face, then the letters */
    size_t count;
};

/* Latin letters with their marks made, figures, and what stands between them. */
static bool is_plain(uint32_t point)
{
    return point < 0x250 || (point >= 0x2010 && point <= 0x202F);
}

static bool make_key(const struct pdf_text *text, size_t from, size_t to, struct key *key)
{
    if (to - from > PDF_KNOWN_LETTERS)
        return false;
    key->count = 0;
    key->at[key->count++] = text->face;
    for (size_t i = from; i < to; i++) {
        if (!is_plain(text->points[i]))
            return false;
        key->at[key->count++] = text->points[i];
    }
    return true;
}

static struct str key_bytes(const struct key *key)
{
    return (struct str){(const char *)key->at, key->count * sizeof key->at[0]};
}

enum status pdf_known_add(const struct map *known, struct pdf_text *text, size_t from, size_t to)
{
    struct key key;
    if (known == NULL || !make_key(text, from, to, &key))
        return NOT_FOUND;
    const struct known *found = map_get(known, key_bytes(&key));
    if (found == NULL)
        return NOT_FOUND;
    for (size_t i = 0; i < found->count; i++) {
        struct pdf_glyph *glyph = list_add(&text->glyphs, text->arena, PDF_GLYPHS_MAX);
        if (glyph == NULL)
            return LIMIT;
        *glyph = found->glyphs[i];
        glyph->from += (uint32_t)from;
        glyph->to += (uint32_t)from;
    }
    return OK;
}

void pdf_known_keep(struct map *known, const struct pdf_text *text, size_t from, size_t to, size_t first)
{
    struct key key;
    size_t count = text->glyphs.count - first;
    if (known == NULL || known->count == known->max || count == 0 || !make_key(text, from, to, &key))
        return;
    struct known *kept = arena_new(known->arena, struct known);
    struct pdf_glyph *glyphs = arena_array(known->arena, struct pdf_glyph, count);
    if (kept == NULL || glyphs == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        glyphs[i] = text->glyphs.at[first + i];
        glyphs[i].from -= (uint32_t)from;
        glyphs[i].to -= (uint32_t)from;
    }
    *kept = (struct known){glyphs, count};
    (void)!map_add(known, key_bytes(&key), kept);
}
