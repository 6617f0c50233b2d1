/* A font in the file: its outlines of the glyphs used, their widths, and the text each stands for (ISO 32000-1 sections
 * 9.7 and 9.10). Glyphs keep their numbers, so a page can be written before it is known which will be used. */
#include <hb-ot.h>
#include <hb-subset.h>

#include "document/pdf_font.h"

enum { TAG_LETTERS = 6, MAP_MAX = 4 << 20, MAP_LINES = 100, ENTRIES_MAX = 200 };

struct embed {
    struct pdf_objects *objects;
    const struct pdf_font *font;
    const struct pdf_usage *usage;
    char name[100]; /* with the tag of a subset (section 9.6.4) */
    uint32_t program, descriptor, descendant, map, whole;
};

/* Two subsets of one font are told apart by six letters; here they follow from the glyphs. */
static void name_subset(struct embed *embed)
{
    uint64_t mixed = 14695981039346656037U; /* FNV-1a */
    for (uint32_t i = 0; i < embed->font->glyph_count; i++)
        if (embed->usage->glyphs[i].count > 0)
            mixed = (mixed ^ i) * 1099511628211U;
    size_t at = 0;
    for (; at < TAG_LETTERS; at++, mixed /= 26)
        embed->name[at] = (char)('A' + mixed % 26);
    embed->name[at++] = '+';
    for (const char *c = embed->font->name; *c != 0 && at < sizeof embed->name - 1; c++)
        embed->name[at++] = *c;
    embed->name[at] = 0;
}

static hb_face_t *make_subset(const struct embed *embed)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (input == NULL)
        return NULL;
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    for (uint32_t i = 0; i < embed->font->glyph_count; i++)
        if (embed->usage->glyphs[i].count > 0)
            hb_set_add(glyphs, i);
    hb_set_t *dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    static const char *const unused[] = {"GSUB", "GPOS", "GDEF", "kern", "name", "post", "OS/2", "cmap"};
    for (size_t i = 0; i < sizeof unused / sizeof unused[0]; i++)
        hb_set_add(dropped, hb_tag_from_string(unused[i], -1));
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NO_HINTING);
    hb_face_t *subset = hb_subset_or_fail(embed->font->face, input);
    hb_subset_input_destroy(input);
    return subset;
}

static enum status write_program(struct embed *embed)
{
    hb_face_t *subset = make_subset(embed);
    if (subset == NULL)
        return OUTSIDE;
    hb_blob_t *blob = embed->font->is_cff ? hb_face_reference_table(subset, HB_TAG('C', 'F', 'F', ' '))
                                          : hb_face_reference_blob(subset);
    unsigned size;
    const char *at = hb_blob_get_data(blob, &size);
    struct buf entries BUF_SCOPE = BUF_INIT(ENTRIES_MAX);
    if (embed->font->is_cff)
        buf_add_literal(&entries, "/Subtype /CIDFontType0C");
    else
        buf_add_format(&entries, "/Length1 %u", size);
    enum status done = size == 0 ? OUTSIDE
                                 : pdf_object_stream(embed->objects, embed->program, buf_str(&entries),
                                                     (struct str){at, size}, false);
    hb_blob_destroy(blob);
    hb_face_destroy(subset);
    return done;
}

/* A number of 16 bits from the table `head` (OpenType), in thousandths of the size. */
static int head_value(const struct pdf_font *font, size_t at)
{
    hb_blob_t *table = hb_face_reference_table(font->face, HB_TAG('h', 'e', 'a', 'd'));
    unsigned size;
    const unsigned char *bytes = (const unsigned char *)hb_blob_get_data(table, &size);
    int value = at + 2 <= size ? (int16_t)(bytes[at] << 8 | bytes[at + 1]) : 0;
    hb_blob_destroy(table);
    return value * 1000 / (int)hb_face_get_upem(font->face);
}

