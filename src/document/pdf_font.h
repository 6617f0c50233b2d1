/* The fonts of a sheet: four faces, and one that steps in for letters they lack. HarfBuzz reads them; the files are
 * mapped for as long as they are open. */
#ifndef DOCUMENT_PDF_FONT_H
#define DOCUMENT_PDF_FONT_H

#include <hb.h>

#include "document/pdf_object.h"

enum pdf_face { PDF_SERIF, PDF_SERIF_BOLD, PDF_SANS, PDF_SANS_BOLD, PDF_FALLBACK, PDF_FACES };

struct pdf_font {
    struct str bytes;  /* of the file */
    const char *name;  /* as the file is called, without its ending */
    hb_face_t *face;
    hb_font_t *font;   /* 1000 units to the size */
    uint32_t glyph_count, space;
    int32_t space_width;
    bool is_cff;       /* outlines of PostScript, not of TrueType */
};

struct pdf_fonts {
    struct pdf_font at[PDF_FACES];
};

/* What a sheet used of one face, so that no more is embedded: for each glyph the text it stands for. */
struct pdf_spelling {
    const uint32_t *points;
    uint32_t count; /* 0: the glyph was not used */
};
struct pdf_usage {
    struct pdf_spelling *glyphs; /* NULL: the face was not used */
};

/* The face that has this code point: `wanted`, or else the one that steps in; PDF_FACES when none has it. */
enum pdf_face pdf_face_of(const struct pdf_fonts *fonts, enum pdf_face wanted, uint32_t point);

/* Writes what was used of a font as objects; *ret_number is what a page's resources name. */
MUST_USE enum status pdf_font_embed(struct pdf_objects *objects, const struct pdf_font *font,
                                    const struct pdf_usage *usage, uint32_t *ret_number);

#endif
