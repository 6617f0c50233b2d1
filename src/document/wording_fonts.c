/* The fonts that the PDF library falls back on, in place of its own table of them (noto.c of MuPDF, declared in
 * mupdf/fitz/font.h): the fourteen every reader has (ISO 32000-1, section 9.6.2.2), and nothing of the 38 MB for
 * scripts and emoji. Only how wide a letter is matters here: nothing is drawn, and what a letter says stands in the
 * document.
 *
 * When the library gains a function in that place, the link fails and says so. */
#include <mupdf/fitz.h>

#include "document/wording_kind.h"

#define FONT(name) extern const unsigned char name##_start[], name##_end[]
#define PLACE(name) name##_start, name##_end
FONT(_binary_resources_fonts_urw_NimbusMonoPS_Regular_cff);
FONT(_binary_resources_fonts_urw_NimbusMonoPS_Bold_cff);
FONT(_binary_resources_fonts_urw_NimbusMonoPS_Italic_cff);
FONT(_binary_resources_fonts_urw_NimbusMonoPS_BoldItalic_cff);
FONT(_binary_resources_fonts_urw_NimbusSans_Regular_cff);
FONT(_binary_resources_fonts_urw_NimbusSans_Bold_cff);
FONT(_binary_resources_fonts_urw_NimbusSans_Italic_cff);
FONT(_binary_resources_fonts_urw_NimbusSans_BoldItalic_cff);
FONT(_binary_resources_fonts_urw_NimbusRoman_Regular_cff);
FONT(_binary_resources_fonts_urw_NimbusRoman_Bold_cff);
FONT(_binary_resources_fonts_urw_NimbusRoman_Italic_cff);
FONT(_binary_resources_fonts_urw_NimbusRoman_BoldItalic_cff);
FONT(_binary_resources_fonts_urw_StandardSymbolsPS_cff);
FONT(_binary_resources_fonts_urw_Dingbats_cff);

/* Whoever calls it has this file linked, and so not the library's own. */
void wording_fonts_take(void)
{
}

static const struct {
    const char *name;
    const unsigned char *start, *end;
} fonts[] = {
    {"Courier", PLACE(_binary_resources_fonts_urw_NimbusMonoPS_Regular_cff)},
    {"Courier-Bold", PLACE(_binary_resources_fonts_urw_NimbusMonoPS_Bold_cff)},
    {"Courier-Oblique", PLACE(_binary_resources_fonts_urw_NimbusMonoPS_Italic_cff)},
    {"Courier-BoldOblique", PLACE(_binary_resources_fonts_urw_NimbusMonoPS_BoldItalic_cff)},
    {"Helvetica", PLACE(_binary_resources_fonts_urw_NimbusSans_Regular_cff)},
    {"Helvetica-Bold", PLACE(_binary_resources_fonts_urw_NimbusSans_Bold_cff)},
    {"Helvetica-Oblique", PLACE(_binary_resources_fonts_urw_NimbusSans_Italic_cff)},
    {"Helvetica-BoldOblique", PLACE(_binary_resources_fonts_urw_NimbusSans_BoldItalic_cff)},
    {"Times-Roman", PLACE(_binary_resources_fonts_urw_NimbusRoman_Regular_cff)},
    {"Times-Bold", PLACE(_binary_resources_fonts_urw_NimbusRoman_Bold_cff)},
    {"Times-Italic", PLACE(_binary_resources_fonts_urw_NimbusRoman_Italic_cff)},
    {"Times-BoldItalic", PLACE(_binary_resources_fonts_urw_NimbusRoman_BoldItalic_cff)},
    {"Symbol", PLACE(_binary_resources_fonts_urw_StandardSymbolsPS_cff)},
    {"ZapfDingbats", PLACE(_binary_resources_fonts_urw_Dingbats_cff)},
};

const unsigned char *fz_lookup_base14_font(fz_context *library, const char *name, int *ret_size)
{
    (void)library;
    *ret_size = 0;
    for (size_t i = 0; i < sizeof fonts / sizeof fonts[0]; i++)
        if (str_eq(str_of(fonts[i].name), str_of(name))) {
            *ret_size = (int)(fonts[i].end - fonts[i].start);
            return fonts[i].start;
        }
    return NULL;
}

/* "NULL if not present", as its header says. */
static const unsigned char *none(int *ret_size)
{
    *ret_size = 0;
    return NULL;
}

const unsigned char *fz_lookup_builtin_font(fz_context *library, const char *name, int is_bold, int is_italic,
                                            int *ret_size)
{
    (void)name;
    (void)is_bold;
    (void)is_italic;
    return fz_lookup_base14_font(library, "Helvetica", ret_size);
}

const unsigned char *fz_lookup_cjk_font(fz_context *library, int ordering, int *ret_size, int *ret_index)
{
    (void)library;
    (void)ordering;
    *ret_index = 0;
    return none(ret_size);
}

const unsigned char *fz_lookup_cjk_font_by_language(fz_context *library, const char *language, int *ret_size,
                                                    int *ret_index)
{
    (void)library;
    (void)language;
    *ret_index = 0;
    return none(ret_size);
}

int fz_lookup_cjk_ordering_by_language(const char *name)
{
    (void)name;
    return -1;
}

const unsigned char *fz_lookup_noto_font(fz_context *library, int script, int language, int *ret_size, int *ret_index)
{
    (void)library;
    (void)script;
    (void)language;
    *ret_index = 0;
    return none(ret_size);
}

const unsigned char *fz_lookup_noto_math_font(fz_context *library, int *ret_size)
{
    (void)library;
    return none(ret_size);
}

const unsigned char *fz_lookup_noto_music_font(fz_context *library, int *ret_size)
{
    (void)library;
    return none(ret_size);
}

const unsigned char *fz_lookup_noto_symbol1_font(fz_context *library, int *ret_size)
{
    (void)library;
    return none(ret_size);
}

const unsigned char *fz_lookup_noto_symbol2_font(fz_context *library, int *ret_size)
{
    (void)library;
    return none(ret_size);
}

const unsigned char *fz_lookup_noto_emoji_font(fz_context *library, int *ret_size)
{
    (void)library;
    return none(ret_size);
}