static void write_descriptor(struct embed *embed)
{
    enum { BOX_AT = 36, SYMBOLIC = 4, STEM = 80 };
    const struct pdf_font *font = embed->font;
    struct buf *out = embed->objects->out;
    hb_font_extents_t extents = {0};
    hb_position_t capital = 0;
    hb_font_get_h_extents(font->font, &extents);
    if (!hb_ot_metrics_get_position(font->font, HB_OT_METRICS_TAG_CAP_HEIGHT, &capital))
        capital = extents.ascender;
    pdf_object_begin(embed->objects, embed->descriptor);
    buf_add_format(out, "<< /Type /FontDescriptor /FontName /%s /Flags %d /FontBBox [", embed->name, SYMBOLIC);
    for (size_t i = 0; i < 4; i++)
        buf_add_format(out, "%d ", head_value(font, BOX_AT + 2 * i));
    buf_add_format(out, "] /ItalicAngle 0 /Ascent %d /Descent %d /CapHeight %d /StemV %d /%s %u 0 R >>",
                   extents.ascender, extents.descender, capital, STEM, font->is_cff ? "FontFile3" : "FontFile2",
                   embed->program);
    pdf_object_end(embed->objects);
}

static void write_descendant(struct embed *embed)
{
    struct buf *out = embed->objects->out;
    pdf_object_begin(embed->objects, embed->descendant);
    buf_add_format(out,
                   "<< /Type /Font /Subtype /%s /BaseFont /%s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
                   "/Supplement 0 >> /FontDescriptor %u 0 R %s/DW 0 /W [",
                   embed->font->is_cff ? "CIDFontType0" : "CIDFontType2", embed->name, embed->descriptor,
                   embed->font->is_cff ? "" : "/CIDToGIDMap /Identity ");
    for (uint32_t i = 0; i < embed->font->glyph_count; i++)
        if (embed->usage->glyphs[i].count > 0)
            buf_add_format(out, "%u [%d] ", i, hb_font_get_glyph_h_advance(embed->font->font, i));
    buf_add_literal(out, "] >>");
    pdf_object_end(embed->objects);
}

static void add_mappings(struct buf *map, const struct embed *embed)
{
    uint32_t left = 0, in_block = 0;
    for (uint32_t i = 0; i < embed->font->glyph_count; i++)
        left += embed->usage->glyphs[i].count > 0;
    for (uint32_t i = 0; i < embed->font->glyph_count; i++) {
        const struct pdf_spelling *spelling = &embed->usage->glyphs[i];
        if (spelling->count == 0)
            continue;
        if (in_block == 0) /* a block has a hundred lines at most (Adobe Technical Note 5014) */
            buf_add_format(map, "%u beginbfchar\n", in_block = left < MAP_LINES ? left : MAP_LINES);
        buf_add_format(map, "<%04X> ", i);
        pdf_add_points(map, spelling->points, spelling->count, false);
        buf_add_byte(map, '\n');
        left--;
        if (--in_block == 0)
            buf_add_literal(map, "endbfchar\n");
    }
}

static enum status write_map(struct embed *embed)
{
    struct buf map BUF_SCOPE = BUF_INIT(MAP_MAX);
    buf_add_literal(&map, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry "
                          "(Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType "
                          "2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    add_mappings(&map, embed);
    buf_add_literal(&map, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    TRY(buf_status(&map));
    return pdf_object_stream(embed->objects, embed->map, STR(""), buf_str(&map), false);
}

enum status pdf_font_embed(struct pdf_objects *objects, const struct pdf_font *font, const struct pdf_usage *usage,
                           uint32_t *ret_number)
{
    struct embed embed = {.objects = objects, .font = font, .usage = usage};
    uint32_t *const numbers[] = {&embed.program, &embed.descriptor, &embed.descendant, &embed.map, &embed.whole};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        TRY(pdf_object_reserve(objects, numbers[i]));
    name_subset(&embed);
    TRY(write_program(&embed));
    write_descriptor(&embed);
    write_descendant(&embed);
    TRY(write_map(&embed));
    pdf_object_begin(objects, embed.whole);
    buf_add_format(objects->out,
                   "<< /Type /Font /Subtype /Type0 /BaseFont /%s%s /Encoding /Identity-H /DescendantFonts [%u 0 R] "
                   "/ToUnicode %u 0 R >>",
                   embed.name, font->is_cff ? "-Identity-H" : "", embed.descendant, embed.map);
    pdf_object_end(objects);
    *ret_number = embed.whole;
    return buf_status(objects->out);
}
