#include "document/pdf_font.h"

#include <stdlib.h>

#include "document/pdf.h"
#include "os/file.h"

#define DEJAVU "/usr/share/fonts/truetype/dejavu/"
#define NOTO "/usr/share/fonts/truetype/noto/"
#define URW "/usr/share/fonts/opentype/urw-base35/"

enum { CHOICES = 2, FILES_MAX = 4 << 20 };

/* The first that is there. By name and not by fontconfig, whose answer depends on a machine's other fonts. */
static const struct choice {
    const char *folder, *name, *ending;
} choices[PDF_FACES][CHOICES] = {
    [PDF_SERIF] = {{URW, "P052-Roman", ".otf"}, {DEJAVU, "DejaVuSerif", ".ttf"}},
    [PDF_SERIF_BOLD] = {{URW, "P052-Bold", ".otf"}, {DEJAVU, "DejaVuSerif-Bold", ".ttf"}},
    [PDF_SANS] = {{NOTO, "NotoSans-Regular", ".ttf"}, {DEJAVU, "DejaVuSans", ".ttf"}},
    [PDF_SANS_BOLD] = {{NOTO, "NotoSans-Bold", ".ttf"}, {DEJAVU, "DejaVuSans-Bold", ".ttf"}},
    [PDF_FALLBACK] = {{DEJAVU, "DejaVuSans", ".ttf"}},
};

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *table = hb_face_reference_table(face, tag);
    bool is_there = hb_blob_get_length(table) > 0;
    hb_blob_destroy(table);
    return is_there;
}

static enum status open_font(const struct choice *choice, struct pdf_font *font)
{
    char path[FILE_PATH_MAX];
    struct buf name BUF_SCOPE = BUF_INIT(sizeof path - 1);
    buf_add_format(&name, "%s%s%s", choice->folder, choice->name, choice->ending);
    memcpy(path, name.at, name.len);
    path[name.len] = 0;
    TRY(file_map_path(path, &font->bytes));
    hb_blob_t *blob = hb_blob_create(font->bytes.at, (unsigned)font->bytes.len, HB_MEMORY_MODE_READONLY, NULL, NULL);
    font->name = choice->name;
    font->face = hb_face_create(blob, 0);
    font->font = hb_font_create(font->face);
    hb_blob_destroy(blob);
    hb_font_set_scale(font->font, 1000, 1000);
    font->glyph_count = hb_face_get_glyph_count(font->face);
    font->is_cff = has_table(font->face, HB_TAG('C', 'F', 'F', ' '));
    if (font->glyph_count == 0 || font->glyph_count > 0xFFFF ||
        !hb_font_get_nominal_glyph(font->font, ' ', &font->space))
        return CORRUPT;
    font->space_width = hb_font_get_glyph_h_advance(font->font, font->space);
    return OK;
}

static void close_font(struct pdf_font *font)
{
    hb_font_destroy(font->font);
    hb_face_destroy(font->face);
    if (!str_is_absent(font->bytes))
        file_unmap(font->bytes);
    *font = (struct pdf_font){0};
}

static enum status open_first(const struct choice *of_face, struct pdf_font *font)
{
    enum status opened = NOT_FOUND;
    for (size_t i = 0; i < CHOICES && of_face[i].name != NULL && opened != OK; i++) {
        opened = open_font(&of_face[i], font);
        if (opened != OK)
            close_font(font);
    }
    return opened;
}

void pdf_fonts_close(struct pdf_fonts *fonts)
{
    if (fonts == NULL)
        return;
    for (size_t i = 0; i < PDF_FACES; i++)
        close_font(&fonts->at[i]);
    free(fonts);
}

enum status pdf_fonts_open(struct pdf_fonts **ret_fonts)
{
    struct pdf_fonts *fonts = calloc(1, sizeof *fonts);
    REQUIRE(fonts != NULL);
    for (size_t i = 0; i < PDF_FACES; i++) {
        enum status opened = open_first(choices[i], &fonts->at[i]);
        if (opened != OK) {
            pdf_fonts_close(fonts);
            return opened;
        }
    }
    *ret_fonts = fonts;
    return OK;
}

enum pdf_face pdf_face_of(const struct pdf_fonts *fonts, enum pdf_face wanted, uint32_t point)
{
    uint32_t glyph;
    if (hb_font_get_nominal_glyph(fonts->at[wanted].font, point, &glyph))
        return wanted;
    return hb_font_get_nominal_glyph(fonts->at[PDF_FALLBACK].font, point, &glyph) ? PDF_FALLBACK : PDF_FACES;
}
